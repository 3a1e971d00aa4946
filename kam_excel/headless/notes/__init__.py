"""Notes of cells: the comments part and the boxes that show them."""

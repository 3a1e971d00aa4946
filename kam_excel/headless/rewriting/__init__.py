"""What refers to cells in the parts of a package, rewritten as cells, sheets and tables change."""

"""The ribbon: actions behind its buttons, and the add-in that shows them."""

"""References: addresses, lists of areas, and the references in formulas as cells move."""

"""Races of this package against others, as ratios measured in one run: `make bench`."""

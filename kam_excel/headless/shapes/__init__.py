"""Shapes and pictures of a sheet: where they stand, what they are, what they say."""

"""Recalculation: the cached values of formulas, by engines that are trusted where they agree."""

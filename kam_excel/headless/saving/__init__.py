"""Saving: the old file or the new one, never less."""

"""XML parts as bytes that are spliced, and as trees where that is simpler."""

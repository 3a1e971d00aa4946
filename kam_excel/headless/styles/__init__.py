"""Cell formats, colours and number formats: read, and appended to the styles part."""

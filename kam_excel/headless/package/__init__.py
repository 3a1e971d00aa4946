"""The package: members, part names, relationships, content types, and the gate before it."""

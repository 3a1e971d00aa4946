"""What people read, and the same as JSON."""

"""The add-in: built from what is installed, without Excel."""

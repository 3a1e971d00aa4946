"""The classes of xlwings, implemented on the model."""

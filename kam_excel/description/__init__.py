"""What is declared, as plain data: strategies, tables, columns, settings, codes."""

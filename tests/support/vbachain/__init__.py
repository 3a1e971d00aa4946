"""The add-in's own VBA, run by LibreOffice from an .xlsm twin."""

"""The data: each entity declared once, with the metadata that forms, files and history derive from."""

"""Printed documents: facts become neutral content, and a writer turns content into a file.

`documents/` knows what a form says, `content` what a page can hold, `pdf_writer` how it is printed.
Importing this package loads no document library.
"""

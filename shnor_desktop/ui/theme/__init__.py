"""Semantic colours, sizes, fonts and icons."""

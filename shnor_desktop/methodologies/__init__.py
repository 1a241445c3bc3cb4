"""Loads and validates the methodology packs of resources/methodologies."""

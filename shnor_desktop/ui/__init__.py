"""The window: shell, theme, forms and widgets on Qt; it reaches the data only through services."""

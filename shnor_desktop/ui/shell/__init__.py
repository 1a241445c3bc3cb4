"""The frame of the window: sidebar, top of the page, status."""

"""The kit that pages are made of: widgets take data by `set_*`, tell by signals and know no service."""

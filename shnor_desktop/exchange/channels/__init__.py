"""Ways by which a package travels: a folder or flash drive, a WebDAV folder, electronic mail."""

"""The few dialogs: for what cannot be undone or is chosen once."""

from shnor_desktop.ui.dialogs.choose import choose_file, choose_files, choose_folder, choose_save
from shnor_desktop.ui.dialogs.confirm import ConfirmDialog, MessageDialog
from shnor_desktop.ui.dialogs.preview import PreviewDialog, PreviewLine

__all__ = [
    "ConfirmDialog",
    "MessageDialog",
    "PreviewDialog",
    "PreviewLine",
    "choose_file",
    "choose_files",
    "choose_folder",
    "choose_save",
]

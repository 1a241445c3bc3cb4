"""What the system refuses outside of a store or a package: a folder that cannot be made, a disk that is full."""

from __future__ import annotations

import errno

from shnor_desktop.domain.errors import KnownError

_CODES = {
    errno.ENOSPC: "call.disk_full",
    errno.EDQUOT: "call.disk_full",
    errno.EACCES: "call.no_rights",
    errno.EPERM: "call.no_rights",
    errno.EROFS: "call.no_rights",
    errno.ENOENT: "call.no_such_file",
    errno.ENOTDIR: "call.not_a_folder",
    errno.EEXIST: "call.not_a_folder",
    errno.EISDIR: "call.is_a_folder",
}


def of_system(error: OSError) -> KnownError:
    """The refusal in words, with the path that it is about."""
    code = _CODES.get(error.errno or 0, "call.system_refused")
    return KnownError(code, path=str(error.filename or ""), reason=error.strerror or "")

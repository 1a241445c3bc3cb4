"""Which changes keep their values in the school: a package carries that there was a change, not what it said."""

from __future__ import annotations

from shnor_desktop.domain.log import ChangeKey
from shnor_desktop.models.attachments import Attachment, owner_of
from shnor_desktop.models.registry import entities


def stays(key: ChangeKey) -> bool:
    """Whether the value of a change never leaves the school: its entity stays, or it is a file of such a row."""
    known = entities()
    info = known.get(owner_of(key.row) if key.entity == Attachment.log_name else key.entity)
    return info is not None and info.stays

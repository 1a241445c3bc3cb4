"""The way back when the phrase of the authority is forgotten: its key a second time, encrypted to the recovery sheet.

To lay it there only the public part of the sheet is needed, so a successor finds its place by itself; a new sheet needs
the phrase once more. It lies in the store, so that every backup has it.
"""

from __future__ import annotations

from base64 import b64decode

import msgspec

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.authority import Authority, require_passphrase
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.recovery import close_secrets, open_secrets, read_sheet
from shnor_desktop.exchange.trust import encode
from shnor_desktop.services import authorities, recovery
from shnor_desktop.services.workspace import Workspace

_KIND, _ID, _NAME = "authority_escrow", "key", "authority"


class _Laid(msgspec.Struct, frozen=True):
    """`generation` tells a key from its predecessors; `body` is the age file in base64."""

    recipient: str
    generation: int
    body: str


def lay(workspace: Workspace, authority: Authority, recipient: str) -> None:
    """Keep the key of the authority for the holder of a sheet; an earlier one gives way."""
    closed = close_secrets({_NAME: authority.identity.pem()}, recipient)
    laid = _Laid(recipient, len(authority.chain), encode(closed))
    with workspace.writing() as transaction:
        transaction.records.keep(_KIND, _ID, canonical_json(msgspec.to_builtins(laid)).decode("utf-8"))


def lay_for_known_sheet(workspace: Workspace, authority: Authority) -> None:
    """The same for the sheet that the desk has, if it has one."""
    if recipient := recovery.recipient(workspace):
        lay(workspace, authority, recipient)


def is_laid(workspace: Workspace) -> bool:
    """Whether the sheet of today brings the key of today back without its phrase."""
    with workspace.reading() as reader:
        body, chain = reader.records.kept_one(_KIND, _ID), authorities.chain(reader.records)
    if body is None:
        return False
    laid = msgspec.json.decode(body, type=_Laid)
    return laid.recipient == recovery.recipient(workspace) and laid.generation == len(chain)


def reset_passphrase(workspace: Workspace, typed: str, new_passphrase: str) -> None:
    """Close the key of the authority under a new phrase, by the code of the sheet.

    KnownError recovery.sheet_*, .other_sheet, .damaged, authority.passphrase_weak, .not_on_sheet.
    """
    sheet = read_sheet(typed)
    require_passphrase(new_passphrase)
    with workspace.reading() as reader:
        body, chain = reader.records.kept_one(_KIND, _ID), authorities.chain(reader.records)
    if body is None:
        raise KnownError("authority.not_on_sheet")
    try:
        laid = msgspec.json.decode(body, type=_Laid)
        pem = open_secrets(b64decode(laid.body, validate=True), sheet)[_NAME]
    except (msgspec.MsgspecError, ValueError, KeyError) as error:
        raise KnownError("recovery.damaged") from error
    authority = Authority(Identity.parse(pem, "authority"))
    if authority.chain != chain:
        raise KnownError("authority.not_on_sheet")
    name = authorities.secret_name(workspace.store_id, len(chain))
    workspace.profile.secrets.remove(name)
    workspace.profile.secrets.write(name, authority.close(new_passphrase))
    recovery.renew(workspace)

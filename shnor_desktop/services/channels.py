"""The ways by which this desk sends and receives: their settings, and where each puts and looks for packages.

A password lies among the secrets of the profile and nowhere else: not in the store, in no message, in no log.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.channel import Channel, Resumed
from shnor_desktop.exchange.channels.folder import FolderChannel
from shnor_desktop.exchange.limits import MEBIBYTE
from shnor_desktop.exchange.package_json import EVERY_SCHOOL
from shnor_desktop.models.school import School
from shnor_desktop.services.kept_values import kept_json, kept_value
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.storage.reading import Reader

KEPT = "channel"
BASE = "ШНОР"
FOR_CENTRE, FOR_SCHOOL, FOR_METHODIST = f"{BASE}/для центра", f"{BASE}/для школы", f"{BASE}/для методиста"
SMALLEST_MB, LARGEST_MB, USUAL_MB = 1, 40, 10
_SMTPS, _IMAPS = 465, 993


class ChannelKind(StrEnum):
    """How it travels."""

    FOLDER = "folder"
    WEBDAV = "webdav"
    MAIL = "mail"

    @property
    def caption(self) -> str:
        """The words of a list."""
        return {"folder": "папка", "webdav": "сервер (WebDAV)", "mail": "электронная почта"}[self.value]


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """One way. `address` is a folder, an https address or the own mail address; `receiver` a centre's mail address.

    `pinned` is the SHA-256 of the one certificate that a person looked at, for the outgoing and the incoming server.
    """

    id: str
    kind: ChannelKind
    title: str
    address: str
    user: str = ""
    receiver: str = ""
    outgoing: str = ""
    incoming: str = ""
    pinned: str = ""
    pinned_incoming: str = ""
    limit_mb: int = USUAL_MB
    is_on: bool = True


def new_channel_id() -> str:
    """An id for a channel that is being added."""
    return uuid.uuid4().hex[:12]


def channels(workspace: Workspace) -> list[ChannelSettings]:
    """The channels of this desk, by title."""
    with workspace.reading() as reader:
        return channels_of(reader)


def channels_of(reader: Reader) -> list[ChannelSettings]:
    """The same inside a reading."""
    found = [kept_value(body, ChannelSettings) for body in reader.records.kept(KEPT).values()]
    return sorted(found, key=lambda settings: (settings.title.casefold(), settings.id))


def channel(workspace: Workspace, identifier: str) -> ChannelSettings:
    """One of them; KnownError channel.missing."""
    with workspace.reading() as reader:
        body = reader.records.kept_one(KEPT, identifier)
    if body is None:
        raise KnownError("channel.missing")
    return kept_value(body, ChannelSettings)


def put_channel(workspace: Workspace, settings: ChannelSettings, password: str | None = None) -> ChannelSettings:
    """Keep a channel; `password` None leaves the one that is kept. KnownError channel.address_malformed and others."""
    settings = checked(settings)
    with workspace.writing() as transaction:
        transaction.records.keep(KEPT, settings.id, kept_json(settings))
    if password is not None:
        secrets, name = workspace.profile.secrets, _secret(workspace, settings.id)
        secrets.remove(name)
        if password:
            secrets.write(name, password.encode())
    return settings


def remove_channel(workspace: Workspace, identifier: str) -> None:
    """Let a channel and its password go; what was sent by it stays in the journal."""
    channel(workspace, identifier)
    with workspace.writing() as transaction:
        transaction.records.drop(KEPT, identifier)
    workspace.profile.secrets.remove(_secret(workspace, identifier))


def has_password(workspace: Workspace, identifier: str) -> bool:
    """Whether this profile knows the password of a channel."""
    return workspace.profile.secrets.read(_secret(workspace, identifier)) is not None


def pin(workspace: Workspace, settings: ChannelSettings, error: KnownError) -> ChannelSettings:
    """Trust the certificate that `channel.certificate_…` named, after a person compared it. Nothing is written."""
    fingerprint = str(error.params.get("fingerprint", ""))
    if not fingerprint:
        return settings
    if error.params.get("side") == "incoming":
        return replace(settings, pinned_incoming=fingerprint)
    return replace(settings, pinned=fingerprint)


def try_channel(workspace: Workspace, settings: ChannelSettings, password: str | None = None) -> str:
    """Try a channel as it is being filled in; what was found, in words. KnownError channel.…"""
    return open_channel(workspace, checked(settings), password=password).check()


def open_channel(
    workspace: Workspace,
    settings: ChannelSettings,
    *,
    password: str | None = None,
    resumed: Resumed | None = None,
    sent: Callable[[Resumed], None] = lambda _resumed: None,
) -> Channel:
    """The channel itself, ready to work off the thread of the store. KnownError channel.no_password."""
    if settings.kind is ChannelKind.FOLDER:
        return FolderChannel(Path(settings.address))
    secret = password or _password(workspace, settings)
    # The libraries of mail and of the network take 60 ms: they are loaded when somebody is talked to.
    from shnor_desktop.exchange.channels.mail import MailAddress, MailChannel, server_of
    from shnor_desktop.exchange.channels.webdav import WebDavChannel
    from shnor_desktop.exchange.channels.webdav_client import WebDavAddress

    if settings.kind is ChannelKind.WEBDAV:
        return WebDavChannel(WebDavAddress(settings.address, settings.user, secret, settings.pinned))
    address = MailAddress(
        settings.address,
        settings.user or settings.address,
        secret,
        server_of(settings.outgoing, _SMTPS, settings.pinned),
        server_of(settings.incoming, _IMAPS, settings.pinned_incoming),
        settings.limit_mb * MEBIBYTE,
    )
    return MailChannel(address, workspace.clock, exchange_folder(workspace) / ".части" / settings.id, sent, resumed)


def checked(settings: ChannelSettings) -> ChannelSettings:
    """The settings in their one spelling; KnownError where they cannot be."""
    limit = min(max(settings.limit_mb, SMALLEST_MB), LARGEST_MB)
    title = " ".join(settings.title.split())[:80] or settings.kind.caption
    settings = replace(settings, limit_mb=limit, title=title, address=settings.address.strip())
    if settings.kind is ChannelKind.FOLDER:
        if not settings.address or not Path(settings.address).is_absolute():
            raise KnownError("channel.folder_missing", folder=settings.address)
        return settings
    from shnor_desktop.exchange.channels.letters import require_mail_address  # as above
    from shnor_desktop.exchange.channels.mail import server_of
    from shnor_desktop.exchange.channels.webdav_client import require_address

    if settings.kind is ChannelKind.WEBDAV:
        return replace(settings, address=require_address(settings.address), user=settings.user.strip())
    require_mail_address(settings.address)
    if settings.receiver:
        require_mail_address(settings.receiver)
    if server_of(settings.outgoing, _SMTPS) is None and server_of(settings.incoming, _IMAPS) is None:
        raise KnownError("channel.no_outgoing_server")
    return replace(settings, user=settings.user.strip(), receiver=settings.receiver.strip())


def exchange_folder(workspace: Workspace) -> Path:
    """Where this desk keeps what goes and what came: beside its store."""
    path = workspace.store.path
    return path.parent / f"{path.stem}-обмен"


def outgoing_folder(workspace: Workspace) -> Path:
    """Where packages wait to be sent."""
    return exchange_folder(workspace) / "исходящие"


def incoming_folder(workspace: Workspace) -> Path:
    """Where what came is kept."""
    return exchange_folder(workspace) / "входящие"


def boxes_to(workspace: Workspace, settings: ChannelSettings, school: str) -> tuple[str, ...]:
    """Where a package about a school goes by a channel; KnownError channel.no_address."""
    if workspace.kind is not StoreKind.MUNICIPAL:
        centre = _centre_address(settings) if settings.kind is ChannelKind.MAIL else FOR_CENTRE
        return (centre,) if workspace.kind is StoreKind.SCHOOL else (centre, *_boxes_of(workspace, settings, school))
    return _boxes_of(workspace, settings, school)


def _boxes_of(workspace: Workspace, settings: ChannelSettings, school: str) -> tuple[str, ...]:
    """Where a school, or every school, looks for what is sent to it."""
    with workspace.reading() as reader:
        owners = [owner for owner in reader.schools() if owner != workspace.centre and school in (owner, EVERY_SCHOOL)]
        cards = [card for card in (reader.row(School, owner, owner) for owner in owners) if card is not None]
    if settings.kind is not ChannelKind.MAIL:
        return (FOR_SCHOOL,) if school == EVERY_SCHOOL or not cards else (school_box(cards[0].code or ""),)
    found = tuple(sorted({card.email.strip() for card in cards if card.email}))
    if not found:
        raise KnownError("channel.no_address", school=(cards[0].short_name or "") if cards else "")
    return found


def boxes_from(workspace: Workspace, settings: ChannelSettings) -> tuple[str, ...]:
    """Where this desk looks for what came."""
    if settings.kind is ChannelKind.MAIL:
        return (settings.address,)
    if workspace.kind is StoreKind.MUNICIPAL:
        return (FOR_CENTRE,)
    with workspace.reading() as reader:
        code = reader.records.meta("code")
    if workspace.kind is not StoreKind.SCHOOL:
        return (FOR_METHODIST, _box_of(FOR_METHODIST, code))
    with workspace.reading() as reader:
        card = reader.row(School, workspace.school, workspace.school)
    named = (card.code or "") if card is not None else ""  # the passport may name another code than the desk began with
    return tuple(dict.fromkeys((FOR_SCHOOL, school_box(code), school_box(named))))


def school_box(code: str) -> str:
    """The folder of a school: its code, without what a folder cannot be called."""
    return _box_of(FOR_SCHOOL, code)


def _box_of(base: str, code: str) -> str:
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in code).strip(".")
    return f"{base}/{safe}" if safe else base


def _centre_address(settings: ChannelSettings) -> str:
    if not settings.receiver:
        raise KnownError("channel.no_address", school="муниципальный центр")
    return settings.receiver


def _password(workspace: Workspace, settings: ChannelSettings) -> str:
    kept = workspace.profile.secrets.read(_secret(workspace, settings.id))
    if kept is None:
        raise KnownError("channel.no_password", channel=settings.title)
    return kept.decode("utf-8", "replace")


def _secret(workspace: Workspace, identifier: str) -> str:
    return f"{workspace.store_id}.channel.{identifier}"

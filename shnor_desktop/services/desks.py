"""Desks: begin the store of a school, of a centre, of a methodist, and open one that is there."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Set
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.exchange.certificates import subject_of
from shnor_desktop.models.school import School
from shnor_desktop.services import recovery
from shnor_desktop.services.methodology import DEFAULT_PACK, Packs, load_methodologies
from shnor_desktop.services.records import fields_of
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import CENTRE, Profile, StoreKind, Workspace, open_workspace
from shnor_desktop.storage.check import quick_check, repair_projection
from shnor_desktop.storage.closed import is_closed
from shnor_desktop.storage.opening import StoreKind as StoredKind
from shnor_desktop.storage.opening import create_store, open_store
from shnor_desktop.storage.store import Store

ROW_SECRET_BYTES = 32


def is_protected(path: Path) -> bool:
    """Whether a store asks for a passphrase (`services.store_secret`); a file that cannot be read asks for none."""
    try:
        return is_closed(path)
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """What is known of a school before its passport is filled in; the empty parts are asked for there."""

    code: str
    short_name: str
    full_name: str = ""
    municipality: str = ""
    locality: str = ""
    director: str = ""
    responsible: str = ""
    project_year: str = ""
    kind: str = ""
    territory: str = ""
    support_level: str = ""


@dataclass(frozen=True, slots=True)
class DeskIds:
    """The ids of a new store: random, or from a seed for a demo. `row_secret` keys ids made of personal data.

    `school` is the aggregate that the desk writes of its own: the school, or what a centre keeps of its own.
    """

    store: str
    school: str
    row_secret: bytes

    @classmethod
    def random(cls) -> DeskIds:
        """Ids that nobody else has."""
        return cls(str(uuid.uuid4()), str(uuid.uuid4()), secrets.token_bytes(ROW_SECRET_BYTES))


def create_school_desk(
    path: Path,
    card: SchoolCard,
    clock: Clock,
    pack_id: str = DEFAULT_PACK,
    *,
    is_demo: bool = False,
    ids: DeskIds | None = None,
    profile: Profile | None = None,
    packs: Packs | None = None,
) -> Workspace:
    """Begin the desk of a school; its passport holds what the card knows. KnownError `store.*`, `keys.*`."""
    ids = ids or DeskIds.random()
    names = {"school": ids.school, "code": card.code, "name": card.short_name, "methodology": pack_id}
    desk = _NewDesk(path, StoreKind.SCHOOL, names, ids, is_demo=is_demo)
    return _begin(desk, packs or load_methodologies(), clock, profile, card)


def create_centre_desk(
    path: Path,
    code: str,
    name: str,
    clock: Clock,
    pack_id: str = DEFAULT_PACK,
    *,
    is_demo: bool = False,
    ids: DeskIds | None = None,
    profile: Profile | None = None,
    packs: Packs | None = None,
) -> Workspace:
    """Begin the desk of a municipal centre; its schools come with their packages. KnownError `store.*`, `keys.*`."""
    ids = ids or DeskIds.random()
    names = {"school": "", CENTRE: ids.school, "code": code, "name": name, "methodology": pack_id}
    desk = _NewDesk(path, StoreKind.MUNICIPAL, names, ids, is_demo=is_demo)
    return _begin(desk, packs or load_methodologies(), clock, profile)


def create_methodist_desk(
    path: Path,
    code: str,
    name: str,
    clock: Clock,
    pack_id: str = DEFAULT_PACK,
    *,
    is_demo: bool = False,
    ids: DeskIds | None = None,
    profile: Profile | None = None,
    packs: Packs | None = None,
) -> Workspace:
    """Begin the desk of a methodist; the schools come with their packages. KnownError `store.*`, `keys.*`."""
    ids = ids or DeskIds.random()
    names = {"school": "", "code": code, "name": name, "methodology": pack_id}
    desk = _NewDesk(path, StoreKind.METHODIST, names, ids, is_demo=is_demo)
    return _begin(desk, packs or load_methodologies(), clock, profile)


def open_desk(
    path: Path,
    clock: Clock,
    *,
    read_only: bool = False,
    break_lock: bool = False,
    profile: Profile | None = None,
    packs: Packs | None = None,
    key: StoreKey | None = None,
) -> Workspace:
    """Open a desk after a quick look at its soundness: what is only derived is made again, damage is refused.

    A store under a passphrase needs its `key` (`store_secret.unlock`), else KnownError store.closed.
    KnownError store.not_a_store, .newer_version, .in_use, .locked_elsewhere, .damaged and the others of `open_store`.
    """
    store = open_store(path, clock=clock, read_only=read_only, break_lock=break_lock, key=key)
    with _closed_on_failure(store):
        _require_sound(store)
        workspace = open_workspace(store, packs or load_methodologies(), clock, profile)
        recovery.renew_quietly(workspace)
        return workspace


@dataclass(frozen=True, slots=True)
class _NewDesk:
    """What a new store is made of."""

    path: Path
    kind: StoreKind
    names: Mapping[str, str]
    ids: DeskIds
    is_demo: bool


def _begin(
    desk: _NewDesk, packs: Packs, clock: Clock, profile: Profile | None, card: SchoolCard | None = None
) -> Workspace:
    """Make the store, the key and the first batch, or nothing."""
    packs.get(desk.names["methodology"])
    subject_of(desk.names["code"], desk.kind.role, desk.names["name"], desk.names["name"])
    store = create_store(
        desk.path,
        kind=StoredKind(desk.kind.value),
        clock=clock,
        is_demo=desk.is_demo,
        properties={**desk.names, "store_id": desk.ids.store, "row_secret": desk.ids.row_secret.hex()},
    )
    try:
        with _closed_on_failure(store):
            workspace = open_workspace(store, packs, clock, profile)
            if card is not None:
                _write_card(workspace, card)
            return workspace
    except BaseException:
        desk.path.unlink(missing_ok=True)
        raise


@contextmanager
def _closed_on_failure(store: Store) -> Iterator[None]:
    try:
        yield
    except BaseException:
        store.close()
        raise


def _require_sound(store: Store) -> None:
    report = quick_check(store)
    if report.is_clean:
        return
    if not report.can_be_projected_again or store.read_only:
        raise KnownError("store.damaged", path=store.path.name)
    repair_projection(store)


def _write_card(workspace: Workspace, card: SchoolCard) -> None:
    fields = fields_of(workspace, School)
    names = [name for name in SchoolCard.__dataclass_fields__ if getattr(card, name)]
    values = {name: parse_value(fields[name], getattr(card, name)) for name in names}
    requests = [Set(School.log_name, workspace.school, name, value) for name, value in values.items()]
    with workspace.writing() as transaction:
        workspace.append(transaction, requests, "заведена школа")

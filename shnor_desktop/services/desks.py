"""Desks: begin the store of a school or of a centre, and open one that is there."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.log import Set
from shnor_desktop.models.base import METADATA
from shnor_desktop.models.registry import entities
from shnor_desktop.models.school import School
from shnor_desktop.services.methodology import DEFAULT_PACK, Packs, load_methodologies
from shnor_desktop.services.records import fields_of
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Profile, StoreKind, Workspace, open_workspace
from shnor_desktop.storage.engine import make_engine
from shnor_desktop.storage.store import Store

ROW_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """What is known of a school before its passport is filled in; the empty parts are asked for there."""

    code: str
    short_name: str
    full_name: str = ""
    municipality: str = ""
    locality: str = ""
    director: str = ""
    kind: str = ""
    territory: str = ""
    support_level: str = ""


@dataclass(frozen=True, slots=True)
class DeskIds:
    """The ids of a new store: random, or from a seed for a demo. `row_secret` keys ids made of personal data."""

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
    """Begin the desk of a school; its passport holds what the card knows. KnownError `store.*`."""
    packs = packs or load_methodologies()
    packs.get(pack_id)
    ids = ids or DeskIds.random()
    meta = {
        "store_id": ids.store,
        "kind": StoreKind.SCHOOL.value,
        "school": ids.school,
        "code": card.code,
        "name": card.short_name,
        "methodology": pack_id,
        "row_secret": ids.row_secret.hex(),
        "is_demo": "yes" if is_demo else "no",
    }
    workspace = _begin(path, meta, packs, clock, profile)
    _write_card(workspace, card)
    return workspace


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
    """Begin the desk of a municipal centre; its schools come with their packages. KnownError `store.*`."""
    packs = packs or load_methodologies()
    packs.get(pack_id)
    ids = ids or DeskIds.random()
    meta = {
        "store_id": ids.store,
        "kind": StoreKind.MUNICIPAL.value,
        "school": "",
        "code": code,
        "name": name,
        "methodology": pack_id,
        "row_secret": ids.row_secret.hex(),
        "is_demo": "yes" if is_demo else "no",
    }
    return _begin(path, meta, packs, clock, profile)


def open_desk(
    path: Path,
    clock: Clock,
    *,
    read_only: bool = False,
    break_lock: bool = False,
    profile: Profile | None = None,
    packs: Packs | None = None,
) -> Workspace:
    """Open a desk: KnownError `store.*` for a file that is no store, is newer, damaged or open elsewhere."""
    store = Store.over(path, read_only=read_only)
    try:
        return open_workspace(store, packs or load_methodologies(), clock, profile)
    except BaseException:
        store.close()
        raise


def _begin(path: Path, meta: Mapping[str, str], packs: Packs, clock: Clock, profile: Profile | None) -> Workspace:
    store = _create(path, meta)
    try:
        return open_workspace(store, packs, clock, profile)
    except BaseException:
        store.close()
        raise


def _write_card(workspace: Workspace, card: SchoolCard) -> None:
    fields = fields_of(workspace, School)
    names = [name for name in SchoolCard.__dataclass_fields__ if getattr(card, name)]
    values = {name: parse_value(fields[name], getattr(card, name)) for name in names}
    requests = [Set(School.log_name, workspace.school, name, value) for name, value in values.items()]
    with workspace.writing() as transaction:
        workspace.append(transaction, requests, "заведена школа")


def _create(path: Path, meta: Mapping[str, str]) -> Store:
    entities()
    METADATA.create_all(make_engine(path))
    store = Store.over(path)
    with store.writing() as transaction:
        for name, value in meta.items():
            transaction.records.set_meta(name, value)
    return store

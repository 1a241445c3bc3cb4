"""A methodology that comes in a package: checked before anything of it is kept, then an offer on the shelf."""

from __future__ import annotations

import json
from dataclasses import dataclass

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.exchange.package import Package
from shnor_desktop.exchange.package_json import METHODOLOGY, RECEIPT, Manifest, MethodologyRef
from shnor_desktop.services import pack_shelf
from shnor_desktop.services.pack_shelf import OfferState, PackSource, ShelfEntry
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.storage.records import PackageRecord
from shnor_desktop.storage.store import WriteTransaction


@dataclass(frozen=True, slots=True)
class CamePack:
    """The methodology of a package; `was_here` when the shelf had this version before."""

    pack: Pack
    was_here: bool


def take_pack(workspace: Workspace, transaction: WriteTransaction, package: Package) -> CamePack | None:
    """Keep the methodology that travels in a package of the centre, None where none does.

    KnownError methodology.*, json.*, pack_editing.received_faulty, package.contents_do_not_match: nothing is kept then.
    """
    data = package.pack_data if workspace.kind is StoreKind.SCHOOL else None
    if data is None:
        return None
    pack = pack_shelf.read_received(data)
    said = package.manifest.methodology
    if (pack.id, pack.version) != (said.id, said.version):
        raise KnownError("package.contents_do_not_match")
    records = transaction.records
    was_here = any(one.hash == said.hash for one in pack_shelf.entries(records))
    if not was_here:
        moment = iso_utc(workspace.clock.now())
        pack_shelf.keep(records, data, ShelfEntry(said.hash, PackSource.CENTRE, moment, note=said.note))
    return CamePack(pack, was_here)


def words_of(came: CamePack) -> KnownError:
    """What became of a package that holds nothing but a methodology."""
    code = "verdict.methodology_here" if came.was_here else "verdict.methodology"
    return KnownError(code, title=came.pack.title, version=came.pack.version)


def notes_of(workspace: Workspace, manifest: Manifest) -> tuple[str, ...]:
    """What is worth saying of the methodology that a package names: codes of phrases."""
    named = manifest.methodology
    if named.hash == workspace.pack.hash:
        return ()
    if workspace.kind is StoreKind.SCHOOL:
        is_news = manifest.kind == RECEIPT and workspace.version(named.hash) is None
        return ("package.note_methodology_came",) if is_news else ()
    known = workspace.version(named.hash) is not None
    return ("package.note_methodology",) if known else ("package.note_methodology_absent",)


def named_words(named: MethodologyRef) -> str:
    """«tyumen-2024, версия 1.0»."""
    return f"{named.id}, версия {named.version}"


def give_back(transaction: WriteTransaction, record: PackageRecord) -> None:
    """The import of a package is undone: the methodology that it brought is no offer any more, if nobody took it."""
    if record.kind != METHODOLOGY:
        return
    named = json.loads(record.details).get("methodology", {}).get("hash", "")
    held = {one.hash: one for one in pack_shelf.entries(transaction.records)}
    if named in held and held[named].state is not OfferState.USED:
        pack_shelf.remove(transaction.records, named)

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
from shnor_desktop.system.wording import explain


@dataclass(frozen=True, slots=True)
class CamePack:
    """The methodology of a package; `was_here` when the shelf had this version before.

    A receipt is taken without its methodology where that cannot be: `refused` says why.
    """

    pack: Pack | None
    was_here: bool = False
    refused: KnownError | None = None


def take_pack(workspace: Workspace, transaction: WriteTransaction, package: Package) -> CamePack | None:
    """Keep the methodology that travels in a package of the centre, None where none does.

    KnownError methodology.*, json.*, pack_editing.received_faulty, package.contents_do_not_match for a package that
    holds nothing else: nothing is kept then. Remarks and decisions in a receipt are taken without it.
    """
    data = package.pack_data if workspace.kind is StoreKind.SCHOOL else None
    if data is None:
        return None
    try:
        return _take(workspace, transaction, package.manifest.methodology, data)
    except KnownError as error:
        if package.manifest.kind == METHODOLOGY:
            raise
        return CamePack(None, refused=error)


def _take(workspace: Workspace, transaction: WriteTransaction, said: MethodologyRef, data: bytes) -> CamePack:
    pack = pack_shelf.read_received(data)
    if (pack.id, pack.version) != (said.id, said.version):
        raise KnownError("package.contents_do_not_match")
    records = transaction.records
    was_here = any(one.hash == said.hash for one in pack_shelf.entries(records))
    if not was_here:
        moment = iso_utc(workspace.clock.now())
        pack_shelf.keep(records, data, ShelfEntry(said.hash, PackSource.CENTRE, moment, note=said.note))
    return CamePack(pack, was_here)


def words_of(came: CamePack | None) -> KnownError | None:
    """What became of a methodology that was taken; None where none was."""
    if came is None or came.pack is None:
        return None
    code = "verdict.methodology_here" if came.was_here else "verdict.methodology"
    return KnownError(code, title=came.pack.title, version=came.pack.version)


def notes_of(workspace: Workspace, manifest: Manifest, came: CamePack | None) -> tuple[str, ...]:
    """What is worth saying of the methodology that a package names: codes of phrases."""
    named = manifest.methodology
    if workspace.kind is StoreKind.SCHOOL:
        if manifest.kind != RECEIPT or came is None:
            return ()
        if came.refused is not None:
            return ("package.note_methodology_refused",)
        return () if came.was_here else ("package.note_methodology_came",)
    if named.hash == workspace.pack.hash:
        return ()
    known = workspace.version(named.hash) is not None
    return ("package.note_methodology",) if known else ("package.note_methodology_absent",)


def methodology_words(manifest: Manifest, came: CamePack | None) -> str:
    """The methodology of a package for its notes; with the reason where it was not taken."""
    words = named_words(manifest.methodology)
    return f"{words}. {explain(came.refused).what}" if came is not None and came.refused is not None else words


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

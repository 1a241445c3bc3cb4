"""A methodology is changed without code: copied into a draft, edited row by row, checked at every step, published.

What is published never changes again: the next change is a new version. The draft lives in `pack_drafts`, the tables
come from `pack_tables`, the changes from `pack_edits`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shnor_desktop.domain.canonical import canonical_json, clean_text
from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.exchange.package_json import LONGEST_NOTE
from shnor_desktop.methodologies.examining import plain_of
from shnor_desktop.methodologies.loader import FORMAT, pack_to_canonical
from shnor_desktop.services import pack_drafts, pack_edits, pack_shelf, pack_words
from shnor_desktop.services.diagnosis import FormView, form_view_of
from shnor_desktop.services.facts import today
from shnor_desktop.services.pack_drafts import Draft
from shnor_desktop.services.pack_shelf import PackSource, ShelfEntry
from shnor_desktop.services.pack_structure import (
    Plain,
    TableForm,
    place_from,
    place_text,
    row_at,
    rows_of,
    split_place,
    table_of,
    tables,
)
from shnor_desktop.services.pack_tables import PackTable, faults_by_row, read_table, typed_value
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind

_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table in the list of parts: its name, how many rows and faults it has; `group` heads it."""

    id: str
    title: str
    group: str
    rows: int
    faults: int
    is_list: bool


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault of the draft with the way to it: table, row and field."""

    table: str
    row: str
    field: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class EditorView:
    """Everything that the editor shows: the parts, the rows of one table, the faults."""

    draft: Draft
    lines: tuple[TableLine, ...]
    table: PackTable
    faults: tuple[FaultLine, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the draft may be published."""
        return self.draft.examined.is_sound


def begin_draft(workspace: Workspace, pack_hash: str) -> None:
    """«Скопировать и изменить»: a draft of a version of the shelf; one of the program gets a code of its own.

    KnownError pack_editing.draft_exists, .not_on_shelf.
    """
    require_kind(workspace, StoreKind.MUNICIPAL)
    base = workspace.version(pack_hash)
    if base is None:
        raise KnownError("pack_editing.not_on_shelf")
    with workspace.reading() as reader:
        data = reader.records.blob("", pack_hash) or pack_to_canonical(base)
        code = reader.records.meta("code")
    plain = plain_of(data)
    plain["id"] = proposed_id(workspace, base.id, code)
    pack_drafts.begin(workspace, pack_hash, plain)


def editor_view(workspace: Workspace, table_id: str = "") -> EditorView | None:
    """The draft with the rows of one table; None where there is no draft."""
    draft = pack_drafts.read_draft(workspace)
    if draft is None:
        return None
    findings = draft.examined.findings
    by_row = faults_by_row(draft.plain, findings)
    table = read_table(draft.plain, table_id if table_id in tables() else "", findings)
    return EditorView(draft, _lines(draft.plain, by_row), table, _fault_lines(draft))


def edit_field(workspace: Workspace, row: str, field: str, typed: object) -> bool:
    """Set one field to what was typed; on disk when this returns. KnownError value.*, pack_editing.*."""
    place = place_from(row)
    table = table_of(place)
    caption = pack_words.field_caption(table.cls, field)

    def change(plain: Plain) -> Plain:
        found = row_at(plain, place)
        if found is None:
            raise KnownError("pack_editing.row_gone")
        return pack_edits.set_value(plain, place, field, typed_value(table, field, typed, found))

    return pack_drafts.change(workspace, f"изменено: {_named(workspace, row)} — {caption.lower()}", change)


def add_row(workspace: Workspace, table: str, beside: str = "") -> str:
    """Begin a row after another one; its id."""
    made: list[str] = []

    def change(plain: Plain) -> Plain:
        changed, place = pack_edits.add_row(plain, table, place_from(beside))
        made.append(place_text(place))
        return changed

    pack_drafts.change(workspace, f"добавлена строка: {pack_words.table_caption(table)}", change)
    return made[0]


def copy_row(workspace: Workspace, row: str) -> str:
    """A row once more; the id of the copy."""
    made: list[str] = []

    def change(plain: Plain) -> Plain:
        changed, place = pack_edits.copy_row(plain, place_from(row))
        made.append(place_text(place))
        return changed

    pack_drafts.change(workspace, f"скопировано: {_named(workspace, row)}", change)
    return made[0]


def remove_row(workspace: Workspace, row: str) -> None:
    """Take a row out; KnownError pack_editing.referenced names who refers to it."""
    words = f"удалено: {_named(workspace, row)}"
    pack_drafts.change(workspace, words, lambda plain: pack_edits.remove_row(plain, place_from(row)))


def move_row(workspace: Workspace, row: str, by: int) -> str:
    """A row up or down among its neighbours; its new id."""
    made: list[str] = []

    def change(plain: Plain) -> Plain:
        changed, place = pack_edits.move_row(plain, place_from(row), by)
        made.append(place_text(place))
        return changed

    pack_drafts.change(workspace, f"переставлено: {_named(workspace, row)}", change)
    return made[0]


def preview(workspace: Workspace, form: str = "") -> FormView | None:
    """A form of the draft as a school sees it before anything is typed; None while the draft has faults."""
    draft = pack_drafts.read_draft(workspace)
    if draft is None or draft.examined.pack is None or not draft.examined.is_sound:
        return None
    pack = draft.examined.pack
    chosen = pack.form(form) or next(iter(pack.forms), None)
    return form_view_of(pack, SchoolFacts(as_of=today(workspace)), chosen.id) if chosen else None


def publish(workspace: Workspace, version: str, note: str) -> Pack:
    """Freeze the draft as a version on the shelf; nobody works by it until it is put in force.

    KnownError pack_editing.faulty, .not_a_version, .version_not_newer, .id_taken, .nothing_changed, .no_draft.
    """
    draft = pack_drafts.read_draft(workspace)
    if draft is None:
        raise KnownError("pack_editing.no_draft")
    plain = {**draft.plain, "version": version.strip()}
    _require_publishable(workspace, draft, plain)
    data = canonical_json({"format": FORMAT, "pack": plain})
    pack = pack_shelf.read_received(data)
    with workspace.writing() as transaction:
        moment = iso_utc(workspace.clock.now())
        entry = ShelfEntry(
            pack.hash, PackSource.OWN, moment, note=clean_text(note).replace("\t", " ").strip()[:LONGEST_NOTE]
        )
        pack_shelf.keep(transaction.records, pack_to_canonical(pack), entry)
        pack_drafts.clear(transaction.records)
    return pack


def proposed_id(workspace: Workspace, pack_id: str, code: str) -> str:
    """A code for a copy: the centre's own methodology keeps its code, one of the program gets the centre's beside."""
    if workspace.packs.find(pack_id) is None:
        return pack_id
    own = re.sub(r"[^a-z0-9]+", "-", code.casefold()).strip("-") or "centre"
    return f"{pack_id}-{own}"


def proposed_version(workspace: Workspace, draft: Draft) -> str:
    """The next number after every version of this methodology that is on the shelf."""
    parts = list(max([_parts(draft.base.version), *_known_versions(workspace, str(draft.plain.get("id", "")))]))
    at = min(1, len(parts) - 1)
    return ".".join(str(one) for one in [*parts[:at], parts[at] + 1, *(0 for _ in parts[at + 1 :])])


def _require_publishable(workspace: Workspace, draft: Draft, plain: Plain) -> None:
    found = draft.examined
    if not found.is_sound:
        place, reason = pack_words.fault_words(draft.plain, found.findings[0])
        raise KnownError("pack_editing.faulty", place=place, reason=reason, count=len(found.findings))
    if workspace.packs.find(str(plain["id"])) is not None:
        with workspace.reading() as reader:
            proposed = proposed_id(workspace, str(plain["id"]), reader.records.meta("code"))
        raise KnownError("pack_editing.id_taken", id=str(plain["id"]), proposed=proposed)
    version = str(plain["version"])
    if not _VERSION.fullmatch(version):
        raise KnownError("pack_editing.not_a_version", version=version[:40])
    known = [*_known_versions(workspace, str(plain["id"])), _parts(draft.base.version)]
    if known and _parts(version) <= max(known):
        old = ".".join(str(one) for one in max(known))
        proposed = proposed_version(workspace, draft)
        raise KnownError("pack_editing.version_not_newer", version=version, old=old, proposed=proposed)
    if found.pack is not None and not _differs(draft.base, found.pack):
        raise KnownError("pack_editing.nothing_changed")


def _differs(base: Pack, pack: Pack) -> bool:
    return replace(pack, id=base.id, version=base.version, hash=base.hash) != base


def _known_versions(workspace: Workspace, pack_id: str) -> list[tuple[int, ...]]:
    with workspace.reading() as reader:
        held = pack_shelf.entries(reader.records)
    packs = [workspace.version(one.hash) for one in held]
    return [_parts(pack.version) for pack in packs if pack is not None and pack.id == pack_id]


def _parts(version: str) -> tuple[int, ...]:
    found = tuple(int(one) for one in re.findall(r"\d{1,9}", version)[:4])
    return found or (0,)


def _lines(plain: Plain, faults: dict[str, dict[str, str]]) -> tuple[TableLine, ...]:
    counts: dict[str, int] = {}
    for row, found in faults.items():
        owner = table_of(place_from(row)).id
        counts[owner] = counts.get(owner, 0) + len(found)
    lines = []
    for group, parts in pack_words.groups().items():
        for part in parts:
            for table in tables().values():
                if (table.path[0] if table.path else "") == part:
                    lines.append(_line(plain, table, group, counts.get(table.id, 0)))
    return tuple(lines)


def _line(plain: Plain, table: TableForm, group: str, faults: int) -> TableLine:
    rows = len(rows_of(plain, table))
    return TableLine(table.id, pack_words.table_caption(table.id), group, rows, faults, table.is_list)


def _fault_lines(draft: Draft) -> tuple[FaultLine, ...]:
    found = []
    for finding in draft.examined.findings:
        place, field = split_place(finding.path)
        words, reason = pack_words.fault_words(draft.plain, finding)
        found.append(FaultLine(table_of(place).id, place_text(place), field, words, reason))
    return tuple(found)


def _named(workspace: Workspace, row: str) -> str:
    draft = pack_drafts.read_draft(workspace)
    return pack_edits.row_words(draft.plain, place_from(row)) if draft is not None else ""

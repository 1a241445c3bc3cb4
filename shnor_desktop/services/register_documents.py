"""Registers and journals printed from the metadata of their entities; a new entity needs a line only to look better."""

from __future__ import annotations

from collections.abc import Mapping

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.registry import EntityInfo
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.register import RegisterColumn, RegisterFacts, register_document
from shnor_desktop.services import records
from shnor_desktop.services.document_facts import full_name
from shnor_desktop.services.programme_drafts import DraftSource, draft_values
from shnor_desktop.services.register_looks import LOOKS, register_of
from shnor_desktop.services.workspace import Workspace

_MOST_COLUMNS = 9
_WIDTHS = {
    FieldKind.INTEGER: 14,
    FieldKind.DECIMAL: 14,
    FieldKind.DATE: 20,
    FieldKind.BOOLEAN: 14,
    FieldKind.CHOICE: 26,
    FieldKind.CHOICES: 32,
    FieldKind.REFERENCE: 30,
    FieldKind.TEXT: 36,
    FieldKind.LONG_TEXT: 52,
}


def make_register(workspace: Workspace, kind: str, source: DraftSource, school: str | None) -> Document:
    """The register as a document; KnownError document.no_such_kind."""
    info = register_of(kind)
    if info is None:
        raise KnownError("document.no_such_kind", kind=kind)
    look = LOOKS[info.log_name]
    fields = records.fields_of(workspace, info.cls)
    names = look.columns or _usual(info, fields)
    values = draft_values(source)
    return register_document(
        RegisterFacts(
            title=look.title or info.plural,
            school=full_name(source),
            as_of=f"на {short_date(source.facts.as_of)}",
            columns=tuple(_column(fields[name]) for name in names),
            rows=_rows(workspace, info, fields, names, school),
            signatory_position="Директор",
            signatory=values["director_name"],
            signed=look.signed,
            blank_rows=look.blank_rows,
        )
    )


def _usual(info: EntityInfo, fields: Mapping[str, FieldInfo]) -> tuple[str, ...]:
    """The required fields first, then the others, as many as a page holds, in the order of declaration."""
    wanted = [name for name, one in fields.items() if one.required]
    wanted += [name for name, one in fields.items() if not one.required]
    kept = set(wanted[:_MOST_COLUMNS])
    return tuple(name for name in fields if name in kept)


def _column(field: FieldInfo) -> RegisterColumn:
    title = f"{field.caption}, {field.unit}" if field.unit else field.caption
    return RegisterColumn(title, _WIDTHS[field.kind], field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL))


def _rows(
    workspace: Workspace,
    info: EntityInfo,
    fields: Mapping[str, FieldInfo],
    names: tuple[str, ...],
    school: str | None,
) -> tuple[tuple[str, ...], ...]:
    targets = {fields[name].target for name in names if fields[name].kind is FieldKind.REFERENCE}
    titles = {row: title for target in targets for row, title in records.reference_choices(workspace, target, school)}
    found = [records.wire_values(item) for item in records.rows(workspace, info.cls, school)]
    first = names[0]
    found.sort(key=lambda values: (values[first] is None, str(values[first] or "")))
    return tuple(tuple(records.shown(fields[name], values[name], titles) for name in names) for values in found)

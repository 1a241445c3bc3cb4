"""What stands in the place that a remark speaks of: the words of a field or a row, whether it is still there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.models.attachments import Attachment
from shnor_desktop.models.base import Entity
from shnor_desktop.models.diagnostics import DiagnosticAnswer
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.programme import ProgrammeParagraph
from shnor_desktop.models.registry import EntityInfo, entities
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import MAP, FormView, form_view_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace

EMPTY = "не заполнено"
LONGEST_QUOTE = 4000
_NOT_READ = ("position",)
_FACTOR_LEVEL = "factor_level"
_ALIKE = 0.35
"""A row that shares so much of the words of one that is gone stands in its place."""


@dataclass(frozen=True, slots=True)
class PlaceText:
    """What stands in a place. `is_gone` where its row was deleted; `is_known` is False for a page as a whole."""

    text: str = ""
    is_gone: bool = False
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Successor:
    """The row that took the place of a deleted one."""

    row: str
    caption: str
    text: str


class Places:
    """Reads the places of one school; what many remarks ask for is read once."""

    def __init__(self, workspace: Workspace, school: str) -> None:
        self._workspace = workspace
        self._school = school
        self._rows: dict[str, dict[str, Entity]] = {}
        self._titles: dict[str, dict[str, str]] = {}
        self._facts: SchoolFacts | None = None
        self._form: FormView | None = None

    def now(self, entity: str, row: str, field: str) -> PlaceText:
        """What stands there; nothing is known of a page as a whole."""
        if entity == DiagnosticAnswer.log_name:
            return self._answer(row, field)
        if entity == _FACTOR_LEVEL:
            return self._factor(row)
        info = entities().get(entity)
        if info is None or not row:
            return PlaceText()
        if field and field not in info.fields:
            return self._file(field)
        found = self._all_rows(info).get(row)
        if found is None:
            return PlaceText(is_gone=True, is_known=True)
        return PlaceText(self._text(info, found, field)[:LONGEST_QUOTE], found.hidden, True)

    def successor(self, entity: str, row: str, quoted: str) -> Successor | None:
        """The row that is most like a deleted one, among those that stand; None where none is."""
        info = entities().get(entity)
        if info is None or entity in (DiagnosticAnswer.log_name, _FACTOR_LEVEL):
            return None
        gone = self._all_rows(info).get(row)
        was = (self._text(info, gone, "") if gone is not None else "") or quoted
        section = getattr(gone, "section", None)
        best, likeness = None, _ALIKE
        for candidate in self._all_rows(info).values():
            if candidate.hidden or candidate.id == row or (section and getattr(candidate, "section", None) != section):
                continue
            ratio = _likeness(was, self._text(info, candidate, ""), likeness)
            if ratio >= likeness:
                best, likeness = candidate, ratio
        if best is None:
            return None
        return Successor(best.id, self._caption(info, best), self._text(info, best, ""))

    def _answer(self, row: str, question: str) -> PlaceText:
        """An answer is found by its question: its row begins with the first typed value."""
        if self._form is None:
            self._form = form_view_of(self._workspace.pack_of(self._school), self._read_facts(), MAP)
        code = question
        if not code:
            code = next((one.question.code for one in self._form.questions if one.typed and one.typed.id == row), "")
        view = next((one for one in self._form.questions if one.question.code == code), None)
        if view is None:
            return PlaceText(is_gone=bool(code), is_known=bool(code))
        text = view.shown or ("не применимо" if view.is_answered else "нет ответа")
        typed = view.typed
        parts = (text, typed.evidence if typed else "", typed.comment if typed else "")
        return PlaceText("\n".join(part for part in parts if part)[:LONGEST_QUOTE], False, True)

    def _factor(self, code: str) -> PlaceText:
        if self._form is None:
            self._form = form_view_of(self._workspace.pack_of(self._school), self._read_facts(), MAP)
        found = next((one for one in self._form.profile if one.factor == code), None)
        return PlaceText(found.summary if found else "", found is None, True)

    def _file(self, attachment: str) -> PlaceText:
        with self._workspace.reading() as reader:
            row = reader.row(Attachment, attachment, self._school)
        if row is None:
            return PlaceText()
        return PlaceText(row.file_name or EMPTY, row.hidden, True)

    def _text(self, info: EntityInfo, row: Entity, field: str) -> str:
        fields = records.fields_of(self._workspace, info.cls)
        if field:
            return self._shown(fields[field], getattr(row, field)) or EMPTY
        if isinstance(row, ProgrammeParagraph):
            return row.body or EMPTY
        lines = [
            f"{one.caption}: {words}"
            for name, one in fields.items()
            if name not in _NOT_READ and (words := self._shown(one, getattr(row, name)))
        ]
        return "\n".join(lines) or EMPTY

    def _caption(self, info: EntityInfo, row: Entity) -> str:
        if isinstance(row, ProgrammeParagraph):
            return self._paragraph_caption(info, row)
        fields = records.fields_of(self._workspace, info.cls)
        title = self._shown(fields[info.title_field], getattr(row, info.title_field)) if info.title_field else ""
        return f"{info.caption} «{title}»" if title else info.caption

    def _paragraph_caption(self, info: EntityInfo, row: ProgrammeParagraph) -> str:
        found = [one for one in self._all_rows(info).values() if isinstance(one, ProgrammeParagraph) and not one.hidden]
        own = sorted((one for one in found if one.section == row.section), key=lambda one: (one.position or "", one.id))
        title = dict(self._workspace.pack_of(self._school).code_list("programme_sections")).get(row.section or "", "")
        return f"{title}, абзац {own.index(row) + 1}" if title else f"абзац {own.index(row) + 1}"

    def _shown(self, field: FieldInfo, value: object) -> str:
        titles = self._titles_of(field.target) if field.kind is FieldKind.REFERENCE and value else None
        text = records.shown(field, value, titles)
        return f"{text} {field.unit}" if text and field.unit else text

    def _titles_of(self, target: str) -> Mapping[str, str]:
        if target not in self._titles:
            self._titles[target] = dict(records.reference_choices(self._workspace, target, self._school))
        return self._titles[target]

    def _all_rows(self, info: EntityInfo) -> dict[str, Entity]:
        if info.log_name not in self._rows:
            with self._workspace.reading() as reader:
                found = reader.rows(info.cls, self._school, hidden=True)
            self._rows[info.log_name] = {row.id: row for row in found}
        return self._rows[info.log_name]

    def _read_facts(self) -> SchoolFacts:
        if self._facts is None:
            self._facts = read_facts(self._workspace, self._school)
        return self._facts


def _likeness(one: str, other: str, least: float) -> float:
    """How much of their words two texts share; 0 where a quick look says that it is less than the least."""
    before, after = one.casefold().split(), other.casefold().split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()

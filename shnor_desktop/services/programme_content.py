"""The current programme in ready words: what a version of it keeps and what two versions are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from shnor_desktop.domain.canonical import clean_text
from shnor_desktop.domain.facts import Fact, SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.programme_difference import Part, PartRow, ProgrammeContent, TextParagraph, TextSection
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.programme import AntiriskProgramme, Goal, Programme, TargetIndicator
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import records
from shnor_desktop.services.programme_drafts import indicators_in_order
from shnor_desktop.services.programme_stamps import stamps_of

_PASSPORT = (
    "title",
    "period",
    "starts_on",
    "ends_on",
    "basis",
    "developers",
    "expected",
    "council_protocol",
    "council_date",
    "agreed_by",
    "agreed_on",
    "order_number",
    "order_date",
)
_GOAL = ("title", "kind", "goal", "problem")
_INDICATOR = ("title", "unit", "base", "base_date", "target", "goal")
_ANTIRISK = ("title", "factor", "aim", "tasks", "expected")
_MEASURE = (
    "title",
    "stage",
    "direction",
    "task",
    "problem",
    "antirisk",
    "owner",
    "owner_text",
    "deadline",
    "starts_on",
    "due_on",
    "is_optional",
    "expected",
    "evidence",
)
STAMPS, PASSPORT, GOALS, INDICATORS, ANTIRISK, MEASURES = (
    "stamps",
    "passport",
    "goals",
    "indicators",
    "antirisk",
    "measures",
)


def content_of_facts(pack: Pack, facts: SchoolFacts) -> ProgrammeContent:
    """The current programme; without one everything is empty."""
    programme = facts.programme
    captions = {item.code: item.caption for item in pack.programme_states}
    state = (programme and programme.state) or "draft"
    return ProgrammeContent(
        title=_line((programme and programme.title) or ""),
        state=captions.get(state, state),
        sections=_sections(pack, facts),
        parts=tuple(part for part in _parts(pack, facts) if part.rows),
    )


def _sections(pack: Pack, facts: SchoolFacts) -> tuple[TextSection, ...]:
    """The sections of the methodology; text of a section that it has no more stands at the end."""
    own = sorted(facts.current(facts.paragraphs), key=lambda item: (item.position or "", item.id))
    known = {section.code: (section.number, section.title) for section in pack.programme_sections}
    strange = [item.section or "" for item in own if item.section not in known]
    places = known | {code: ("", code) for code in strange}
    found = []
    for code, (number, title) in places.items():
        texts = tuple(TextParagraph(one.id, _text(one.body)) for one in own if (one.section or "") == code and one.body)
        if texts:
            found.append(TextSection(code, number, title, texts))
    return tuple(found)


def _parts(pack: Pack, facts: SchoolFacts) -> tuple[Part, ...]:
    labels = {
        item.id: item.label for item in (*facts.staff, *facts.goals, *facts.problems, *facts.antirisks) if item.label
    }
    places = {code: at for at, code in enumerate(stage.id for stage in pack.stages)}
    goals = sorted(facts.current(facts.goals), key=lambda item: (item.position or "", item.id))
    measures = sorted(
        (item for item in facts.current(facts.measures) if item.state != "cancelled"),
        key=lambda item: (places.get(item.stage or "", len(places)), item.position or "", item.id),
    )
    stamps = tuple(
        PartRow(f"stamp-{one.position}", one.title, (("Строки", "\n".join(one.lines)),))
        for one in stamps_of(pack, facts)
    )
    passport = (facts.programme,) if facts.programme else ()
    return (
        Part(STAMPS, "Грифы титульного листа", stamps),
        Part(PASSPORT, "Паспорт программы", _rows(pack, Programme, passport, _PASSPORT, labels)),
        Part(GOALS, Goal.plural, _rows(pack, Goal, goals, _GOAL, labels)),
        Part(
            INDICATORS,
            TargetIndicator.plural,
            _rows(pack, TargetIndicator, indicators_in_order(pack, facts), _INDICATOR, labels),
        ),
        Part(
            ANTIRISK,
            AntiriskProgramme.plural,
            _rows(pack, AntiriskProgramme, facts.current(facts.antirisks), _ANTIRISK, labels),
        ),
        Part(MEASURES, Measure.plural, _rows(pack, Measure, measures, _MEASURE, labels)),
    )


def _rows(
    pack: Pack, cls: type[Entity], facts: Iterable[Fact], names: tuple[str, ...], labels: Mapping[str, str]
) -> tuple[PartRow, ...]:
    fields = [_with_choices(pack, info_of(cls).fields[name]) for name in names]
    return tuple(
        PartRow(
            one.id,
            _line(one.label) or "без названия",
            tuple(
                (field.caption, text)
                for field in fields
                if (text := _text(_shown(field, getattr(one, field.name), labels)))
            ),
        )
        for one in facts
    )


def _with_choices(pack: Pack, field: FieldInfo) -> FieldInfo:
    return replace(field, choices=tuple(pack.code_list(field.code_list))) if field.code_list else field


def _shown(field: FieldInfo, value: object, labels: Mapping[str, str]) -> str:
    return short_date(value) if isinstance(value, date) else records.shown(field, value, labels)


def _text(value: str | None) -> str:
    """In the form that is stored: a value of a foreign program may hold what canonical JSON does not."""
    return clean_text(value or "").strip()


def _line(value: str) -> str:
    return " ".join(_text(value).split())

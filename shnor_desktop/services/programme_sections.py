"""The sections of the programme as they will be printed: paragraphs, and what the program builds by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from shnor_desktop.domain.facts import ParagraphFact
from shnor_desktop.domain.methodology import ProgrammeSection, SectionContent
from shnor_desktop.services.document_facts import (
    goal_facts,
    indicator_facts,
    passport_lines,
    problem_facts,
    road_map_groups,
)
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import current_of, draft_source
from shnor_desktop.services.programme_drafts import DraftSource, lines_of
from shnor_desktop.services.programme_freshness import StaleDraft, stale_drafts
from shnor_desktop.services.programme_text import paragraphs_of
from shnor_desktop.services.workspace import Workspace

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionTable:
    """What the program builds in a section: ready texts in columns, numbered as in print."""

    columns: Cells
    rows: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its paragraphs and its table; `page` is where the table's rows are edited."""

    section: ProgrammeSection
    paragraphs: tuple[ParagraphFact, ...]
    table: SectionTable | None
    page: str
    stale: Mapping[str, StaleDraft] = field(default_factory=dict)
    """Paragraphs whose data changed since they were drafted, by their rows."""

    @property
    def unread(self) -> int:
        """Paragraphs that the program drafted and nobody has read."""
        return sum(1 for paragraph in self.paragraphs if paragraph.generated)

    @property
    def is_empty(self) -> bool:
        """Nothing would be printed under the heading."""
        has_text = any((paragraph.body or "").strip() for paragraph in self.paragraphs)
        return not has_text and not (self.table and self.table.rows)


def sections(workspace: Workspace, school: str | None = None) -> tuple[SectionView, ...]:
    """All sections of the methodology in order; KnownError programme.not_begun."""
    facts = read_facts(workspace, school)
    current_of(facts)
    return sections_of(draft_source(workspace, facts))


def sections_of(source: DraftSource) -> tuple[SectionView, ...]:
    """The same from facts that were read already."""
    views = []
    stale = stale_drafts(source)
    for section in source.pack.programme_sections:
        build = _TABLES.get(section.content)
        paragraphs = paragraphs_of(source.facts, section.code)
        views.append(
            SectionView(
                section=section,
                paragraphs=paragraphs,
                table=build(source) if build else None,
                page=_PAGES.get(section.content, "programme"),
                stale={one.id: stale[one.id] for one in paragraphs if one.id in stale},
            )
        )
    return tuple(views)


def _passport(source: DraftSource) -> SectionTable:
    return SectionTable(("", ""), passport_lines(source))


def _problems(source: DraftSource) -> SectionTable:
    rows = [
        (item.title, item.facts, "\n".join(item.causes), "\n".join(item.measures)) for item in problem_facts(source)
    ]
    return _numbered(("Проблемное поле", "На чём основано", "Причины", "Мероприятия"), rows)


def _goals(source: DraftSource) -> SectionTable:
    rows = [(goal.title, "\n".join(goal.tasks), goal.problem) for goal in goal_facts(source)]
    return _numbered(("Цель", "Задачи", "Проблемное поле"), rows)


def _indicators(source: DraftSource) -> SectionTable:
    rows = [
        (
            item.title,
            item.unit,
            f"{item.base} (на {item.base_day})" if item.base and item.base_day else item.base,
            item.target,
        )
        for item in indicator_facts(source)
    ]
    return _numbered(("Показатель", "Единица", "Исходное значение", "Целевое значение"), rows)


def _road_map(source: DraftSource) -> SectionTable:
    rows = [
        (group.title, item.title, item.deadline, item.responsible, item.expected, item.evidence)
        for group in road_map_groups(source)
        for item in group.measures
    ]
    columns = ("Этап", "Мероприятие", "Сроки", "Ответственные", "Предполагаемый результат", "Чем подтверждается")
    return _numbered(columns, rows)


def _antirisks(source: DraftSource) -> SectionTable:
    facts = source.facts
    rows = [
        (item.label, item.aim or "", "\n".join(lines_of(item.tasks)), "\n".join(lines_of(item.expected)))
        for item in facts.current(facts.antirisks)
    ]
    return _numbered(("Антирисковая программа", "Цель", "Задачи", "Планируемые результаты"), rows)


def _risks(source: DraftSource) -> SectionTable:
    return _numbered(("Риск", "Что делается"), [(risk.title, risk.answer) for risk in source.pack.programme_risks])


def _numbered(columns: Cells, rows: Sequence[Cells]) -> SectionTable:
    return SectionTable(("№", *columns), tuple((str(place), *row) for place, row in enumerate(rows, start=1)))


_TABLES: Mapping[SectionContent, Callable[[DraftSource], SectionTable]] = {
    SectionContent.PASSPORT: _passport,
    SectionContent.ANALYSIS: _problems,
    SectionContent.GOALS: _goals,
    SectionContent.INDICATORS: _indicators,
    SectionContent.ROADMAP: _road_map,
    SectionContent.ANTIRISK: _antirisks,
    SectionContent.RISKS: _risks,
}
_PAGES = {SectionContent.ANALYSIS: "map", SectionContent.ROADMAP: "roadmap"}

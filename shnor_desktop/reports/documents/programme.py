"""The programme of transition: title page with stamps, passport, sections, goals, indicators, road map.

The document is published on the school's site: this form itself calls the school nothing but its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Contents,
    Cover,
    Document,
    GroupRow,
    Heading,
    KeyValueTable,
    ListBlock,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Stretch,
    Table,
)
from shnor_desktop.reports.documents.problem_fields import ProblemFieldFacts, problem_field_table
from shnor_desktop.reports.documents.requisites import StampFacts, stamp_row, stated
from shnor_desktop.reports.documents.road_map import RoadMapGroup, road_map_table


class SectionContent(StrEnum):
    """What a section holds after its text; the codes are those of the methodology packs."""

    TEXT = "text"
    PASSPORT = "passport"
    PROBLEM_FIELDS = "problem_fields"
    GOALS = "goals"
    INDICATORS = "indicators"
    ROAD_MAP = "roadmap"
    ANTIRISK = "antirisk"
    RISKS = "risks"
    APPENDICES = "appendices"


@dataclass(frozen=True, slots=True)
class ProgrammeSection:
    """A section in its place; `level` 2 is a part of the section before it."""

    number: str
    title: str
    paragraphs: tuple[str, ...] = ()
    content: SectionContent = SectionContent.TEXT
    level: int = 1


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A goal with its tasks and the problem that it answers."""

    title: str
    tasks: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator; values are ready texts («18,2»), `dated` says of which day the base is."""

    title: str
    unit: str
    base: str
    target: str
    base_day: str = ""
    reached_first: str = ""
    reached_second: str = ""


@dataclass(frozen=True, slots=True)
class AntiriskFacts:
    """A programme against one factor of risk."""

    factor: str
    title: str
    aim: str
    tasks: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """A risk of carrying the programme out, with the answer to it."""

    title: str
    answer: str


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """Everything that the programme prints. `draft_mark` («ПРОЕКТ») stands above the title until approval."""

    title: str
    school: str
    period: str
    place: str
    year: str
    stamps: tuple[StampFacts, ...] = ()
    passport: tuple[tuple[str, str], ...] = ()
    sections: tuple[ProgrammeSection, ...] = ()
    problem_fields: tuple[ProblemFieldFacts, ...] = ()
    goals: tuple[GoalFacts, ...] = ()
    indicators: tuple[IndicatorFacts, ...] = ()
    road_map: tuple[RoadMapGroup, ...] = ()
    antirisk: tuple[AntiriskFacts, ...] = ()
    risks: tuple[RiskFacts, ...] = ()
    appendices: tuple[str, ...] = ()
    founder: str = ""
    draft_mark: str = ""


_MOST_MEASURES = 6
# Titles of what the sections of a pack do not place themselves.
_OWN_TITLES = {
    SectionContent.PASSPORT: "Паспорт программы",
    SectionContent.PROBLEM_FIELDS: "Проблемные поля",
    SectionContent.GOALS: "Цели и задачи",
    SectionContent.INDICATORS: "Целевые показатели",
    SectionContent.ANTIRISK: "Антирисковые программы",
    SectionContent.RISKS: "Риски реализации программы",
    SectionContent.ROAD_MAP: "Дорожная карта",
    SectionContent.APPENDICES: "Приложения",
}


def programme_document(facts: ProgrammeFacts) -> Document:
    """The whole programme; data that no section places is added after the last one."""
    cover = _cover(facts)
    blocks = list(_title_page(cover))
    turned = False
    sections = _all_sections(facts)
    if sections:
        heading = Paragraph((Run("Содержание", bold=True),), Align.CENTER, first_line_indent=False)
        blocks += [PageBreak(), heading, Contents(), PageBreak(landscape=_is_turned(sections[0]))]
        turned = _is_turned(sections[0])
    for section in sections:
        turns = _is_turned(section)
        if turns != turned:
            blocks.append(PageBreak(landscape=turns))
        turned = turns
        blocks.append(Heading(f"{section.number} {section.title}".strip(), section.level))
        blocks.extend(Paragraph(text) for text in section.paragraphs)
        blocks.extend(_content(section.content, facts))
    return Document(f"{facts.title}. {facts.period}".strip(". "), tuple(blocks), title_page=True, cover=cover)


def _is_turned(section: ProgrammeSection) -> bool:
    return section.content is SectionContent.ROAD_MAP


def _cover(facts: ProgrammeFacts) -> Cover:
    return Cover(
        founder=facts.founder,
        school=facts.school,
        stamps=stamp_row(facts.stamps),
        mark=facts.draft_mark,
        title=facts.title,
        period=facts.period,
        place_and_year=", ".join(part for part in (facts.place, facts.year) if part),
    )


def _title_page(cover: Cover) -> tuple[Block, ...]:
    heads = "\n".join(line for line in (cover.founder, cover.school) if line)
    mark = (Run(cover.mark, bold=True),) if cover.mark else ""
    return (
        Paragraph(heads, Align.CENTER, first_line_indent=False),
        Stretch(percent=8),
        cover.stamps,
        Stretch(percent=38),
        Paragraph(mark, Align.CENTER, first_line_indent=False),
        Heading(cover.title, 0),
        Paragraph(cover.period, Align.CENTER, first_line_indent=False),
        Stretch(keep_mm=10),
        Paragraph(cover.place_and_year, Align.CENTER, first_line_indent=False),
    )


def _all_sections(facts: ProgrammeFacts) -> Sequence[ProgrammeSection]:
    placed = {section.content for section in facts.sections}
    added = [
        ProgrammeSection("", title, content=content)
        for content, title in _OWN_TITLES.items()
        if content not in placed and _data(content, facts)
    ]
    passport = [section for section in added if section.content is SectionContent.PASSPORT]
    rest = [section for section in added if section.content is not SectionContent.PASSPORT]
    return [*passport, *facts.sections, *rest]


def _data(content: SectionContent, facts: ProgrammeFacts) -> Sequence[object]:
    return {
        SectionContent.TEXT: (),
        SectionContent.PASSPORT: facts.passport,
        SectionContent.PROBLEM_FIELDS: facts.problem_fields,
        SectionContent.GOALS: facts.goals,
        SectionContent.INDICATORS: facts.indicators,
        SectionContent.ROAD_MAP: facts.road_map,
        SectionContent.ANTIRISK: facts.antirisk,
        SectionContent.RISKS: facts.risks,
        SectionContent.APPENDICES: facts.appendices,
    }[content]


def _content(content: SectionContent, facts: ProgrammeFacts) -> list[Block]:
    match content:
        case SectionContent.PASSPORT:
            return [KeyValueTable(tuple((key, stated(value)) for key, value in facts.passport))]
        case SectionContent.PROBLEM_FIELDS:
            return [problem_field_table([_shortened(one) for one in facts.problem_fields])]
        case SectionContent.GOALS:
            return [block for number, goal in enumerate(facts.goals, start=1) for block in _goal(number, goal)]
        case SectionContent.INDICATORS:
            return [indicator_table(facts.indicators)]
        case SectionContent.ROAD_MAP:
            return [road_map_table(facts.road_map)]
        case SectionContent.ANTIRISK:
            return [block for item in facts.antirisk for block in _antirisk(item)]
        case SectionContent.RISKS:
            return [_risk_table(facts.risks)]
        case SectionContent.APPENDICES:
            return [ListBlock(facts.appendices, numbered=True)]
        case SectionContent.TEXT:
            return []


def _shortened(problem: ProblemFieldFacts) -> ProblemFieldFacts:
    """The first measures in a narrow column; all of them stand in the road map."""
    rest = len(problem.measures) - _MOST_MEASURES
    if rest <= 0:
        return problem
    words = f"и ещё {rest}: см. дорожную карту"
    return replace(problem, measures=(*problem.measures[:_MOST_MEASURES], words))


def _goal(number: int, goal: GoalFacts) -> list[Block]:
    blocks: list[Block] = [Paragraph((Run(f"Цель {number}. ", bold=True), Run(goal.title)))]
    if goal.problem:
        blocks.append(Paragraph((Run("Проблемное поле: ", italic=True), Run(goal.problem))))
    if goal.tasks:
        blocks += [Paragraph("Задачи:", first_line_indent=True), ListBlock(goal.tasks, numbered=True)]
    return blocks


def indicator_table(indicators: Sequence[IndicatorFacts]) -> Table:
    """Base and target of every indicator, with what was reached where something was."""
    columns = [
        Column("№", 6, Align.CENTER),
        Column("Показатель", 46),
        Column("Единица", 14, Align.CENTER),
        Column("Исходное значение", 20, Align.CENTER),
        Column("Целевое значение", 18, Align.CENTER),
    ]
    with_reached = any(item.reached_first or item.reached_second for item in indicators)
    if with_reached:
        columns.append(Column("Достигнуто", 20, Align.CENTER))
    rows: list[Row | GroupRow] = []
    for number, item in enumerate(indicators, start=1):
        base = f"{stated(item.base)}\nна {item.base_day}" if item.base_day else stated(item.base)
        cells = (str(number), item.title, item.unit, base, stated(item.target))
        reached = " → ".join(value for value in (item.reached_first, item.reached_second) if value)
        rows.append(Row((*cells, stated(reached)) if with_reached else cells))
    return Table(tuple(columns), tuple(rows), empty="Показатели не внесены.")


def _antirisk(item: AntiriskFacts) -> list[Block]:
    blocks: list[Block] = [
        Heading(item.title, 2),
        Paragraph((Run("Фактор риска: ", bold=True), Run(item.factor))),
        Paragraph((Run("Цель: ", bold=True), Run(item.aim))),
    ]
    for caption, lines in (
        ("Задачи:", item.tasks),
        ("Планируемые результаты:", item.expected),
        ("Мероприятия дорожной карты:", item.measures),
    ):
        if lines:
            blocks += [Paragraph((Run(caption, bold=True),)), ListBlock(lines)]
    return blocks


def _risk_table(risks: Sequence[RiskFacts]) -> Table:
    columns = (Column("№", 5, Align.CENTER), Column("Риск", 40), Column("Что делается", 50))
    rows = tuple(Row((str(number), risk.title, risk.answer)) for number, risk in enumerate(risks, start=1))
    return Table(columns, rows, empty="Риски не внесены.")

"""Work with parents: surveys that may be compared, events by direction, who was informed of a rehearsal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.facts import RehearsalFact, SchoolFacts, SurveyFact
from shnor_desktop.domain.methodology import Pack, SampleSizes
from shnor_desktop.domain.metrics.samples import group_warning
from shnor_desktop.domain.metrics.support import school_year_start
from shnor_desktop.domain.metrics.values import tenth
from shnor_desktop.domain.russian import number, percent, plural, share, short_date
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace

EVENTS_A_YEAR = 2
"""How many lectures for parents the road maps ask for in a school year (source 001.15)."""


@dataclass(frozen=True, slots=True)
class SurveyPoint:
    """One survey: the share with its counts, and what must be known of a small n."""

    survey: SurveyFact
    percent: Decimal | None
    words: str
    warning: str


@dataclass(frozen=True, slots=True)
class SurveySeries:
    """The surveys with one wording, oldest first: only these may be compared."""

    question: str
    points: tuple[SurveyPoint, ...]

    @property
    def change_words(self) -> str:
        """«выше на 5 п. п., чем 12.03.2024»; empty while there is nothing to compare."""
        if len(self.points) < 2:
            return "один опрос: сравнить не с чем"
        before, last = self.points[-2], self.points[-1]
        if before.percent is None or last.percent is None or before.survey.held_on is None:
            return ""
        change = last.percent - before.percent
        since = short_date(before.survey.held_on)
        if not change:
            return f"без изменений с {since}"
        words = f"{'выше' if change > 0 else 'ниже'} на {number(abs(change))} п. п., чем {since}"
        return f"{words}; групп мало, сравнивайте осторожно" if before.warning or last.warning else words


@dataclass(frozen=True, slots=True)
class DirectionCount:
    """Events for parents in one direction in the running school year."""

    code: str
    title: str
    events: int
    parents: int


@dataclass(frozen=True, slots=True)
class ParentsView:
    """What was done with parents in the school year that runs."""

    since: date
    directions: tuple[DirectionCount, ...]
    events: int
    consultations: int
    unsigned: int
    surveys: tuple[SurveySeries, ...]
    uninformed: tuple[RehearsalFact, ...]
    meetings: int = 0
    parents_in_meetings: int = 0

    @property
    def words(self) -> str:
        """«С 01.09.2024: мероприятий 1 из 2, консультаций 4 (без подписи 1)»."""
        events = f"мероприятий {self.events}"
        if self.events < EVENTS_A_YEAR:
            events += f" из {EVENTS_A_YEAR}, которые ждут за год"
        signed = f" (без подписи {self.unsigned})" if self.unsigned else ""
        return f"С {short_date(self.since)}: {events}, консультаций {self.consultations}{signed}"


def parents_view(workspace: Workspace, school: str | None = None) -> ParentsView:
    """The work with the parents of a school."""
    return parents_of(workspace.pack_of(school), read_facts(workspace, school))


def parents_of(pack: Pack, facts: SchoolFacts) -> ParentsView:
    """The same from facts that were read already."""
    since = school_year_start(facts.as_of)
    events = [item for item in facts.parent_events if _is_within(item.held_on, since, facts.as_of)]
    talks = [item for item in facts.consultations if _is_within(item.held_on, since, facts.as_of)]
    meetings = [item for item in facts.governance if _is_within(item.held_on, since, facts.as_of)]
    directions = []
    for code, title in pack.code_list("parent_directions"):
        own = [item for item in events if item.direction == code]
        directions.append(DirectionCount(code, title, len(own), sum(item.parents or 0 for item in own)))
    return ParentsView(
        since=since,
        directions=tuple(directions),
        events=len(events),
        consultations=len(talks),
        unsigned=sum(1 for item in talks if not item.is_signed),
        surveys=surveys_of(pack, facts.surveys),
        uninformed=tuple(item for item in facts.rehearsals if item.parents_informed_on is None),
        meetings=len(meetings),
        parents_in_meetings=sum(item.parents or 0 for item in meetings),
    )


def surveys_of(pack: Pack, surveys: Sequence[SurveyFact]) -> tuple[SurveySeries, ...]:
    """Surveys by their wording: another comma or case is the same question, another word is another one."""
    sizes = pack.result_reading.samples if pack.result_reading else SampleSizes()
    found: dict[str, list[SurveyFact]] = {}
    for survey in surveys:
        found.setdefault(_wording(survey.question or ""), []).append(survey)
    series = []
    for own in found.values():
        own.sort(key=lambda item: item.held_on or date.max)
        series.append(SurveySeries(own[-1].label or "вопрос не записан", tuple(_point(one, sizes) for one in own)))
    return tuple(series)


def informed_words(exam: RehearsalFact, ways: Sequence[tuple[str, str]] = ()) -> str:
    """How the parents heard of a rehearsal; «не извещены» until they did."""
    if exam.parents_informed_on is None:
        return "не извещены"
    how = dict(ways).get(exam.informed_how or "", "")
    day = short_date(exam.parents_informed_on)
    return f"{day}, {how}" if how else day


def asked_words(asked: int | None) -> str:
    """«ответили 12 родителей»."""
    return f"ответили {plural(asked or 0, 'родитель', 'родителя', 'родителей')}"


def _point(survey: SurveyFact, sizes: SampleSizes) -> SurveyPoint:
    asked, satisfied = survey.asked, survey.satisfied
    if not asked or satisfied is None or satisfied > asked:
        return SurveyPoint(survey, None, "доля не определена: проверьте числа", "")
    exact = tenth(Decimal(satisfied) * 100 / asked)
    return SurveyPoint(survey, exact, share(satisfied, asked), group_warning(asked, sizes))


def percent_words(point: SurveyPoint) -> str:
    """The share alone; a dash where it is not defined."""
    return percent(point.percent) if point.percent is not None else "—"


def _wording(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.casefold().replace("ё", "е")))


def _is_within(day: date | None, since: date, until: date) -> bool:
    return day is not None and since <= day <= until

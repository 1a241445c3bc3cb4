"""The note on results with its analysis: what the procedures say, weak skills, the register of difficulties."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from shnor_desktop.domain.facts import SUBJECTS, DifficultyFact, SchoolFacts
from shnor_desktop.domain.methodology import Level
from shnor_desktop.domain.result_reading import COMPARABLE, ResultCard, StatementKind, in_order
from shnor_desktop.domain.russian import percent, share, short_date
from shnor_desktop.models.difficulties import DIFFICULTY_STATES
from shnor_desktop.reports.documents.results_note import (
    AnalysisLine,
    DifficultyLine,
    ResultsNoteFacts,
    SkillLine,
)
from shnor_desktop.services.difficulties import red_skills
from shnor_desktop.services.people_documents import results_note_facts
from shnor_desktop.services.programme_drafts import DraftSource
from shnor_desktop.services.result_charts import OVERVIEW_CAPTION, overview_rows
from shnor_desktop.services.result_reading import reading
from shnor_desktop.services.workspace import Workspace

_SHOWN = (Level.HIGH, Level.MEDIUM)
_STATES = dict(DIFFICULTY_STATES)


def results_note_with_analysis(workspace: Workspace, source: DraftSource, school: str | None) -> ResultsNoteFacts:
    """Everything of the note; the analysis is that of the tab «Анализ», figure by figure."""
    cards = [view.card for view in reading(workspace, school).cards]
    registered = {id(one.skill) for one in red_skills(workspace, cards, school) if one.is_there}
    analysis = tuple((card.title, said) for card in cards if (said := _statements(card)))
    skills = tuple(
        (f"{card.title}, {card.task_year} год", found) for card in cards if (found := _skills(card, registered))
    )
    compares = any(said.kind is StatementKind.DYNAMICS for card in cards for said in card.statements)
    return replace(
        results_note_facts(source),
        analysis=analysis,
        skills=skills,
        difficulties=_register(source.facts),
        overview=overview_rows(cards),
        overview_caption=OVERVIEW_CAPTION,
        comparable=COMPARABLE if compares and analysis else "",
    )


def _statements(card: ResultCard) -> tuple[AnalysisLine, ...]:
    return tuple(
        AnalysisLine(said.level, f"{said.text} {said.caution}".strip())
        for said in card.statements
        if said.level in _SHOWN
    )


def _skills(card: ResultCard, registered: set[int]) -> tuple[SkillLine, ...]:
    """What was done insufficiently and does not stand in the register, which is printed below."""
    return tuple(
        SkillLine(
            skill=skill.title,
            done=skill.shown if skill.percent is not None else "",
            failed=share(skill.failed, skill.n) if skill.failed is not None and skill.n else "",
            level=skill.level,
        )
        for skill in in_order(card.red_skills)
        if id(skill) not in registered
    )


def _register(facts: SchoolFacts) -> tuple[tuple[str, tuple[DifficultyLine, ...]], ...]:
    people = {person.id: person.label for person in facts.staff}
    measures = {measure.id: measure.label for measure in facts.measures}
    groups: dict[str, list[DifficultyLine]] = {}
    ordered = sorted(facts.difficulties, key=lambda one: (one.subject or "", one.grade or 0, one.skill or ""))
    for one in ordered:
        subject = SUBJECTS.get(one.subject or "", one.subject or "")
        title = f"{subject[:1].upper()}{subject[1:]}, {one.grade or '…'} класс, {one.year or '…'} год"
        groups.setdefault(title, []).append(_difficulty(one, people, measures))
    return tuple((title, tuple(lines)) for title, lines in groups.items())


def _difficulty(one: DifficultyFact, people: dict[str, str], measures: dict[str, str]) -> DifficultyLine:
    before = percent(one.percent.quantize(Decimal("0.1"))) if one.percent is not None else ""
    after = percent(one.percent_after.quantize(Decimal("0.1"))) if one.percent_after is not None else ""
    tasks = f" (задания {one.tasks})" if one.tasks and one.tasks not in (one.skill or "") else ""
    return DifficultyLine(
        skill=f"{one.skill or ''}{tasks}",
        done=f"{before} → {after}" if before and after else before or after,
        action=one.action or measures.get(one.measure or "", ""),
        owner=people.get(one.owner or "", ""),
        due=short_date(one.due_on) if one.due_on else "",
        state=_STATES.get(one.state or "", ""),
    )

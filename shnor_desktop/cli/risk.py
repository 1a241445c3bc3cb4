"""`shnor risk`: the levels of the risk factors with their indicators, what is missing, the problem fields in order."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk_for_reading, school_of
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.domain.canonical import decimal_text
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import LEVEL_CAPTIONS, Level, Pack
from shnor_desktop.domain.scoring import Assessment, Step
from shnor_desktop.domain.waves import MAP_FORM, wave_named
from shnor_desktop.services.causes import CauseView, causes_of
from shnor_desktop.services.diagnosis import FormView, form_view_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.problems import ProblemCard, SuggestedProblem, cards_of, suggestions
from shnor_desktop.services.waves import Comparison, comparisons_of

_SIGNS = {Level.HIGH: "▲", Level.MEDIUM: "◆", Level.LOW: "●", Level.UNKNOWN: "○"}
_ORDER = (Level.HIGH, Level.MEDIUM, Level.LOW, Level.UNKNOWN)


def add_commands(commands: Commands) -> None:
    """`risk`."""
    found = commands.add("risk", _risk, "профиль рисков: значимость факторов, показатели, чего не хватает, проблемы")
    found.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")
    found.add_argument("--school", metavar="КОД", help="школа центра")


def _risk(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        school = school_of(workspace, args.school)
        pack, facts = workspace.pack_of(school), read_facts(workspace, school)
    view = form_view_of(pack, facts)
    cards, offered = cards_of(pack, facts, view.profile), suggestions(pack, facts, view.profile)
    found = [cause for group in causes_of(pack, facts, view.profile, view.wave) for cause in group.causes]
    causes = [cause for cause in found if cause.level is not None]
    compared = comparisons_of(pack, facts)
    lines = [_heading(pack, facts, view)]
    lines += [words for item in _sorted(view) for words in _factor_words(pack, item)]
    lines += _problem_words(cards, offered)
    lines += [f"Причина: {item.cause.title} — {LEVEL_CAPTIONS[item.level]}" for item in causes if item.level]
    lines += [f"{item.title}, {item.before.short} → {item.after.short}. {item.summary}" for item in compared]
    content = {
        "wave": view.wave,
        "factors": [_factor_content(pack, item) for item in view.profile],
        "problems": [_problem_content(place, card) for place, card in enumerate(cards, 1)],
        "suggested": [
            {"template": one.template, "factor": one.factor, "level": one.level.value, "title": one.title}
            for one in offered
        ],
        "causes": [_cause_content(item) for item in causes],
        "comparisons": [_comparison_content(item) for item in compared],
    }
    return Answer(content, lines)


def _heading(pack: Pack, facts: SchoolFacts, view: FormView) -> str:
    wave = wave_named(pack, MAP_FORM, view.wave)
    school = facts.school.label if facts.school else ""
    answered = sum(1 for question in view.questions if question.is_answered)
    title = wave.title if wave else view.wave
    return f"{school or 'Школа без названия'}. {title}: ответов {answered} из {len(view.questions)}."


def _sorted(view: FormView) -> list[Assessment]:
    return sorted(view.profile, key=lambda item: (_ORDER.index(item.level), -(item.score or 0)))


def _factor_words(pack: Pack, item: Assessment) -> list[str]:
    factor = pack.factor(item.factor)
    title = factor.title if factor else item.factor
    score = f", {item.shown_score} из 100" if item.score is not None else ""
    made = [f"{_SIGNS[item.level]} {title}: значимость {LEVEL_CAPTIONS[item.level]}{score}"]
    if item.override is not None:
        made.append(
            f"    изменена вручную, посчитана «{LEVEL_CAPTIONS[item.computed]}». Причина: {item.override.reason}"
        )
    made += [f"    {step.caption}: {step.sentence}" for step in item.steps if step.value]
    made += [f"    Не хватает: {step.caption}" for step in item.steps if step.is_missing]
    made += [f"    {step.caption}: {step.caution}" for step in item.steps if step.caution]
    return made


def _problem_words(cards: tuple[ProblemCard, ...], offered: tuple[SuggestedProblem, ...]) -> list[str]:
    made = ["Проблемные поля по очереди:"] if cards else ["Проблемных полей ещё нет."]
    for place, card in enumerate(cards, 1):
        state = "" if card.problem.is_active else " (отложено)"
        measures = f"мероприятий: {len(card.measures)}" if card.measures else "мероприятий ещё нет"
        made.append(f"{place}. {card.problem.label or 'Без названия'}{state} — {measures}")
    made += [f"Предлагается: {one.title} ({one.factor_title}, {LEVEL_CAPTIONS[one.level]})" for one in offered]
    return made


def _factor_content(pack: Pack, item: Assessment) -> dict[str, object]:
    factor = pack.factor(item.factor)
    return {
        "factor": item.factor,
        "title": factor.title if factor else "",
        "level": item.level.value,
        "computed": item.computed.value,
        "score": decimal_text(item.score) if item.score is not None else None,
        "reason": item.override.reason if item.override else "",
        "summary": item.summary,
        "indicators": [_step_content(step) for step in item.steps],
        "missing": list(item.missing),
    }


def _step_content(step: Step) -> dict[str, object]:
    return {
        "question": step.code,
        "caption": step.caption,
        "shown": step.value,
        "level": step.level.value,
        "sentence": step.sentence,
        "weight": decimal_text(step.weight),
        "caution": step.caution,
        "is_applicable": step.is_applicable,
    }


def _problem_content(place: int, card: ProblemCard) -> dict[str, object]:
    return {
        "place": place,
        "row": card.problem.id,
        "title": card.problem.label,
        "is_active": bool(card.problem.is_active),
        "level": card.level.value,
        "factors": list(card.problem.factors),
        "causes": [line for line in (card.problem.causes or "").splitlines() if line.strip()],
        "measures": [measure.id for measure in card.measures],
    }


def _cause_content(item: CauseView) -> dict[str, object]:
    return {
        "cause": item.cause.code,
        "title": item.cause.title,
        "level": item.level.value if item.level else None,
        "facts": item.facts,
        "problem": item.problem.id if item.problem else None,
    }


def _comparison_content(item: Comparison) -> dict[str, object]:
    return {
        "form": item.form,
        "before": item.before.id,
        "after": item.after.id,
        "counts": {change.value: count for change, count in item.counts.items()},
        "not_kept": item.unkept,
        "answers": [
            {
                "question": one.question,
                "before": one.before,
                "after": one.after,
                "change": one.moved.change.value,
                "by": one.moved.by,
                "note": one.note,
            }
            for one in item.answers
        ],
        "factors": [
            {"factor": one.factor, "before": one.before.value, "after": one.after.value, "change": one.change.value}
            for one in item.factors
        ],
    }

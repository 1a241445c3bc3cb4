"""`shnor results analyse`: what the results say by subject, grade and skill, with how far each figure carries."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk_for_reading, school_of
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.domain.canonical import decimal_text
from shnor_desktop.domain.methodology import Level
from shnor_desktop.domain.result_reading import (
    COMPARABLE,
    PaperDetail,
    ResultCard,
    SkillReading,
    heaped_scores,
    in_order,
)
from shnor_desktop.services.difficulties import RedSkill, red_skills
from shnor_desktop.services.result_reading import ReadingView, reading

_SIGNS = {Level.HIGH: "▲", Level.MEDIUM: "◆", Level.LOW: "●", Level.UNKNOWN: "○"}
_WORDS = {
    Level.HIGH: "нужны меры",
    Level.MEDIUM: "обратить внимание",
    Level.LOW: "без замечаний",
    Level.UNKNOWN: "вывод не делается",
}
_NO_RULES = "В методике не указано, как читать результаты."
_NOTHING = "Анализировать нечего: результатов нет. Загрузите их: shnor results import."


def add_analysis(results: Commands) -> None:
    """`results analyse`."""
    analyse = results.add(
        "analyse",
        _analyse,
        "анализ результатов: динамика, умения, распределение баллов, сверка с журналом",
        "Учителей по результатам не оценивают. Знаки: ▲ недостаточно, ◆ на границе, ● достаточно, ○ вывод не делается.",
    )
    analyse.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")
    analyse.add_argument("--school", metavar="КОД", help="код школы; в хранилище школы не нужен")
    analyse.add_argument("--subject", metavar="КОД", help="один предмет, например math")
    analyse.add_argument("--grade", type=int, metavar="КЛАСС", help="один класс")


def _analyse(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        school = school_of(workspace, args.school)
        view = reading(workspace, school)
        cards = [
            one.card
            for one in view.cards
            if args.subject in (None, one.card.subject) and args.grade in (None, one.card.grade)
        ]
        red = red_skills(workspace, cards, school)
    lines = [words for card in cards for words in _card_lines(view, card, red)]
    if view.rules is None:
        lines = [_NO_RULES]
    elif lines:
        lines += [COMPARABLE]
    content = {
        "has_rules": view.rules is not None,
        "cards": [_content(view, card, red) for card in cards],
        "not_in_register": sum(1 for one in red if not one.is_there),
    }
    return Answer(content, lines or [_NOTHING])


def _card_lines(view: ReadingView, card: ResultCard, red: tuple[RedSkill, ...]) -> list[str]:
    lines = [f"{_SIGNS[card.level]} {card.title}: {_WORDS[card.level]}"]
    if card.years:
        lines.append("    Год   Чел.   «2»   «3»   «4»   «5»   Ниже минимума")
    for year in card.years:
        marks = "".join(f"{'—' if mark is None else mark:>6}" for mark in year.marks)
        lines.append(f"    {year.year}{year.participants:>6}{marks}   {year.words}")
    lines += [f"  {_SIGNS[said.level]} {said.text} {said.caution}".rstrip() for said in card.statements]
    if card.caution and all(said.caution != card.caution for said in card.statements):
        lines.append(f"  {card.caution}")
    lines += [f"  ! {problem.sentence}." for problem in card.problems]
    lines += _score_lines(view, card)
    there = {id(one.skill) for one in red if one.is_there}
    if card.skills:
        lines.append(f"    Умения и задания {card.task_year} года:")
    for skill in in_order(card.skills):
        failed = f", не справились {skill.failed} из {skill.n}" if skill.failed is not None and skill.n else ""
        noted = "; в реестре затруднений" if id(skill) in there else ""
        lines.append(f"    {_SIGNS[skill.level]} {skill.shown:>8}  {skill.title}{failed}{noted}")
    for one in card.paper.classes if card.paper is not None else ():
        mean = f", средняя отметка {decimal_text(one.mean_mark)}" if one.mean_mark is not None else ""
        lines.append(f"    {one.name}: n = {one.participants}, «2» — {one.below}{mean}".replace(".", ","))
    return [*lines, ""]


def _score_lines(view: ReadingView, card: ResultCard) -> list[str]:
    if card.paper is None or not card.paper.scores or view.rules is None:
        return []
    got = {score: pupils for score, pupils in card.paper.scores.items() if pupils}
    shown = ", ".join(f"{score}: {pupils}" for score, pupils in got.items())
    borders = "; ".join(f"«{mark}» с {least}" for mark, least in sorted(card.paper.borders.items()))
    known = f" Границы: {borders}." if borders else " Границы отметок не известны."
    return [f"    Первичные баллы (балл: чел.): {shown}.{known}"]


def _content(view: ReadingView, card: ResultCard, red: tuple[RedSkill, ...]) -> dict[str, object]:
    there = {id(one.skill): one.is_there for one in red}
    return {
        "title": card.title,
        "procedure": card.procedure,
        "subject": card.subject,
        "grade": card.grade,
        "level": card.level.value,
        "caution": card.caution,
        "years": [
            {
                "year": year.year,
                "participants": year.participants,
                "marks": dict(zip(("2", "3", "4", "5"), year.marks, strict=True)),
                "below_minimum": year.below,
                "share": decimal_text(round(year.share, 2)),
            }
            for year in card.years
        ],
        "statements": [
            {
                "kind": said.kind.value,
                "level": said.level.value,
                "text": said.text,
                "n": said.n,
                "caution": said.caution,
            }
            for said in card.statements
        ],
        "problems": [problem.sentence for problem in card.problems],
        "task_year": card.task_year,
        "skills": [_skill(skill, there) for skill in card.skills],
        "journal": dict(zip(("lowered", "confirmed", "raised"), card.journal, strict=True)) if card.journal else None,
        **_paper(view, card.paper),
    }


def _paper(view: ReadingView, paper: PaperDetail | None) -> dict[str, object]:
    """Scores, groups and classes; empty where nothing but marks is known."""
    if paper is None or view.rules is None:
        return {"scores": {}, "borders": {}, "heaped": [], "groups": [], "classes": []}
    least = view.rules.samples.group
    return {
        "scores": {str(score): pupils for score, pupils in paper.scores.items()},
        "borders": {str(mark): from_score for mark, from_score in paper.borders.items()},
        "heaped": [score for _mark, score in heaped_scores(view.rules, paper)],
        "groups": [
            {"name": group.name, "pupils": group.pupils, "is_small": (group.pupils or 0) < least}
            for group in paper.groups
        ],
        "classes": [
            {"name": one.name, "participants": one.participants, "below_minimum": one.below} for one in paper.classes
        ],
    }


def _skill(skill: SkillReading, there: dict[int, bool]) -> dict[str, object]:
    return {
        "skill": skill.name,
        "is_worded": skill.is_worded,
        "tasks": [task.code for task in skill.tasks],
        "percent": None if skill.percent is None else decimal_text(round(skill.percent, 2)),
        "level": skill.level.value,
        "n": skill.n,
        "failed": skill.failed,
        "in_register": there.get(id(skill)),
        "beside": {
            name: {"percent": None if cell.percent is None else cell.shown, "level": cell.level.value, "n": cell.n}
            for name, cell in (skill.cells or {}).items()
        },
    }

"""The charts of «Анализ»: what is drawn, under which words, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.domain.drawing import Drawing
from shnor_desktop.domain.drawing.charts import HeatCell, HeatRow, YearBar, distribution, heat_map, marks_by_year
from shnor_desktop.domain.methodology import Level, ResultReading
from shnor_desktop.domain.result_reading import COMPARABLE, ResultCard, SkillReading, heaped_scores, in_order
from shnor_desktop.domain.russian import number, plural, share
from shnor_desktop.services.result_charts import OVERVIEW, OVERVIEW_CAPTION, overview_rows
from shnor_desktop.services.result_reading import ReadingView

_SIGNS = {Level.HIGH: "▲", Level.MEDIUM: "◆", Level.LOW: "●", Level.UNKNOWN: ""}
_NOW = "Все"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its words and its table."""

    title: str
    caption: str
    drawing: Drawing
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def overview_chart(view: ReadingView) -> Chart | None:
    """Subjects by grades: the share below the minimum of the newest year, with the level of the card."""
    grades, rows = overview_rows([one.card for one in view.cards])
    return _heat(OVERVIEW, OVERVIEW_CAPTION, "Предмет", grades, rows) if rows else None


def marks_chart(card: ResultCard) -> Chart | None:
    """The marks of each year, of those whose every mark is known."""
    known = [
        (year, tuple(mark or 0 for mark in year.marks))
        for year in card.years
        if None not in year.marks and sum(mark or 0 for mark in year.marks) == year.participants
    ]
    if not known:
        return None
    years = [YearBar(f"{year.year}, n = {year.participants}", marks) for year, marks in known]
    caption = f"Доли отметок «2», «3», «4», «5» по годам. {COMPARABLE}" if len(known) > 1 else "Доли отметок."
    rows = tuple(
        (str(year.year), str(year.participants), *(share(mark, year.participants) for mark in marks))
        for year, marks in known
    )
    return Chart(
        f"Отметки по годам: {card.title}", caption, marks_by_year(years), ("Год", "n", "«2»", "«3»", "«4»", "«5»"), rows
    )


def scores_chart(card: ResultCard, rules: ResultReading) -> Chart | None:
    """Primary scores of the newest paper with the borders of the marks."""
    paper = card.paper
    if paper is None or not any(paper.scores.values()):
        return None
    n = sum(paper.scores.values())
    heaped = [score for _mark, score in heaped_scores(rules, paper)]
    borders = "" if paper.borders else " Границы отметок не известны: их можно вписать на вкладке «Процедуры»."
    said = " ◆ — скопление на границе отметки: возможный признак, нужен анализ самих работ." if heaped else ""
    least = rules.samples.distribution_approximate
    small = f" Меньше {least} работ: о скоплениях на границах судить нельзя." if n < least else ""
    rows = tuple(
        (str(score), str(pupils), next((f"с него «{mark}»" for mark, at in paper.borders.items() if at == score), ""))
        for score, pupils in sorted(paper.scores.items())
    )
    return Chart(
        f"Первичные баллы: {card.title}",
        f"Сколько человек получили каждый балл; n = {n}.{said}{small}{borders}",
        distribution(paper.scores, paper.borders, heaped),
        ("Балл", "Человек", "Граница"),
        rows,
    )


def skills_chart(card: ResultCard, rules: ResultReading) -> Chart | None:
    """The heat map: skills with all participants, earlier years and groups beside them."""
    if not card.skills:
        return None
    beside = list(dict.fromkeys(name for skill in card.skills for name in (skill.cells or {})))
    years = sorted((name for name in beside if name.isdigit()), reverse=True)
    groups = [name for name in beside if not name.isdigit()]
    small = [name for name in groups if not any((skill.cells or {})[name].percent is not None for skill in card.skills)]
    shown = [name for name in groups if name not in small]
    columns = [f"{_NOW} {card.task_year}", *years, *shown]
    rows = [HeatRow(skill.title, _skill_cells(skill, [*years, *shown])) for skill in in_order(card.skills)]
    left = f" Групп меньше {rules.samples.group} человек ({_listed(small)}) на карте нет." if small else ""
    caption = f"Выполнение, %. ▲ недостаточно, ◆ на границе, ● достаточно — по границам методики.{left}"
    if years:
        caption += " Прошлые годы — только там, где проверялось то же."
    return _heat(f"Карта умений: {card.title}", caption, "Умение", columns, rows)


def _skill_cells(skill: SkillReading, columns: Sequence[str]) -> tuple[HeatCell, ...]:
    whole = "—" if skill.percent is None else number(round(skill.percent))
    found = [HeatCell(whole, skill.level)]
    for name in columns:
        cell = (skill.cells or {}).get(name)
        found.append(HeatCell(cell.shown, cell.level) if cell is not None else HeatCell("", Level.UNKNOWN))
    return tuple(found)


def _heat(title: str, caption: str, first: str, columns: Sequence[str], rows: Sequence[HeatRow]) -> Chart:
    table = tuple((row.label, *(f"{_SIGNS[cell.level]} {cell.words}".strip() for cell in row.cells)) for row in rows)
    return Chart(title, caption, heat_map(columns, rows), (first, *columns), table)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def journal_words(card: ResultCard) -> str:
    """«Сравнили 20: ниже 5, подтвердили 13, выше 2»; empty without a comparison."""
    if card.journal is None:
        return ""
    n = sum(card.journal)
    return f"Сравнили с журналом {plural(n, 'отметку', 'отметки', 'отметок')}."

"""Index and comparison as people read them: with n, with the band, never as a place in a list."""

from __future__ import annotations

from decimal import Decimal

from shnor_desktop.domain.metrics import METRICS
from shnor_desktop.domain.russian import NBSP, number, percent, plural, share
from shnor_desktop.domain.social_index.expectation import Comparison, Expectation
from shnor_desktop.domain.social_index.groups import ContextGroup
from shnor_desktop.domain.social_index.index import IndexLine, IndexValue

DEFAULT_NOTE = "Школы сравнивают только с учётом условий, в которых они работают."
_NEAR = 0.5


def index_words(index: IndexValue) -> str:
    """«43,2 из 100, по 87,5 % весов», or why there is none."""
    if index.value is not None:
        return f"{number(index.value)} из 100, известно {percent(index.known)} весов"
    return f"не вычислен: известно {percent(index.known)} весов, нужно не меньше половины"


def figure_words(line: IndexLine) -> str:
    """The figure of a sign: «12 из 60 (20 %)»; what keeps it unknown."""
    figure = line.figure
    if figure.value is None:
        return figure.not_applicable or "нет данных"
    if isinstance(figure.numerator, int) and figure.denominator:
        return share(figure.numerator, figure.denominator)
    metric = METRICS.get(line.item.metric)
    return f"{number(figure.value)}{NBSP}{metric.unit}" if metric else number(figure.value)


def result_words(found: Expectation) -> str:
    """«78,3 % из 412 участий»."""
    people = plural(found.point.participants, "участия", "участий", "участий")
    return f"{_percent(found.point.reached)} из {people}"


def band_words(found: Expectation | None) -> str:
    """One cell of a table: «выше ожидаемого», or a dash."""
    return found.band.words if found is not None and found.expected is not None else "—"


def expected_words(found: Expectation | None) -> str:
    """«70,1 ± 6,2 %», or a dash."""
    if found is None or found.expected is None:
        return "—"
    return f"{_number(found.expected)}{NBSP}±{NBSP}{_percent(found.margin)}"


def expectation_words(found: Expectation | None, comparison: Comparison) -> str:
    """What can be said of a school beside the others of its centre."""
    if found is None:
        return "Сравнить нельзя: не вычислен индекс или нет результатов."
    head = f"Минимального уровня достигли {result_words(found)}."
    if found.expected is None:
        return " ".join(part for part in (head, comparison.why_not, _distances(found)) if part)
    words = f"{head} В таких условиях ожидается {expected_words(found)}: результат {found.band.words}."
    return f"{words} {_resilient(comparison.harder_share)}" if found.is_resilient else words


def _resilient(harder_share: Decimal) -> str:
    return (
        f"Условия школы — в числе самых трудных ({percent(harder_share)} школ центра с наименьшим индексом), "
        "а результат выше ожидаемого (резильентная школа; правило не подтверждено)."
    )


def group_words(group: ContextGroup) -> str:
    """«Более трудные условия (индекс 12,1–30,4): 4 школы, минимального уровня достигли 71,2 % из 812 участий»."""
    borders = _number(group.lowest)
    if group.highest > group.lowest:
        borders = f"{borders}–{_number(group.highest)}"
    schools = plural(len(group.schools), "школа", "школы", "школ")
    people = plural(group.participants, "участия", "участий", "участий")
    reached = (
        f", минимального уровня достигли {_percent(group.reached)} из {people}" if group.reached is not None else ""
    )
    return f"{group.title} (индекс {borders}): {schools}{reached}"


def _distances(found: Expectation) -> str:
    if found.index_distance is None or found.result_distance is None:
        return ""
    conditions = _far(found.index_distance, "труднее среднего", "благоприятнее среднего", "близки к средним")
    result = _far(found.result_distance, "ниже среднего", "выше среднего", "близок к среднему")
    return f"По школам центра: условия {conditions}, результат {result}. Вывода о работе школы из этого не следует."


def _far(distance: float, under: str, over: str, near: str) -> str:
    if abs(distance) < _NEAR:
        return near
    return f"{under if distance < 0 else over} (на {_number(abs(distance))} стандартного отклонения)"


def _number(value: float) -> str:
    return number(Decimal(str(value)), 1)


def _percent(value: float) -> str:
    return f"{_number(value)}{NBSP}%"

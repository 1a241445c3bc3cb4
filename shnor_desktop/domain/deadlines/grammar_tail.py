"""Where a description in words ends: «после проведения ВПР, до 1 июня», «по плану школы в октябре»."""

from __future__ import annotations

from shnor_desktop.domain.deadlines.calendar import Grain, Span
from shnor_desktop.domain.deadlines.grammar_breaks import breaks
from shnor_desktop.domain.deadlines.grammar_frequency import frequency
from shnor_desktop.domain.deadlines.grammar_picks import pick
from shnor_desktop.domain.deadlines.grammar_points import point
from shnor_desktop.domain.deadlines.grammar_spans import spans
from shnor_desktop.domain.deadlines.line import Line
from shnor_desktop.domain.deadlines.tokens import Kind
from shnor_desktop.domain.deadlines.words import Role


def tail(line: Line, position: int, *, is_open: bool = False) -> int:
    """Where a description ends: before the next part of the deadline; an open one may have no word at all."""
    place = position
    while line.at(place).kind is not Kind.END:
        token = line.at(place)
        is_begun = is_open or place > position
        if token.kind is Kind.SIGN and (breaks(line, place) or _is_before_a_part(line, place)):
            break
        if is_begun and (breaks(line, place) or _is_strong(line, place) or _is_date(line, place)):
            break
        if is_begun and _is_joint(line, place):
            break
        place += 1
    return place


def _is_before_a_part(line: Line, position: int) -> bool:
    is_inside = line.is_sign(position, "-") and line.at(position - 1).kind is Kind.NUMBER
    return line.is_sign(position, ",-") and not is_inside and _begins_a_part(line, position + 1)


def _is_joint(line: Line, position: int) -> bool:
    """«и октябрь 2021», «и IV квартал 2021»: another part of the deadline."""
    place = line.words(position, "и|а также|или")
    if place is None or line.ordinal(position - 1) is not None:
        return False
    found = point(line, place)
    return _is_date(line, place) or (found is not None and found.span is not None and found.span.year is not None)


def _is_date(line: Line, position: int) -> bool:
    """A date that no word leads: «15.10.2023», «15 октября», «октябрь 2023»."""
    token = line.at(position)
    if token.kind in (Kind.DATE, Kind.MONTH, Kind.BAD):
        return True
    found = point(line, position)
    if found is None or found.span is None or found.is_bare_year:
        return False
    is_nominative = token.sense(Role.MONTH) is not None and not token.text.endswith(("я", "а"))
    return found.span.grain is Grain.DAY or (is_nominative and found.span.grain is Grain.MONTH)


def _begins_a_part(line: Line, position: int) -> bool:
    if (
        line.words(
            position, "далее|затем|потом|но не|не реже|не позднее|в том числе|кроме|за исключением|постоянно|по мере"
        )
        is not None
    ):
        return True
    if frequency(line, position) is not None and not line.sense(position, Role.FREQUENCY_ADJECTIVE):
        return True
    if line.sense(position, Role.FREQUENCY) or (line.sense(position, Role.TIMES) and line.at(position).text != "р"):
        return True
    if line.words(position, "в течение|в течении|на протяжении") is not None:
        return True
    found = spans(line, position) or pick(line, position)
    return found is not None and not found.is_weak


_STRONG = "до|в|во|к|с|не позднее|не позже|но не позднее|начиная с|на"


def _is_strong(line: Line, position: int) -> bool:
    """A part that begins without a sign before it: «ежемесячно», «до 1 июня», «в апреле»."""
    if line.sense(position, Role.FREQUENCY) and line.sense(position, Role.FREQUENCY).name:  # type: ignore[union-attr]
        return True
    if line.words(position, "в течение|в течении|в теч|не реже|далее") is not None:
        return True
    if line.words(position, _STRONG) is None:
        return False
    found = spans(line, position)
    return found is not None and any(_is_of_months(element) for element in found.elements)


def _is_of_months(element: object) -> bool:
    return not isinstance(element, Span) or element.grain in (
        Grain.DAY,
        Grain.MONTH,
        Grain.WEEK,
        Grain.DECADE,
        Grain.WEEKDAY,
    )

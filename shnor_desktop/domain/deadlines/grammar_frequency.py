"""Grammar of how often: «ежемесячно», «не реже 2 раз в год», «раз в две недели», «по четвертям»."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from shnor_desktop.domain.deadlines.calendar import LENGTHS, Grain, per_of
from shnor_desktop.domain.deadlines.grammar_breaks import breaks
from shnor_desktop.domain.deadlines.grammar_spans import spans
from shnor_desktop.domain.deadlines.line import Chunk, Line, Part
from shnor_desktop.domain.deadlines.reading import Times
from shnor_desktop.domain.deadlines.tokens import Kind
from shnor_desktop.domain.deadlines.words import Role

_AT_LEAST = (
    "не реже|не менее|не меньше|минимум|как минимум|хотя бы|не реже чем|не менее чем|не ранее чем|по меньшей мере|от|"
    "не реже чем по|не менее чем по|по крайней мере"
)
_AT_MOST = "не чаще|не более|не больше|максимум|не чаще чем|не более чем|не чаще чем по|до"
_MORE = "более|свыше|больше|чаще"
_AND_MORE = "и более|и больше|или более|и чаще"
_MAX_COUNT = 1000
_ACTS = re.compile(
    "заседани|совещани|семинар|собрани|мероприяти|педсовет|проверк|проверок|конференц|встреч|консультаци|мониторинг|отчет"
)
"""What a plan counts by the year; «2 часа», «5 школ» are quantities of something else."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many, before token `end`."""

    low: int | None
    high: int | None
    end: int
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """«год», «2 месяца», «каждые три года», before token `end`."""

    grain: Grain
    step: int
    end: int
    is_sure: bool = True

    def name(self) -> str:
        """The `per` of Times."""
        return per_of(self.grain, self.step)


def frequency(line: Line, position: int) -> Chunk | None:
    """The longest that a rule finds."""
    place = ("frequency", position)
    if place not in line.memory:
        found = [result for rule in _RULES if (result := rule(line, position)) is not None]
        line.memory[place] = max(found, key=lambda result: result.end, default=None)
    known: Chunk | None = line.memory[place]
    return known


def _chunk(line: Line, begin: int, end: int, unit: Unit, count: Count) -> Chunk:
    times = Times(count.low, count.high, unit.name())
    return Chunk(
        Part.FREQUENCY,
        begin,
        end,
        grain=unit.grain,
        step=unit.step,
        times=times,
        is_sure=count.is_sure and unit.is_sure,
    )


# --------------------------------------------------------------------------------------------------- «ежемесячно» & co


def _adverb(line: Line, position: int) -> Chunk | None:
    place = line.words(position, _AT_LEAST + "|по возможности")
    is_most = place is None and line.words(position, _AT_MOST) is not None
    place = line.skip(position, _AT_MOST) if is_most else position if place is None else place
    found = line.sense(place, Role.FREQUENCY)
    if found is None:
        return None
    if not found.name:
        return Chunk(Part.FREQUENCY, position, place + 1, is_sure=False)
    grain = Grain(found.name)
    is_least = place > position and not is_most
    count = Count(None if is_most else 1, None if is_least else 1, place + 1)
    return _chunk(line, position, place + 1, Unit(grain, 1, place + 1), count)


def _adjective(line: Line, position: int) -> Chunk | None:
    """«Ежемесячные собеседования»: the words behind the adjective are what happens so often."""
    found = line.sense(position, Role.FREQUENCY_ADJECTIVE)
    if found is None:
        return None
    end = position + 1
    while line.at(end).kind is Kind.WORD and not is_deadline_word(line, end) and not breaks(line, end):
        end += 1
    if not found.name:
        return Chunk(Part.FREQUENCY, position, end, is_sure=False)
    grain = Grain(found.name)
    return _chunk(line, position, end, Unit(grain, 1, end), Count(1, 1, end))


_DEADLINE_ROLES = (Role.MONTH, Role.FREQUENCY, Role.ALWAYS, Role.EACH, Role.TIMES)


def is_deadline_word(line: Line, position: int) -> bool:
    """A word that is no part of a description: a month, a frequency, «до», «далее»."""
    if any(line.sense(position, role) for role in _DEADLINE_ROLES) and line.at(position).text != "р":
        return True
    if line.words(position, "далее|не позднее|в течение|не реже") is not None:
        return True
    return line.words(position, "до|в|с|по|к|на") is not None and spans(line, position) is not None


# ------------------------------------------------------------------------------------------------------ «2 раза в год»


def _quantity(line: Line, position: int) -> Count | None:
    """«2», «3–4», «от 2 до 4», «двух-трех», «не реже 1», «до 3», «2 и более»."""
    if line.words(position, "от") is not None:
        low, upper = line.number(position + 1), line.words(position + 2, "до")
        high = line.number(upper) if upper is not None else None
        if low and upper is not None and high and low <= high:
            return Count(low, high, upper + 1)
    for phrases, is_least, is_most in ((_AT_LEAST, True, False), (_AT_MOST, False, True), (_MORE, True, False)):
        place = line.words(position, phrases)
        if place is None:
            continue
        found = _plain_quantity(line, place)
        if found is None:
            continue
        upper = line.words(found.end, "до|но не более|и не более|и не чаще|не более")
        if is_least and upper is not None and line.number(upper) is not None:
            return Count(found.low, line.number(upper), upper + 1)
        low = None if is_most else found.low if phrases != _MORE else (found.low or 0) + 1
        return Count(low, None if is_least else found.high, found.end, found.is_sure)
    return _plain_quantity(line, position)


def _plain_quantity(line: Line, position: int) -> Count | None:
    place = line.skip(position, "по|чем по|примерно|около|порядка")
    is_sure = line.words(place - 1, "примерно|около|порядка") is None
    if line.at(place).text == "несколько":
        return Count(2, None, place + 1, is_sure=False)
    low = line.number(place)
    if low is None:
        times = line.sense(place, Role.TIMES)
        return Count(times.number, times.number, place, is_sure) if times else None
    high, end = low, place + 1
    joint = end + 1 if line.is_sign(end, "-/,") else line.words(end, "или|до|и")
    if joint is not None and line.number(joint) is not None:
        high, end = line.number(joint) or low, joint + 1
    if low < 1 or not low <= high <= _MAX_COUNT:
        return None
    more = line.words(end, _AND_MORE)
    return Count(low, high, end, is_sure) if more is None else Count(low, None, more, is_sure)


def _times(line: Line, position: int) -> Chunk | None:
    """«2 раза в год», «дважды в месяц», «1 р. в четверть», «раз в две недели», «3 р/год», «в год 2 раза»."""
    count = _quantity(line, position)
    if count is None:
        return None
    word = line.sense(count.end, Role.TIMES)
    if line.is_sign(position - 1, ",") and line.at(position - 1).end == line.at(position).start and position > 1:
        return None  # «в 1,5 раза»
    place = count.end + int(word is not None)
    if word is None:
        return _things(line, position, count)
    more = line.words(place, _AND_MORE)
    if more is not None:
        count, place = Count(count.low, None, more, count.is_sure), more
    unit = per_unit(line, place)
    if unit is None:
        is_bare = count.end == position and line.at(position).text.startswith("раз")
        is_factor = line.at(position - 1).text == "в" or line.words(place, "больше|меньше|выше|ниже|чаще") is not None
        if word.is_short or is_bare or (position > 0 and is_factor):
            return None
        return Chunk(
            Part.FREQUENCY, position, place, grain=Grain.PLAN, times=Times(count.low, count.high, "plan"),
            is_sure=count.is_sure,
        )  # fmt: skip
    return _chunk(line, position, unit.end, unit, count)


def _things(line: Line, position: int, count: Count) -> Chunk | None:
    """«3–4 заседания в год»: what is done so often stands between the number and the unit; «2 часа» are no times."""
    place = count.end
    is_act = _ACTS.match(line.at(place).text) is not None
    place += int(is_act)
    if line.at(place).text not in ("в", "во", "на", "за"):
        return None
    unit = per_unit(line, place)
    if unit is None or unit.step != 1 or LENGTHS[unit.grain] < 7:
        return None
    return _chunk(line, position, unit.end, unit, Count(count.low, count.high, unit.end, is_sure=is_act))


def _unit_first(line: Line, position: int) -> Chunk | None:
    """«в месяц не менее 1 раза»."""
    unit = per_unit(line, position)
    if unit is None or line.at(position).text not in ("в", "во", "за"):
        return None
    count = _quantity(line, line.skip_roles(unit.end, Role.FILLER) if line.is_sign(unit.end, ",") else unit.end)
    if count is None or line.sense(count.end, Role.TIMES) is None:
        return None
    return _chunk(line, position, count.end + 1, unit, count)


def per_unit(line: Line, position: int) -> Unit | None:
    """«в год», «/кв», «за полугодие», «в 2 месяца», «каждые три года», «в каждом квартале»."""
    place = line.skip(position, "в|во|на|за|в течение|в течении|в теч|на протяжении")
    if place == position and line.is_sign(position, "/"):
        place += 1
    is_led = place > position
    if line.sense(place, Role.EACH):
        place, is_led = place + 1, True
    if line.sense(place, Role.WHOLE) and is_led:
        place += 1
    if not is_led:
        return None
    return unit_of_time(line, place)


def unit_of_time(line: Line, position: int) -> Unit | None:
    """«год», «учебный год», «2 месяца», «полугодие», «четверть», «полтора месяца»."""
    step, place = line.number(position), position
    if step is None:
        step = 1
    else:
        place += 1
    is_sure = True
    if place > position and line.is_sign(place, "-,") and line.number(place + 1):  # «1-2 месяца», «1,5 месяца»
        step, place, is_sure = (line.number(place + 1) if line.is_sign(place, "-") else step + 1) or 1, place + 2, False
    if not 1 <= step <= 365:
        return None
    half = line.at(place).text in ("пол", "полуг") and line.words(place + 1, "года|год|г")
    if half is None and line.at(place).text == "пол" and line.at(place + 1).kind in (Kind.SIGN, Kind.END):
        return Unit(Grain.HALF, step, place + 1, is_sure=False)
    if half:
        return Unit(Grain.HALF, step, half)
    if line.sense(place, Role.FILLER) and line.words(place, "период|весь период") is not None:
        return Unit(Grain.PLAN, 1, place + 1)
    is_school = line.sense(place, Role.SCHOOL) is not None
    place = line.skip_roles(place, Role.SCHOOL, Role.CALENDAR, Role.WORKING)
    grain = line.unit(place)
    if grain is None:
        return None
    if grain is Grain.YEAR and is_school:
        grain = Grain.SCHOOL_YEAR
    if grain is Grain.WEEK and step > 1 and step % 52 == 0:
        grain, step = Grain.YEAR, step // 52
    if grain is Grain.MONTH and step == 12:
        grain, step = Grain.YEAR, 1
    return Unit(grain, step, place + 1, is_sure)


# ------------------------------------------------------------------------------------------------------ «каждые 2 дня»


def _every(line: Line, position: int) -> Chunk | None:
    """«каждый месяц», «каждые полгода», «через каждые 2 недели», «в каждом квартале»."""
    place = line.skip(
        position, "в|во|на|за|через|по|раз в|один раз в|в течение|на протяжении|к|по итогам|по результатам"
    )
    each = line.sense(place, Role.EACH)
    if each is None:
        return None
    place += 1
    order = line.sense(place, Role.ORDINAL)
    unit = unit_of_time(line, place + int(order is not None))
    if unit is None or line.words(unit.end, "этапа") is not None:
        return None
    if order and line.words(unit.end, "месяца|квартала|четверти|полугодия") is not None:
        return None
    if order:
        if not 2 <= order.number <= 12 or unit.step != 1:
            return None
        unit = Unit(unit.grain, order.number, unit.end)
    return _chunk(line, position, unit.end, unit, Count(1, 1, unit.end))


def _every_other(line: Line, position: int) -> Chunk | None:
    """«через день», «через неделю»."""
    place = line.words(position, "через")
    grain = line.unit(place) if place is not None and line.at(place).text in ("день", "неделю") else None
    if place is None or grain is None or line.words(place + 1, "после|со|с|от") is not None:
        return None
    return _chunk(line, position, place + 1, Unit(grain, 2, place + 1), Count(1, 1, place + 1, is_sure=False))


_PLURAL_DATIVE = {
    "четвертям": Grain.TERM, "кварталам": Grain.QUARTER, "полугодиям": Grain.HALF, "месяцам": Grain.MONTH,
    "годам": Grain.YEAR, "неделям": Grain.WEEK, "триместрам": Grain.TRIMESTER, "семестрам": Grain.HALF,
    "декадам": Grain.DECADE, "дням": Grain.DAY,
}  # fmt: skip


def _by_units(line: Line, position: int) -> Chunk | None:
    """«по четвертям», «по учебным четвертям»."""
    place = line.words(position, "по|по итогам|по всем")
    if place is None:
        return None
    place = line.skip_roles(place, Role.SCHOOL, Role.WORKING)
    grain = _PLURAL_DATIVE.get(line.at(place).text)
    if grain is None:
        return None
    return _chunk(line, position, place + 1, Unit(grain, 1, place + 1), Count(1, 1, place + 1))


_RESULTS = (
    "по итогам|по результатам|по окончании|по завершении|по окончанию|по завершению|после окончания|"
    "после завершения|по истечении|"
    "по прошествии|на конец|по факту окончания|итоги"
)


def _by_results(line: Line, position: int) -> Chunk | None:
    """«по итогам квартала», «по окончании каждой четверти»: once in each; years are events of their own."""
    place = line.words(position, _RESULTS)
    if place is None:
        return None
    is_each = line.sense(place, Role.EACH) is not None
    place += int(is_each)
    place = line.skip_roles(place, Role.SCHOOL, Role.RELATIVE)
    grain = line.unit(place)
    if grain is None or line.at(place).sense(Role.UNIT) is None:
        return None
    is_repeated = grain in (Grain.MONTH, Grain.QUARTER, Grain.TERM, Grain.TRIMESTER, Grain.HALF, Grain.WEEK)
    if not is_repeated and not is_each:
        return None
    end = place + 1
    while line.is_sign(end, ",") or line.words(end, "и") is not None:  # «четверти, полугодия, года»
        more = line.skip_roles(end + 1, Role.EACH, Role.SCHOOL)
        if not line.sense(more, Role.UNIT):
            break
        end = more + 1
    return _chunk(line, position, end, Unit(grain, 1, end), Count(1, 1, end))


_RULES: tuple[Callable[[Line, int], Chunk | None], ...] = (
    _adverb,
    _adjective,
    _times,
    _unit_first,
    _every,
    _every_other,
    _by_units,
    _by_results,
)

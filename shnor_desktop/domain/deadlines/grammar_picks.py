"""Grammar of places inside every unit: «последняя пятница месяца», «до 25 числа», «каждый вторник»."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shnor_desktop.domain.deadlines.calendar import NUMBERED, Grain, Piece
from shnor_desktop.domain.deadlines.grammar_following import following
from shnor_desktop.domain.deadlines.grammar_points import day_number
from shnor_desktop.domain.deadlines.line import MONTH_AFTER, Chunk, Line, Part, Pick, PickOf
from shnor_desktop.domain.deadlines.tokens import Kind
from shnor_desktop.domain.deadlines.words import Role

_DUE = "до|к|ко|не позднее|не позже|не позднее чем|по|в срок до|срок до|в срок не позднее"
_MAX_LIST = 12
RESULTING = "по окончании|по окончанию|по завершении|по завершению"
"""«по окончании квартала» is an event of every quarter, not a bound."""


def pick(line: Line, position: int) -> Chunk | None:
    """The longest that a rule finds."""
    found = [result for rule in _RULES if (result := rule(line, position)) is not None]
    return max(found, key=lambda result: result.end, default=None)


def _unit_behind(line: Line, position: int) -> tuple[Grain, int] | None:
    """«месяца», «каждого квартала», «в каждом месяце», «учебной четверти»."""
    place = line.skip(position, "в|во|на")
    is_each = line.sense(place, Role.EACH) is not None
    place += int(is_each)
    place = line.skip_roles(place, Role.RELATIVE) if not is_each else place
    place = line.skip_roles(place, Role.SCHOOL, Role.CALENDAR)
    unit = line.unit(place)
    if unit is None or unit in (Grain.DAY, Grain.DECADE) or line.sense(place, Role.COUNT):
        return None
    return unit, place + 1


# ------------------------------------------------------------------------------------------------------------ weekdays


_DAYS_OF_WORK = "по будням|по будним дням|по рабочим дням|каждый рабочий день|в рабочие дни|в будни|в будние дни"


def _weekdays(line: Line, position: int) -> Chunk | None:
    """«каждый вторник», «по средам и пятницам», «последняя пятница месяца», «каждый второй вторник (месяца)»."""
    working = line.words(position, _DAYS_OF_WORK)
    if working is not None:
        found = Pick(PickOf.WEEKDAYS, Grain.WEEK, weekdays=(0, 1, 2, 3, 4))
        return Chunk(Part.PICK, position, working, pick=found)
    lead = line.skip(position, "в|во|на|по|с|со|в последний|до|к|не позднее")
    is_due = line.words(position, "до|к|не позднее") is not None
    is_plural = line.words(position, "по") is not None
    is_each = line.sense(lead, Role.EACH) is not None
    place = lead + int(is_each)
    nths, place = _orders(line, place)
    days, place = days_of_week(line, place)
    if not days:
        return None
    unit = _unit_behind(line, place)
    if unit and unit[0] in (Grain.WEEK,):
        unit = None
    if nths and unit:
        found = Pick(PickOf.WEEKDAYS, unit[0], nths=nths, weekdays=days, is_due=is_due)
        return Chunk(Part.PICK, position, unit[1], pick=found)
    if nths and is_each and len(nths) == 1 and nths[0] > 1:  # «каждый второй вторник»: every other week
        found = Pick(PickOf.WEEKDAYS, Grain.WEEK, weekdays=days)
        return Chunk(Part.PICK, position, place, pick=found, step=nths[0], is_sure=False, is_sure_monthly=True)
    if nths:
        found = Pick(PickOf.WEEKDAYS, Grain.MONTH, nths=nths, weekdays=days, is_due=is_due)
        return Chunk(Part.PICK, position, place, pick=found, is_sure=False, is_sure_monthly=True)
    found = Pick(PickOf.WEEKDAYS, Grain.WEEK, weekdays=days)
    end = place if unit is None or unit[0] is not Grain.MONTH else unit[1]
    is_plural = is_plural and line.at(place - 1).text.endswith(("ам", "ям"))
    return Chunk(
        Part.PICK, position, end, pick=found, is_weak=not is_each and not is_plural, is_sure=is_each or is_plural
    )


def _orders(line: Line, position: int) -> tuple[tuple[int, ...], int]:
    """«первый и третий», «1-й, 3-й», «последнюю»."""
    found: list[int] = []
    place = position
    while len(found) < _MAX_LIST:
        token = line.at(place)
        order = line.sense(place, Role.ORDINAL)
        number = order.number if order else token.number if token.kind is Kind.NUMBER else 0
        if not number or not -2 <= number <= 5:
            break
        found.append(number)
        place += 1
        if line.sense(place, Role.WEEKDAY):
            break
        if line.is_sign(place, ",") or line.words(place, "и") is not None:
            place += 1
    return tuple(found), place if found else position


def days_of_week(line: Line, position: int) -> tuple[tuple[int, ...], int]:
    found: list[int] = []
    place = end = position
    while len(found) < _MAX_LIST:
        day = line.sense(place, Role.WEEKDAY)
        if day is None:
            break
        found.append(day.number)
        end = place + 1
        last = line.sense(end + 1, Role.WEEKDAY)
        is_range = line.is_sign(end, "-") or line.words(end, "по") is not None
        if last and is_range and day.number < last.number:
            found.extend(range(day.number + 1, last.number + 1))
            end += 2
        if not line.is_sign(end, ",") and line.words(end, "и") is None:
            break
        place = line.skip(end + 1, "и|в|во|по")
        place += int(line.sense(place, Role.EACH) is not None)
    return tuple(dict.fromkeys(found)), end


# ------------------------------------------------------------------------------------------------------ days by number


def _days(line: Line, position: int) -> Chunk | None:
    """«до 25 числа каждого месяца», «с 1 по 5 число», «15 и 30 числа месяца»."""
    due = line.words(position, _DUE)
    opened = line.words(position, "не ранее|не раньше|после|начиная с|с|со")
    start = position if due is None else due
    start = opened if opened is not None else line.skip(start, "в|с|со|каждого|каждое|на") if due is None else start
    ranges, place = _day_list(line, start)
    if not ranges:
        return None
    is_short = line.at(place).text == "ч" and line.words(line.skip_roles(place + 1, Role.EACH), "месяца") is not None
    is_named = is_short or line.sense(place, Role.DAY_NUMBER) is not None
    place += int(is_short)
    place = line.skip_roles(place, Role.DAY_NUMBER)
    if not is_named and line.words(place, "дня|день") is not None and due is not None:
        place += 1
        is_named = line.words(place, "каждого|месяца|следующего") is not None
    found = replace(_tail(line, place, is_named=is_named) or Chunk(Part.PICK, place, place), begin=position)
    is_single = opened is not None and all(first == last for first, last in ranges)
    if is_single:
        ranges = tuple((first, 31) for first, _ in ranges)
    if not is_named and found.pick is None:
        return None
    base = found.pick or Pick(PickOf.DAYS)
    is_due = due is not None
    return replace(found, pick=replace(base, days=ranges, is_due=is_due), is_sure=found.is_sure)


def _day_list(line: Line, position: int) -> tuple[tuple[tuple[int, int], ...], int]:
    found: list[tuple[int, int]] = []
    place = end = position
    while len(found) < _MAX_LIST:
        day = day_number(line, place)
        if day is None:
            break
        end = line.skip(day[1], "числа|число")
        last = None
        if line.is_sign(end, "-") or line.words(end, "по|до") is not None:
            last = day_number(line, line.skip(end + 1, "по"))
        if last is not None and last[0] >= day[0]:
            end = last[1]
        found.append((day[0], last[0] if last is not None and last[0] >= day[0] else day[0]))
        if not line.is_sign(end, ",") and line.words(end, "и") is None:
            break
        place = line.skip(end + 1, "до|к|и")
    has_word = end > position and line.sense(end - 1, Role.DAY_NUMBER) is not None
    return tuple(found), end - int(has_word)


def _tail(line: Line, position: int, *, is_named: bool) -> Chunk | None:
    """What the day belongs to: «каждого месяца», «месяца, следующего за отчётным», «последнего месяца квартала»."""
    place = line.skip(position, "каждого|в каждом|каждый|ежемесячно каждого|текущего|отчетного")
    place += int(line.is_sign(place, ","))
    after = _after_reported(line, place)
    if after:
        return after
    order = line.sense(place, Role.ORDINAL)
    if order and line.words(place + 1, "месяца") is not None and not line.sense(place - 1, Role.EACH):
        return _in_nth_month(line, place, order.number)
    if line.words(place, "следующего месяца|последующего месяца") is not None:
        return Chunk(Part.PICK, place, place + 2, pick=Pick(PickOf.DAYS))
    month = line.words(place, "месяца|месяце|мес|месяц")
    if month is not None and (is_named or place > position):
        return Chunk(Part.PICK, place, month, pick=Pick(PickOf.DAYS, Grain.MONTH))
    quarter = line.words(place, "квартала|кв")
    if quarter is not None and is_named:
        return Chunk(Part.PICK, place, quarter, pick=Pick(PickOf.DAYS, Grain.QUARTER, month=1), is_sure=False)
    return None


def _in_nth_month(line: Line, place: int, nth: int) -> Chunk | None:
    """«первого месяца, следующего за отчётным кварталом», «последнего месяца квартала», «последнего месяца»."""
    after = following(line, place + 2)
    if after is not None and nth > 0:
        return Chunk(Part.PICK, place, after[1], pick=Pick(PickOf.DAYS, after[0], month=MONTH_AFTER + nth - 1))
    unit = _unit_behind(line, place + 2)
    if unit is None:
        return Chunk(
            Part.PICK, place, place + 2, pick=Pick(PickOf.DAYS, month=nth), is_sure=False, is_sure_of_unit=True
        )
    return Chunk(Part.PICK, place, unit[1], pick=Pick(PickOf.DAYS, unit[0], month=nth))


def _after_reported(line: Line, position: int) -> Chunk | None:
    """«месяца, следующего за отчётным кварталом»; «следующего за отчётным месяца»; «следующего за кварталом месяца»."""
    after = following(line, line.skip(position, "месяца|числа месяца|мес"))
    if after is None:
        return None
    return Chunk(Part.PICK, position, after[1], pick=Pick(PickOf.DAYS, after[0], month=MONTH_AFTER))


# -------------------------------------------------------------------------------------------------- pieces of the unit


def _piece(line: Line, position: int) -> Chunk | None:
    """«в конце четверти», «до конца месяца», «первая неделя каждого месяца», «в последний день месяца»."""
    due = line.words(position, "до|к|ко|не позднее|по")
    place = line.skip(position, "в|во|на|в течение|на протяжении") if due is None else due
    part = line.sense(place, Role.PART)
    piece = Piece(part.name) if part else None
    place += int(line.sense(place, Role.EACH) is not None and line.sense(place + 1, Role.PART) is None)
    order = line.ordinal(place)
    if piece is None and order in (1, 2) and line.sense(place + 1, Role.HALF_OF):
        piece, place = (Piece.FIRST_HALF if order == 1 else Piece.SECOND_HALF), place + 1
    if piece is not None and line.words(position, RESULTING) is not None:
        return None
    if piece is None:
        return _nth(line, position, place, order, is_due=due is not None)
    unit = _unit_behind(line, place + 1)
    if unit is None:
        return None
    each = line.sense(place + 1, Role.EACH) is not None
    is_year = unit[0] in (Grain.YEAR, Grain.SCHOOL_YEAR)
    if is_year and not each:
        return None
    is_sure = unit[0] is Grain.MONTH or (piece is Piece.END and due is not None)
    found = Pick(PickOf.PIECE, unit[0], piece=piece, is_due=due is not None)
    return Chunk(Part.PICK, position, unit[1], pick=found, is_sure=is_sure)


def _nth(line: Line, position: int, place: int, order: int | None, *, is_due: bool) -> Chunk | None:
    if order is None or order == 0:
        return None
    after = line.skip_roles(place + 1, Role.WORKING, Role.SCHOOL)
    is_working = after > place + 1
    grain = line.unit(after)
    is_number = line.sense(after, Role.DAY_NUMBER) is not None and line.sense(place, Role.ORDINAL) is not None
    is_ends = is_number and order in (1, -1) and line.at(place).text.endswith(("ие", "ые", "их", "ых"))
    if is_number and order == -1 and not is_ends:  # «последнее число месяца»
        grain = Grain.DAY
    if is_ends:
        grain = Grain.DECADE
    behind = following(line, line.skip(after + 1, "месяца")) if grain in (Grain.WEEK, Grain.DECADE) else None
    if behind is not None and grain is not None and 1 <= order <= NUMBERED[grain]:
        found = Pick(PickOf.PIECE, behind[0], nths=(order,), grain=grain, is_due=is_due, month=MONTH_AFTER)
        return Chunk(Part.PICK, position, behind[1], pick=found)
    unit = _unit_behind(line, after + 1)
    is_each = line.sense(place - 1, Role.EACH) is not None
    if unit is None and not is_each and grain in (Grain.WEEK, Grain.DECADE) and -1 <= order <= NUMBERED[grain]:
        found = Pick(PickOf.PIECE, nths=(order,), grain=grain, is_due=is_due)
        return Chunk(Part.PICK, position, after + 1, pick=found, is_sure=False, is_sure_monthly=True, is_weak=True)
    if unit is None and grain is Grain.DAY and order == -1 and not is_number:  # beside «ежемесячно»
        found = Pick(PickOf.PIECE, piece=Piece.LAST_DAY, days=((-2, -2),) if is_working else (), is_due=is_due)
        return Chunk(Part.PICK, position, after + 1, pick=found, is_sure=False, is_sure_of_unit=True, is_weak=True)
    if unit is None or grain is None:
        return None
    if grain is Grain.MONTH and unit[0] is not Grain.MONTH:
        found = Pick(PickOf.MONTH, unit[0], month=order, is_due=is_due)
        return Chunk(Part.PICK, position, unit[1], pick=found) if -1 <= order <= 6 else None
    if grain in (Grain.WEEK, Grain.DECADE) and -1 <= order <= NUMBERED[grain]:
        found = Pick(PickOf.PIECE, unit[0], nths=(order,), grain=grain, is_due=is_due)
        return Chunk(Part.PICK, position, unit[1], pick=found, is_sure=not is_ends)
    if grain is Grain.DAY and order == -1:
        days = ((-2, -2),) if is_working else ()
        found = Pick(PickOf.PIECE, unit[0], piece=Piece.LAST_DAY, days=days, is_due=is_due)
        return Chunk(Part.PICK, position, unit[1], pick=found)
    if grain is Grain.DAY and 1 <= order <= 31 and (is_due or order == 1):
        found = Pick(PickOf.DAYS, Grain.MONTH, days=((order, order),), is_due=is_due)
        is_month = unit[0] is Grain.MONTH
        return Chunk(Part.PICK, position, unit[1], pick=found, is_sure=not is_working) if is_month else None
    return None


_RULES: tuple[Callable[[Line, int], Chunk | None], ...] = (_weekdays, _days, _piece)

"""Grammar of deadlines in words: always, by a schedule, on demand, after an event, at a stage."""

from __future__ import annotations

from collections.abc import Callable

from shnor_desktop.domain.deadlines.calendar import Grain, Span
from shnor_desktop.domain.deadlines.grammar_breaks import breaks
from shnor_desktop.domain.deadlines.grammar_events import event, offset, stage
from shnor_desktop.domain.deadlines.grammar_frequency import is_deadline_word
from shnor_desktop.domain.deadlines.grammar_picks import days_of_week
from shnor_desktop.domain.deadlines.grammar_points import clock_behind
from shnor_desktop.domain.deadlines.grammar_spans import spans
from shnor_desktop.domain.deadlines.grammar_tail import tail
from shnor_desktop.domain.deadlines.line import Chunk, Line, Part, Pick, PickOf
from shnor_desktop.domain.deadlines.tokens import Kind
from shnor_desktop.domain.deadlines.words import Role


def phrase(line: Line, position: int) -> Chunk | None:
    """The longest that a rule finds; of equals the first."""
    found = [result for rule in _RULES if (result := rule(line, position)) is not None]
    return max(found, key=lambda result: result.end, default=None)


# ------------------------------------------------------------------------------------------------------------- ongoing

_WHILE = (
    "в течение|в течении|в теч|на протяжении|на протяжение|в ходе|в период|в процессе|за|на|в|"
    "в рамках|на время|во время|"
    "в продолжение|по ходу|в период всего|в срок|за время|на период|за период"
)
_REALISATION = (
    "реализации|действия|выполнения|исполнения|срока реализации|срока действия|периода реализации|период реализации|"
    "срок реализации|срок действия|период действия|срока|периода|срока исполнения|периода действия|"
    "периода исполнения|"
    "осуществления|срок|период|сроков реализации|времени реализации|времени|время|время реализации"
)
_PROCESS = "учебного процесса|образовательного процесса|учебной деятельности|текущей работы"


def _always(line: Line, position: int) -> Chunk | None:
    """«постоянно», «на постоянной основе», «круглый год», «весь период»."""
    if line.sense(position, Role.ALWAYS):
        end = position + 1
        while line.sense(end, Role.ALWAYS):
            end += 1
        return Chunk(Part.ONGOING, position, end, elements=(Span(Grain.PLAN),))
    if line.sense(position, Role.ALWAYS_ADJECTIVE) and line.at(position + 1).kind is Kind.WORD:
        end = position + 1
        while line.at(end).kind is Kind.WORD and not is_deadline_word(line, end) and not breaks(line, end):
            end += 1
        return Chunk(Part.ONGOING, position, end, elements=(Span(Grain.PLAN),))
    place = line.words(position, "на постоянной основе|в постоянном режиме|на регулярной основе|в режиме постоянном")
    if place is not None:
        return Chunk(Part.ONGOING, position, place, elements=(Span(Grain.PLAN),))
    return None


def _throughout(line: Line, position: int) -> Chunk | None:
    """«в течение года», «весь учебный год», «в течение всего срока реализации», «в ходе реализации программы»."""
    lead = line.words(position, _WHILE)
    place = position if lead is None else lead
    whole = line.sense(place, Role.WHOLE) is not None
    place = place + 1 if whole else place
    each = line.sense(place, Role.EACH) is not None
    place += int(each)
    leads = (
        "в течение",
        "в течении",
        "в теч",
        "на протяжении",
        "на протяжение",
        "в продолжение",
        "в ходе",
        "в период",
        "за",
    )
    is_led = any(line.words(position, text) is not None for text in leads)
    if whole or is_led:
        year = _whole_unit(line, position, place, is_sure=whole or is_led, is_each=each)
        if year:
            return year
    realisation = line.words(place, _REALISATION)
    is_of_plan = whole or (lead is not None and realisation is not None and _is_of_plan(line, place, realisation))
    if realisation is not None and is_of_plan:
        return Chunk(Part.ONGOING, position, tail(line, realisation, is_open=True), elements=(Span(Grain.PLAN),))
    process = line.words(place, _PROCESS)
    if process is not None and lead is not None:
        return Chunk(Part.ONGOING, position, process, elements=(Span(Grain.PLAN),))
    return None


def _is_of_plan(line: Line, begin: int, end: int) -> bool:
    return "реализации" in line.slice(begin, end).lower() or _is_plan_word(line, end)


def _is_plan_word(line: Line, position: int) -> bool:
    words = ("программ", "проект", "план", "дорожн", "реализац", "мероприят", "действ")
    return line.at(position).text.startswith(words)


def _whole_unit(line: Line, position: int, place: int, *, is_sure: bool, is_each: bool) -> Chunk | None:
    start = place
    is_school = line.sense(place, Role.SCHOOL) is not None
    is_calendar = line.sense(place, Role.CALENDAR) is not None and not is_school
    place = line.skip_roles(place, Role.SCHOOL, Role.CALENDAR, Role.RELATIVE)
    grain = line.unit(place)
    if grain is None or line.at(place).text in ("лет", "дней", "недель", "месяцев") or line.number(start) is not None:
        return None
    end = line.skip(place + 1, "реализации программы|реализации|действия программы")
    if grain in (Grain.DAY, Grain.WEEK, Grain.DECADE):
        return None
    if line.words(position, "за") is not None and not line.sense(start - 1, Role.WHOLE):
        return None
    if grain is Grain.YEAR:
        span = Span(Grain.SCHOOL_YEAR if is_school else Grain.YEAR, int(is_calendar))
        return Chunk(Part.ONGOING, position, end, elements=(span,), each_year=is_each, is_sure=is_sure)
    if _has_event_behind(line, end):
        return None
    return Chunk(Part.ONGOING, position, end, elements=(Span(grain),), is_sure=False)


def _has_event_behind(line: Line, position: int) -> bool:
    return line.words(position, "после|со|с|от|по") is not None


# ---------------------------------------------------------------------------------------------------- schedule, demand

_BY = (
    "по|согласно|согл|согл с|в соотв с|в соответ с|в соотв со|"
    "в соответствии с|в соответствии со|сообразно|в рамках|исходя из|на основании|"
    "по утвержденному|соответственно"
)
_SET = (
    "в сроки установленные|в срок установленный|в установленные сроки|в установленный срок|в сроки определенные|"
    "в сроки указанные|в сроки утвержденные|в сроки обозначенные|в сроки предусмотренные|в сроки объявленные|"
    "в сроки назначенные|сроки установленные|в срок определенный|в срок указанный|в указанные сроки|в указанный срок|"
    "в определенные сроки|в установленном порядке|в порядке установленном|в рабочем порядке|в утвержденные сроки|"
    "в назначенные сроки|в объявленные сроки|в сроки согласно|сроки согласно|в предусмотренные сроки|"
    "в обозначенные сроки|"
    "по срокам|в рабочем режиме|в плановом порядке|в отдельные сроки|в иные сроки"
)


def _schedule(line: Line, position: int) -> Chunk | None:
    """«по отдельному плану», «согласно графику», «в сроки, установленные приказом», «план-график»."""
    place = _without_comma(line, position, _SET)
    if place is not None:
        return Chunk(Part.SCHEDULE, position, tail(line, place, is_open=True), core=place)
    place = line.words(position, _BY)
    if place is None:
        is_first = line.is_opening(position)
        is_bare = line.at(position).text in ("график", "план", "плануграфику", "циклограмма", "расписание")
        return Chunk(Part.SCHEDULE, position, tail(line, position + 1, is_open=True)) if is_bare and is_first else None
    is_accord = line.at(position).text != "по"
    for ahead in range(6):
        token = line.at(place + ahead)
        if token.kind is Kind.SIGN and token.text == "-":
            continue
        if token.kind is not Kind.WORD:
            break
        is_road_map = token.text in ("карте", "картой") and line.at(place + ahead - 1).text.startswith("дорожн")
        if (token.sense(Role.SCHEDULE) or is_road_map) and line.words(position, "в рамках|на основании") is None:
            core = place + ahead + 1
            return Chunk(Part.SCHEDULE, position, tail(line, core, is_open=True), core=core)
    if (
        is_accord
        and line.at(place).kind is Kind.WORD
        and line.words(position, "в рамках|на основании|исходя из") is None
    ):
        return Chunk(Part.SCHEDULE, position, tail(line, place, is_open=True), core=place)
    return None


def _without_comma(line: Line, position: int, phrases: str) -> int | None:
    found = line.words(position, phrases)
    if found is not None:
        return found
    for ahead in (1, 2):
        if line.is_sign(position + ahead, ","):
            squeezed = Line(
                [*line.tokens[: position + ahead], *line.tokens[position + ahead + 1 : position + 8], line.tokens[-1]],
                line.text,
                line.plan,
            )
            found = squeezed.words(position, phrases)
            if found is not None and found > position + ahead:
                return found + 1
    return None


_DEMAND_LEAD = "по мере|при|в случае|по|в связи с|исходя из|с учетом|при условии"
_IF_NEEDED = "если необходимо|если потребуется|если нужно|когда необходимо|мере необходимости"
_OCCASIONS = (
    "наличии|наличия|поступлении|поступления|выявлении|выявления|возникновении|возникновения|"
    "отсутствии|обращении|обращения|готовности|появления|появлении|изменении|изменения|накопления|"
    "подготовки|формирования|комплектования|издания|обновления|получения"
)


def _demand(line: Line, position: int) -> Chunk | None:
    """«по мере необходимости», «при необходимости», «по запросу школ», «при наличии вакансий», «по возможности»."""
    needed = line.words(position, _IF_NEEDED)
    if needed is not None:
        return Chunk(Part.DEMAND, position, needed, text="необходимость", is_sure=line.at(position).text != "мере")
    place = line.words(position, _DEMAND_LEAD)
    if place is None:
        return None
    begin = place
    place = place + 1 if line.sense(place, Role.FILLER) or line.sense(place, Role.SCHOOL) else place
    demand = line.sense(place, Role.DEMAND)
    is_optional = bool(demand and demand.name == "возможность")
    if demand is None and line.at(place).kind is Kind.WORD and line.sense(place + 1, Role.DEMAND):
        place, demand = place + 1, line.sense(place + 1, Role.DEMAND)
    if demand:
        end, name = place + 1, demand.name
        if name == "факт" and tail(line, end, is_open=True) > end:
            return None
        more = line.skip(end, "и|или")
        following = _demand(line, more) if more > end else None
        if following:
            is_optional = is_optional or following.is_optional
            name = following.text if name == "возможность" else name
            return Chunk(Part.DEMAND, position, following.end, text=name, is_optional=is_optional)
        if more > end and line.sense(more, Role.DEMAND):
            end = more + 1
        return Chunk(Part.DEMAND, position, tail(line, end, is_open=True), text=name, is_optional=is_optional, core=end)
    lead = line.at(position).text
    is_occasion = line.words(begin, _OCCASIONS) is not None
    is_case = line.words(position, "по мере|в случае|при условии") is not None
    if is_case or (lead == "при" and is_occasion):
        end = tail(line, begin)
        text = line.slice(begin, end)
        return (
            Chunk(Part.DEMAND, position, end, text=text, core=begin)
            if text and line.at(begin).kind is Kind.WORD
            else None
        )
    return None


# --------------------------------------------------------------------------------------------------------- small words


def _except(line: Line, position: int) -> Chunk | None:
    """«кроме июля и августа», «за исключением летних каникул»."""
    place = line.words(position, "кроме|за исключением|исключая|исключение|без|не включая|кроме периода")
    if place is None:
        return None
    found = spans(line, place)
    if found is not None:
        return Chunk(Part.EXCEPT, position, found.end, elements=found.elements, is_sure=found.is_sure)
    adjective = line.sense(place, Role.SEASON_ADJECTIVE)
    is_vacation = line.sense(place, Role.HOLIDAY) or (adjective and line.sense(place + 1, Role.SEASON_NOUN))
    if is_vacation:
        end = place + 1 + int(adjective is not None)
        return Chunk(Part.EXCEPT, position, end, elements=(Span(Grain.HOLIDAY),), is_sure=False)
    days, end = days_of_week(line, place)
    if not days:
        return None
    return Chunk(Part.EXCEPT, position, end, pick=Pick(PickOf.WEEKDAYS, Grain.WEEK, weekdays=days))


def _then(line: Line, position: int) -> Chunk | None:
    place = line.words(
        position, "и далее|далее|затем|а затем|потом|впоследствии|в дальнейшем|и затем|после чего|а далее|а потом"
    )
    if place is None:
        return None
    while line.is_sign(place, "-:,"):
        place += 1
    return Chunk(Part.THEN, position, place)


def _small(line: Line, position: int) -> Chunk | None:
    """«ежегодно» of other words, labels, fillers."""
    place = line.skip(position, "в|за")
    if line.sense(place, Role.EACH) and not line.unit(position):
        end = line.words(line.skip_roles(place + 1, Role.SCHOOL, Role.CALENDAR), "года|г")
        if end is not None:
            return Chunk(Part.EACH_YEAR, position, end)
    if line.sense(position, Role.APPROXIMATE):
        return Chunk(Part.APPROXIMATE, position, position + 1)
    is_marked = line.at(position).roman and line.is_sign(position + 1, "-:") and spans(line, position + 2) is not None
    if is_marked and any(line.sense(before, Role.STAGE) for before in range(position)):  # «этапы: I – март, II – май»
        return Chunk(Part.LABEL, position, position + 1)
    if line.sense(position, Role.LABEL):
        end = position
        while line.sense(end, Role.LABEL) or line.at(end).text == "итогов":
            end += 1
        return Chunk(Part.LABEL, position, end)
    clock = clock_behind(line, position)
    if clock > position:
        return Chunk(Part.FILLER, position, clock)
    if line.sense(position, Role.FILLER):
        return Chunk(Part.FILLER, position, _heading(line, position))
    return None


def _heading(line: Line, position: int) -> int:
    """«Срок проведения:» before the deadline itself."""
    if line.is_opening(position) and line.at(position).text in ("срок", "сроки", "дата", "даты", "период", "время"):
        for ahead in range(position + 1, position + 6):
            if line.is_sign(ahead, ":-"):
                return ahead + 1
            if line.at(ahead).kind is not Kind.WORD or line.at(ahead).text in ("по", "#"):
                break
        return position + 1 + int(line.sense(position + 1, Role.EVENT_NOUN) is not None)
    return position + 1


_RULES: tuple[Callable[[Line, int], Chunk | None], ...] = (
    _always,
    _throughout,
    stage,
    _demand,
    _schedule,
    offset,
    event,
    _except,
    _then,
    _small,
)

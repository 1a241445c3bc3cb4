"""Grammar of events and stages: «после проведения ВПР», «в течение 10 дней со дня …», «II–III этапы»."""

from __future__ import annotations

from dataclasses import replace

from shnor_desktop.domain.deadlines.calendar import Grain, Piece, Span
from shnor_desktop.domain.deadlines.grammar_frequency import unit_of_time
from shnor_desktop.domain.deadlines.grammar_points import point
from shnor_desktop.domain.deadlines.grammar_spans import spans
from shnor_desktop.domain.deadlines.grammar_tail import tail
from shnor_desktop.domain.deadlines.line import Chunk, Line, Part
from shnor_desktop.domain.deadlines.tokens import Kind
from shnor_desktop.domain.deadlines.words import Role

_MAX_STAGES = 12


# -------------------------------------------------------------------------------------------------------------- events

_AFTER = (
    "после|по итогам|по результатам|по окончании|по окончанию|по завершении|по завершению|"
    "по получении|по факту|накануне|"
    "перед|сразу после|непосредственно после|непосредственно перед|в преддверии|в день|со дня|"
    "с момента|с даты|во время|"
    "одновременно с|параллельно с|в ходе|в процессе|в период|в рамках|по прошествии|по истечении|"
    "в дни|в сроки|в срок|на основании|по поступлении|по прибытии|на основе|не позднее начала|"
    "в течение|в связи с|до даты|на момент|"
    "с учетом результатов|по итогу|по результату|за день до|итоги|вслед за|с учетом итогов|"
    "в начале|в конце|по утверждении|по подписании|не позднее дня|до момента|на дату"
)
_NAMED = "до начала|до окончания|до завершения|до проведения|к началу|к окончанию|к завершению|ко дню|до дня|к дню"
_BEHIND = "после|по итогам|по результатам|по окончании|по завершении|по окончанию|по завершению|перед|накануне"
_NEEDS_NOUN = (
    "до|к|ко|не позднее|при|на|с|со|до начала|до окончания|до завершения|до проведения|к началу|"
    "к окончанию|к завершению|до дня|ко дню|к моменту|в начале|в конце|не позже|с начала|от"
)
_VAGUE = (
    "в ходе",
    "в процессе",
    "в рамках",
    "в период",
    "в течение",
    "на основании",
    "на основе",
    "в начале",
    "в конце",
)


def event(line: Line, position: int) -> Chunk | None:
    """«после проведения ВПР», «по итогам …», «накануне педсовета», «к началу ГИА»."""
    dated = spans(line, position)
    if dated is not None and not dated.is_weak:
        return None
    place = line.words(position, _AFTER)
    is_numbered = line.at(place or 0).kind is Kind.NUMBER and line.words(position, _BEHIND) is not None
    if place is not None and (line.at(place).kind is Kind.WORD or is_numbered):
        end = tail(line, place)
        is_known = line.sense(place, Role.EVENT_NOUN) or line.sense(place + 1, Role.EVENT_NOUN)
        is_vague = line.slice(position, place).lower() in _VAGUE
        if end > place and (not is_vague or is_known or line.sense(place, Role.HOLIDAY) or not line.at(place).senses):
            needs = line.words(position, "в течение|в конце|в начале") is not None and not is_known
            return (
                None
                if needs
                else _with_end_of_unit(line, Chunk(Part.EVENT, position, end, text=line.slice(place, end)))
            )
    place = line.skip(position, "в|во|на|за")
    if line.sense(place, Role.HOLIDAY) and line.words(position, "за") is None:
        return Chunk(Part.EVENT, position, place + 1, text=line.slice(place, place + 1))
    adjective = line.sense(place, Role.SEASON_ADJECTIVE)
    if adjective and adjective.number < 0 and line.sense(place + 1, Role.SEASON_NOUN):
        return Chunk(Part.EVENT, position, place + 2, text=line.slice(place, place + 2))
    place = line.words(position, _NEEDS_NOUN)
    if place is None:
        return None
    ahead = [n for n in range(4) if line.at(place + n).kind is Kind.WORD]
    is_noun = any(line.sense(place + n, Role.EVENT_NOUN) or line.sense(place + n, Role.HOLIDAY) for n in ahead)
    named = line.words(position, _NAMED)
    if not is_noun and (named is None or line.at(place).kind is not Kind.WORD):
        return None
    end = tail(line, place)
    begin = place - 1 if named is not None and place - position > 1 else place
    return Chunk(Part.EVENT, position, end, text=line.slice(begin, end))


_ENDED = "по итогам|по результатам|по окончании|по завершении|по окончанию|по завершению|по итогу"
_KNOWN_ENDS = (Grain.QUARTER, Grain.TERM, Grain.TRIMESTER, Grain.HALF)


def _with_end_of_unit(line: Line, chunk: Chunk) -> Chunk:
    """«по итогам I полугодия»: an event, but the calendar knows the day when it comes."""
    place = line.words(chunk.begin, _ENDED)
    found = point(line, place) if place is not None else None
    if found is None or found.span is None or found.end != chunk.end or found.span.grain not in _KNOWN_ENDS:
        return chunk
    if found.span.piece is not Piece.WHOLE:
        return chunk
    return replace(chunk, elements=(replace(found.span, piece=Piece.LAST_DAY),), is_sure=False)


_WITHIN = (
    "в течение|на протяжении|в течении|в теч|не позднее|не позже|в срок|в срок до|не более|через|спустя|за|"
    "не позднее чем через|не позднее чем за|не ранее чем через|не менее чем за|не ранее|не менее|"
    "по истечении|не раньше чем через|не более чем через|в течение первых|не позднее чем в течение|"
    "до|в срок не более|в срок не позднее|сроком|на|в"
)
_ANCHOR = (
    "после|со дня|с момента|с даты|до|от|от даты|от дня|по окончании|по завершении|перед|с|"
    "со|по получении|по поступлении|от момента|по итогам"
)


_TERMS = ("дневный", "недельный", "месячный", "дневного", "недельного", "месячного")


def _named_term(line: Line, position: int) -> Chunk | None:
    """«в 10-дневный срок», «в трёхдневный срок со дня получения»."""
    place = line.words(position, "в|в течение|не позднее чем в")
    if place is None:
        return None
    if line.at(place).kind is Kind.NUMBER:
        place += 1 + int(line.is_sign(place + 1, "-"))
    if not line.at(place).text.endswith(_TERMS) or line.words(place + 1, "срок|срока") is None:
        return None
    anchor = line.words(place + 2, _ANCHOR)
    if anchor is not None and line.at(anchor).kind is Kind.WORD:
        end = tail(line, anchor)
        return Chunk(Part.EVENT, position, end, text=line.slice(anchor, end))
    return Chunk(Part.EVENT, position, place + 2, is_sure=False)


def offset(line: Line, position: int) -> Chunk | None:
    """«в течение 10 дней после …», «не позднее 3 рабочих дней с момента …», «за две недели до …»."""
    named = _named_term(line, position)
    if named is not None:
        return named
    lead = line.words(position, _WITHIN)
    place = position if lead is None else lead
    place = line.skip(place, "первых|последующих|одного|чем")
    high = line.skip(place + 1, "-|до") if line.number(place) is not None else place
    if high > place + 1 and line.number(high) is not None:
        place = high
    unit = unit_of_time(line, place)
    if unit is None or (lead is None and line.number(place) is None):
        return None
    anchor = line.words(unit.end, _ANCHOR)
    is_counted = line.number(place) is not None
    if anchor is not None and line.at(anchor).kind in (Kind.WORD, Kind.NUMBER, Kind.DATE):
        end = tail(line, anchor)
        is_date = not is_counted and line.at(anchor - 1).text in ("с", "со", "до") and spans(line, anchor - 1)
        if end > anchor and not is_date:
            return Chunk(Part.EVENT, position, end, text=line.slice(anchor, end))
    is_long = unit.grain is Grain.YEAR and line.words(position, "в течение|на протяжении") is not None
    if is_counted and is_long:
        return Chunk(Part.ONGOING, position, unit.end, elements=(Span(Grain.PLAN),), is_sure=False)
    is_limit = line.words(position, "не позднее|не позже|не более|в срок не более") is not None
    if is_counted and is_limit and unit.grain in (Grain.DAY, Grain.WEEK):
        return Chunk(Part.EVENT, position, unit.end, is_sure=False)
    is_duration = line.words(position, "в течение|в течении|в теч|через|спустя") is not None
    if is_duration and (
        is_counted or (line.words(position, "через") is None and unit.grain in (Grain.DAY, Grain.WEEK))
    ):
        return Chunk(Part.EVENT, position, unit.end, is_sure=False)
    return None


# -------------------------------------------------------------------------------------------------------------- stages


def stage(line: Line, position: int) -> Chunk | None:
    """«II этап», «на втором этапе», «II–III этапы», «этап 1», «в конце данного этапа», «подготовительный этап»."""
    if line.at(position).text == "поэтапно":
        return Chunk(Part.STAGE, position, position + 1, text="поэтапно")
    lead = line.skip(
        position,
        "на|в|во|по|до|к|в течение|в ходе|на протяжении|в рамках|за|в период|не позднее|с|в срок до|"
        "в период реализации",
    )
    part = line.sense(lead, Role.PART)
    place = lead + 1 if part else lead
    qualifier = place
    while line.sense(place, Role.RELATIVE) or line.sense(place, Role.EACH) or line.sense(place, Role.WHOLE):
        place += 1
    numbers, place = _stage_numbers(line, place)
    name = place
    while line.sense(place, Role.STAGE_NAME):
        place += 1
    if not line.sense(place, Role.STAGE):
        return None
    text = line.slice(name, place + 1) if place > name else ""
    end = place + 1
    if not numbers and line.at(end).kind is not Kind.END:
        numbers, end = _stage_numbers(line, end)
    end = line.skip(end, "реализации|реализации программы|программы|проекта|реализации проекта|мониторинга")
    if not text and not numbers:
        text = line.slice(lead, place + 1)
    elif part and not text:
        text = line.slice(lead, end)
    if not text and qualifier < name and not numbers:
        text = line.slice(qualifier, end)
    return Chunk(Part.STAGE, position, end, numbers=numbers, text=text, is_sure=not line.is_guess(lead, end))


def _stage_numbers(line: Line, position: int) -> tuple[tuple[int, ...], int]:
    found: list[int] = []
    place = end = position
    is_range = False
    while len(found) < _MAX_STAGES:
        order = line.ordinal(place)
        if order is None or not 1 <= order <= 20:
            break
        if is_range and found and found[-1] < order:
            found.extend(range(found[-1] + 1, order))
        found.append(order)
        end = place + 1
        is_range = line.is_sign(end, "-")
        if not is_range and not line.is_sign(end, ",") and line.words(end, "и") is None:
            break
        place = end + 1
    return tuple(found), end

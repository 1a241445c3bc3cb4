"""The whole grammar: the line from left to right, the longest chunk at each place, and what no rule understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shnor_desktop.domain.deadlines.calendar import Grain, Span
from shnor_desktop.domain.deadlines.grammar_breaks import breaks
from shnor_desktop.domain.deadlines.grammar_frequency import frequency
from shnor_desktop.domain.deadlines.grammar_phrases import phrase
from shnor_desktop.domain.deadlines.grammar_picks import pick
from shnor_desktop.domain.deadlines.grammar_spans import spans
from shnor_desktop.domain.deadlines.impossible import impossible, impossible_end
from shnor_desktop.domain.deadlines.line import Chunk, Line, Part
from shnor_desktop.domain.deadlines.tokens import Kind
from shnor_desktop.domain.deadlines.words import Role

MAX_TOKENS = 300
_SUBSTANTIAL = frozenset(
    {
        Part.SPANS,
        Part.FREQUENCY,
        Part.PICK,
        Part.ONGOING,
        Part.SCHEDULE,
        Part.EVENT,
        Part.DEMAND,
        Part.STAGE,
        Part.EACH_YEAR,
    }
)
_SILENT_WORDS = frozenset(["г", "гг", "в", "во", "на", "и", "с", "со", "за", "не", "по", "к", "до", "а", "но"])


@dataclass(frozen=True, slots=True)
class Parsed:
    """The chunks in their order, the parts that were not understood, and whether all of it is sure."""

    chunks: tuple[Chunk, ...]
    unparsed: tuple[str, ...]
    is_sure: bool


def parse(line: Line) -> Parsed:
    """Everything that the grammar finds in the line."""
    found: list[Chunk] = []
    unknown: list[int] = []
    place = 0
    while line.at(place).kind is not Kind.END:
        chunk = _longest(line, place)
        cannot_be = impossible(line, place) if chunk is None else impossible_end(line, chunk)
        if cannot_be is not None:
            unknown.extend(n for n in range(place, cannot_be) if line.at(n).kind is not Kind.SIGN)
            place = cannot_be
            continue
        if chunk is None:
            if line.at(place).kind is not Kind.SIGN:
                unknown.append(place)
            place += 1
            continue
        found.append(chunk)
        place = max(chunk.end, place + 1)
    return _judged(line, found, unknown)


def _longest(line: Line, position: int) -> Chunk | None:
    best: Chunk | None = None
    for rule in (pick, frequency, spans, phrase):
        chunk = rule(line, position)
        if chunk is not None and (best is None or chunk.end > best.end):
            best = chunk
    return best


def _judged(line: Line, chunks: Sequence[Chunk], unknown: list[int]) -> Parsed:
    """Weak chunks beside what is unknown are unknown too; words that say nothing are silent."""
    kept: list[Chunk] = []
    strong = [chunk for chunk in chunks if chunk.part in _SUBSTANTIAL]
    before: Chunk | None = None
    for chunk in chunks:
        is_of_unknown = chunk.part is Part.LABEL and _is_beside(chunk, unknown)
        if is_of_unknown or (chunk.is_weak and not _may_stay(line, chunk, before, strong, unknown)):
            unknown.extend(range(chunk.begin, chunk.end))
        else:
            kept.append(replace(chunk, is_aside=_is_aside(line, chunk)))
        before = before if chunk.part is Part.FILLER else chunk
    understood = any(chunk.part in _SUBSTANTIAL for chunk in kept)
    if not understood:
        return Parsed((), _fragments(line, range(len(line.tokens) - 1)), is_sure=False)
    unknown = sorted(place for place in unknown if not _is_silent(line, place, set(unknown)))
    grains = {chunk.grain for chunk in kept if chunk.part is Part.FREQUENCY}
    is_sure = not any(chunk.part is Part.APPROXIMATE or not _is_sure_beside(chunk, grains) for chunk in kept)
    is_guess = any(
        line.is_guess(chunk.begin, chunk.core or chunk.end) for chunk in kept if chunk.part is not Part.EVENT
    )
    return Parsed(tuple(kept), _fragments(line, unknown), is_sure=is_sure and not is_guess and not unknown)


def _is_sure_beside(chunk: Chunk, grains: set[Grain | None]) -> bool:
    """«последняя пятница» is sure beside «ежемесячно», «вторник» beside any frequency."""
    is_of_week = chunk.pick is not None and chunk.pick.unit is Grain.WEEK and chunk.step == 1 and bool(grains)
    is_of_unit = chunk.is_sure_of_unit and bool(grains)
    return chunk.is_sure or is_of_week or is_of_unit or (chunk.is_sure_monthly and Grain.MONTH in grains)


def _is_beside(chunk: Chunk, unknown: Sequence[int]) -> bool:
    return chunk.begin - 1 in unknown or chunk.end in unknown


def _may_stay(line: Line, chunk: Chunk, before: Chunk | None, strong: Sequence[Chunk], unknown: Sequence[int]) -> bool:
    if before is not None and before.part is Part.FREQUENCY and chunk.part is Part.PICK:
        return True  # «еженедельно, пятница»
    if chunk.part is Part.SPANS and chunk.begin == 0 and chunk.end in unknown and _begins_anew(line, chunk.end):
        return any(line.plan.start.year <= (year or 0) <= line.plan.end.year for year in _years(chunk))
    if _is_beside(chunk, unknown):
        return False
    return chunk.part is Part.SPANS or len(strong) > 1 or not unknown


def _begins_anew(line: Line, position: int) -> bool:
    """A capital letter, a person, a form: «2018 Иванов», «2018. Отв. завуч», «2018 5–9 классы»."""
    return breaks(line, position) or line.text[line.at(position).start : line.at(position).end][:1].isupper()


def _years(chunk: Chunk) -> list[int | None]:
    return [element.year for element in chunk.elements if isinstance(element, Span)]


def _is_silent(line: Line, place: int, unknown: set[int]) -> bool:
    """A small word left alone between understood parts, a dash, a comma."""
    token = line.at(place)
    is_alone = place - 1 not in unknown and place + 1 not in unknown
    return is_alone and (token.text in _SILENT_WORDS or token.kind is Kind.TIME)


def _is_aside(line: Line, chunk: Chunk) -> bool:
    """It stands after a label: «итоги – июнь», «отчёт: декабрь»."""
    place = chunk.begin - 1
    while place >= 0 and line.is_sign(place, "-:(,"):
        place -= 1
    return place >= 0 and place < chunk.begin and line.sense(place, Role.LABEL) is not None


def _fragments(line: Line, places: Sequence[int] | range) -> tuple[str, ...]:
    found: list[str] = []
    begin = previous = None
    for place in places:
        if previous is not None and begin is not None and not _is_next(line, previous, place):
            found.append(line.slice(begin, previous + 1))
            begin = place
        begin = place if begin is None else begin
        previous = place
    if begin is not None and previous is not None:
        found.append(line.slice(begin, previous + 1))
    return tuple(text for text in found if text)


def _is_next(line: Line, previous: int, place: int) -> bool:
    """Only signs stand between them."""
    return all(line.at(between).kind is Kind.SIGN for between in range(previous + 1, place))

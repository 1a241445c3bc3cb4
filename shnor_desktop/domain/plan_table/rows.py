"""One table of a plan, row by row: headings, measures, and what a row takes from the heading above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from shnor_desktop.domain.plan_table.columns import is_service_row, lone_cell, mark_phrase
from shnor_desktop.domain.plan_table.numbering import (
    date_as_number,
    depth,
    is_number,
    is_under,
    plain_number,
    split_leading,
)
from shnor_desktop.domain.plan_table.plain_words import one_line
from shnor_desktop.domain.plan_table.terms import (
    Column,
    ColumnKind,
    Doubt,
    DoubtCode,
    PlanRow,
    PlanSection,
    SourceTable,
    Span,
    TableLayout,
)

_HEADING = re.compile(
    r"^(?:раздел|этап|блок|модуль|направление|глава|[ivxіх]{1,5} этап|[ivxіх]{1,5}[.)] )", re.IGNORECASE
)
_LETTERS = re.compile(r"[A-Za-zА-Яа-яЁё]\w")
_UNSIGNED = {"", "-", "–", "—", "0", "нет"}
_JOINED_BY_LINES = {ColumnKind.EXECUTORS}


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its words by kind; `carried` came from a merged cell that begins above."""

    at: int
    own: dict[ColumnKind, str]
    carried: dict[ColumnKind, str]
    is_wide: bool
    """One cell over most of the table."""

    def words(self, kind: ColumnKind) -> str:
        """The words of a kind, own or carried."""
        return self.own.get(kind) or self.carried.get(kind, "")


@dataclass(slots=True)
class Found:
    """What was read so far."""

    sections: list[PlanSection] = field(default_factory=list)
    rows: list[PlanRow] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    stack: list[PlanSection] = field(default_factory=list)
    """The headings that hold for the next row; a plan cut into several tables goes on under them."""
    columns: tuple[Column, ...] = ()


def read_lines(table: SourceTable, layout: TableLayout) -> list[Line]:
    """The rows of data without numbering rows and repeated headings."""
    origins = _origins(table.spans)
    found = []
    for at in range(layout.first, len(table.rows)):
        if any(cell.strip() for cell in table.rows[at]) and not is_service_row(table, at, layout):
            found.append(_line(table, layout, at, origins))
    return found


def read_rows(table: SourceTable, layout: TableLayout, found: Found) -> None:
    """Add the measures and sections of a table whose rows are measures."""
    lines = read_lines(table, layout)
    has_numbers = sum(1 for line in lines if is_number(line.own.get(ColumnKind.NUMBER, ""))) * 2 > len(lines)
    _open_section(table, layout, found)
    stack = found.stack
    for place, line in enumerate(lines):
        where = f"{table.place}, строка {table.numbers[line.at]}"
        if _is_continuation(line, found.rows, has_numbers):
            _continue_row(line, found)
            continue
        heading = _heading(line, lines[place + 1 : place + 2], has_numbers)
        if heading is not None:
            number, title = heading
            section = PlanSection(
                number, title, line.words(ColumnKind.DEADLINE), line.words(ColumnKind.EXECUTORS), where
            )
            _push(stack, section)
            found.sections.append(section)
            continue
        row = _row(line, stack, where)
        if row is None:
            _say_stray(line, where, found)
        else:
            found.rows.append(row)


def _open_section(table: SourceTable, layout: TableLayout, found: Found) -> None:
    """A heading over the table holds for its rows; a table of another kind begins without one."""
    kinds = [column.kind for column in layout.columns]
    if [column.kind for column in found.columns] != kinds:
        found.stack.clear()
    found.columns = layout.columns
    words = one_line(lone_cell(table, layout.header - 1) or table.heading if layout.header != -1 else table.heading)
    number, title = split_leading(words)
    if number or _HEADING.match(words):
        section = PlanSection(number, title, "", "", table.place)
        _push(found.stack, section)
        found.sections.append(section)


def _origins(spans: Sequence[Span]) -> dict[tuple[int, int], Span]:
    """Each covered cell with the span that covers it."""
    return {
        (row, column): span
        for span in spans
        for row in range(span.top, span.bottom + 1)
        for column in range(span.left, span.right + 1)
    }


def _line(table: SourceTable, layout: TableLayout, at: int, origins: dict[tuple[int, int], Span]) -> Line:
    own: dict[ColumnKind, list[str]] = {}
    carried: dict[ColumnKind, list[str]] = {}
    is_wide = False
    for column, told in enumerate(layout.columns):
        words = table.cell(at, column)
        span = origins.get((at, column))
        if span is not None and span.left == column and span.right - span.left + 1 > max(1, table.width // 2):
            is_wide = is_wide or bool(words.strip())
        if told.kind is ColumnKind.MARK:
            if words.strip().casefold() not in _UNSIGNED:
                own.setdefault(ColumnKind.MARK, []).append(_marked(told.heading, words))
        elif words.strip():
            own.setdefault(told.kind, []).append(_timed(told.heading, words))
        elif span is not None and span.top < at and span.left <= column:
            above = table.cell(span.top, span.left)
            if above.strip() and span.left == column:
                carried.setdefault(told.kind, []).append(above)
    return Line(at, {k: _joined(k, v) for k, v in own.items()}, {k: _joined(k, v) for k, v in carried.items()}, is_wide)


def _marked(heading: str, words: str) -> str:
    phrase = mark_phrase(heading) or heading
    return phrase if len(words.strip()) <= 2 or is_number(words) else f"{phrase}: {one_line(words)}"


def _timed(heading: str, words: str) -> str:
    """Beginnings and ends in columns of their own read as «с … по …»."""
    plain = heading.casefold()
    if len(words) < 40 and re.match(r"(?:дата|срок)\s+начал|начало", plain):
        return f"с {words.strip()}"
    if len(words) < 40 and re.match(r"(?:дата|срок)\s+(?:окончан|завершен)|окончание|завершение", plain):
        return f"по {words.strip()}"
    return words


def _joined(kind: ColumnKind, parts: list[str]) -> str:
    if kind is ColumnKind.MARK:
        return ", ".join(parts)
    return ("\n" if kind in _JOINED_BY_LINES else " ").join(part.strip("\n ") for part in parts)


def _heading(line: Line, following: Sequence[Line], has_numbers: bool) -> tuple[str, str] | None:
    """Number and words if the row is a heading inside the table."""
    number, title = line.own.get(ColumnKind.NUMBER, ""), line.own.get(ColumnKind.TITLE, "")
    if _LETTERS.search(f"{number} {title} {line.own.get(ColumnKind.SECTION, '')}") is None:
        return None
    others = any(line.own.get(kind) for kind in (ColumnKind.RESULT, ColumnKind.EVIDENCE, ColumnKind.MARK))
    if number and not is_number(number) and not date_as_number(number) and not title:
        return split_leading(one_line(number))
    if number and title:
        return _numbered_heading(line, following, plain_number(number), title) if not others else None
    if not title and not number:
        section = line.own.get(ColumnKind.SECTION, "")
        return split_leading(one_line(section)) if section and len(line.own) == 1 else None
    if not title or others:
        return None
    alone = not any(line.own.get(kind) for kind in (ColumnKind.DEADLINE, ColumnKind.EXECUTORS))
    words = one_line(title)
    if alone and (line.is_wide or (has_numbers and not words[:1].islower())):
        return split_leading(words)
    if alone and (_HEADING.match(words) or (words.isupper() and len(words) > 3)):
        return split_leading(words)
    return None


def _numbered_heading(line: Line, following: Sequence[Line], number: str, title: str) -> tuple[str, str] | None:
    """A numbered row is a heading if the next one is numbered under it and takes its deadline from it."""
    if not following:
        return None
    below = following[0]
    under = plain_number(below.own.get(ColumnKind.NUMBER, ""))
    if not is_under(under, number) or depth(under) <= depth(number):
        return None
    has_own = bool(line.own.get(ColumnKind.DEADLINE) or line.own.get(ColumnKind.EXECUTORS))
    if has_own and below.own.get(ColumnKind.DEADLINE):
        return None
    return number, one_line(title)


def _push(stack: list[PlanSection], section: PlanSection) -> None:
    while stack and not (section.number and is_under(section.number, stack[-1].number)):
        if not section.number and stack[-1].number:
            break
        stack.pop()
    stack.append(section)


def _row(line: Line, stack: list[PlanSection], where: str) -> PlanRow | None:
    title = line.own.get(ColumnKind.TITLE, "")
    if _LETTERS.search(title) is None:
        return None
    number, doubts = _number(line.own.get(ColumnKind.NUMBER, ""))
    if not number:
        number, title = split_leading(title) if split_leading(title)[0] else ("", title)
    chain = _chain(stack, number)
    deadline, executors = line.own.get(ColumnKind.DEADLINE, ""), line.own.get(ColumnKind.EXECUTORS, "")
    deadline = deadline.strip() or line.own.get(ColumnKind.MARK, "")
    taken_deadline = line.carried.get(ColumnKind.DEADLINE) or _nearest(chain, "deadline")
    taken_executors = line.carried.get(ColumnKind.EXECUTORS) or _nearest(chain, "executors")
    group = one_line(line.words(ColumnKind.SECTION))
    return PlanRow(
        number=number,
        title=title.strip(),
        deadline=deadline or taken_deadline.strip(),
        deadline_inherited=not deadline and bool(taken_deadline.strip()),
        executors_text=executors.strip() or taken_executors.strip(),
        executors_inherited=not executors.strip() and bool(taken_executors.strip()),
        result=line.words(ColumnKind.RESULT).strip(),
        evidence=line.words(ColumnKind.EVIDENCE).strip(),
        note=line.words(ColumnKind.NOTE).strip(),
        section=chain[-1].label if chain else group,
        place=where,
        doubts=doubts,
    )


def _number(text: str) -> tuple[str, tuple[Doubt, ...]]:
    dated = date_as_number(text)
    if dated:
        return text.strip(), (Doubt(DoubtCode.NUMBER_DATE, "number", text.strip(), dated),)
    return plain_number(text), ()


def _chain(stack: list[PlanSection], number: str) -> list[PlanSection]:
    """The headings over a row; those with a number that a deeper number of the row denies are left."""
    if depth(number) < 2:
        return list(stack)
    return [one for one in stack if not one.number or is_under(number, one.number)]


def _nearest(chain: Sequence[PlanSection], name: str) -> str:
    return next((value for one in reversed(chain) if (value := str(getattr(one, name)))), "")


def _is_continuation(line: Line, rows: Sequence[PlanRow], has_numbers: bool) -> bool:
    """The rest of a row that a page end has cut: no number, and no capital or no title at all."""
    if not rows or line.own.get(ColumnKind.NUMBER) or line.is_wide:
        return False
    title = line.own.get(ColumnKind.TITLE, "").strip()
    if title:
        return has_numbers and title[0].islower()
    kinds = (ColumnKind.EXECUTORS, ColumnKind.RESULT, ColumnKind.EVIDENCE, ColumnKind.NOTE)
    return has_numbers and any(line.own.get(kind) for kind in kinds)


def _continue_row(line: Line, found: Found) -> None:
    row = found.rows[-1]
    texts = {
        "title": ColumnKind.TITLE,
        "deadline": ColumnKind.DEADLINE,
        "executors_text": ColumnKind.EXECUTORS,
        "result": ColumnKind.RESULT,
        "evidence": ColumnKind.EVIDENCE,
        "note": ColumnKind.NOTE,
    }
    changed = {}
    for name, kind in texts.items():
        words = line.own.get(kind, "").strip()
        if words:
            changed[name] = f"{getattr(row, name)}\n{words}".strip()
    said = Doubt(DoubtCode.CONTINUED, "", one_line(" ".join(line.own.values()))[:80])
    found.rows[-1] = replace(row, **changed, doubts=(*row.doubts, said))  # type: ignore[arg-type]


def _say_stray(line: Line, where: str, found: Found) -> None:
    """A row that is neither a heading nor a measure is told, so that nothing is lost without a word."""
    words = one_line(" ".join(line.own.values()))
    if words and words != one_line(line.own.get(ColumnKind.NUMBER, "")):
        found.doubts.append(Doubt(DoubtCode.STRAY_ROW, "", f"{where}: {words[:80]}"))


def words_in(lines: Sequence[Line]) -> Iterator[str]:
    """Every text that was read."""
    for line in lines:
        yield from line.own.values()

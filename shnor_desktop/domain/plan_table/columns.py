"""Finds the heading of a plan's table and says what each column holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from shnor_desktop.domain.plan_table.numbering import is_number, is_numbering_row
from shnor_desktop.domain.plan_table.plain_words import folded, one_line
from shnor_desktop.domain.plan_table.terms import Column, ColumnKind, SourceTable, TableLayout

MAX_HEADING = 120
_LOOKED_AT = 60
_NUMBER = re.compile(r"(?:№+|no|n[°ºo]?|nn|#|номер)?\s*(?:п\s*п|строки|по порядку)?")
_PATTERNS: tuple[tuple[ColumnKind, re.Pattern[str]], ...] = (
    (ColumnKind.EXECUTORS, re.compile(r"исполнител|ответственн|^кто\b")),
    (ColumnKind.DEADLINE, re.compile(r"\bсрок|^дат[аы]\b|^период|^время |^когда|^месяц$|^график")),
    (ColumnKind.NOTE, re.compile(r"примечан|отметк|^ход |комментар|^выполнение")),
    (ColumnKind.RESULT, re.compile(r"результат|ожидаем|эффект")),
    (ColumnKind.EVIDENCE, re.compile(r"документ|контрольн|подтвержд|показател|форма (?:отч|предст|заверш|контр)")),
    (
        ColumnKind.TITLE,
        re.compile(r"мероприят|^наименование$|^наименование (?:работ|действ|мер\b)|^содержание|^действи|деятельности$"
                   r"|^задачи$|^меры|^событи|^что |^название$|^виды? работ"),
    ),
    (ColumnKind.SECTION, re.compile(r"^направлени|^раздел|^блок|^этап|^задача|^цель")),
)  # fmt: skip
_QUARTER = re.compile(r"(i{1,3}|iv|[1-4]|п|пi|іі?і?|іv|iп)\s*й?\s*кв(?:артал)?")
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "п": "II", "і": "I", "іі": "II", "ііі": "III", "іv": "IV"}
_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_ABBREVIATION = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]{0,2}[А-ЯЁ]+[А-ЯЁа-я]*")
STAGE = re.compile(r"\bэтап", re.IGNORECASE)
_PARTICIPANT = re.compile(
    r"^(?:школ|муниципал|регион|управлени|департамент|институт|центр|координатор|куратор|наставник|методист"
    r"|администраци|педагог|учител|директор|родител|образовательн|общеобразовательн)"
)


def heading_kind(text: str) -> ColumnKind | None:
    """What a column with this heading holds; None if the words say nothing."""
    if not text.strip() or len(text) > MAX_HEADING:
        return None
    plain = re.sub(r"[^\w№#°º]+", " ", text.casefold()).strip()
    if plain and _NUMBER.fullmatch(plain):
        return ColumnKind.NUMBER
    if mark_phrase(text):
        return ColumnKind.MARK
    words = folded(text)
    return next((kind for kind, pattern in _PATTERNS if pattern.search(words)), None)


def mark_phrase(heading: str) -> str:
    """The time that a column of signs stands for: «II квартал», «сентябрь»; empty for any other heading."""
    words = re.sub(r"[\s.]+", " ", heading.casefold()).strip()
    quarter = _QUARTER.fullmatch(words)
    if quarter:
        return f"{_ROMAN.get(quarter[1], quarter[1].upper())} квартал"
    if len(words) < 3 or " " in words:
        return ""
    return next((month for month in _MONTHS if month.startswith(words) or words == month[:-1] + "я"), "")


def find_layout(table: SourceTable, previous: TableLayout | None = None) -> TableLayout:
    """How to read a table; one without a heading goes on the table before it if it is as wide, else by its content."""
    for row in range(min(len(table.rows), _LOOKED_AT)):
        found = _header_at(table, row)
        if found is not None:
            return found
    if previous is not None and previous.is_taken and len(previous.columns) == table.width:
        return TableLayout(previous.columns, -1, 0)
    return by_content(table)


def _header_at(table: SourceTable, row: int) -> TableLayout | None:
    cells = [table.cell(row, column) for column in range(table.width)]
    kinds = [heading_kind(cell) for cell in cells]
    lanes = _lane_kinds(cells, kinds)
    if lanes and not {ColumnKind.SECTION, ColumnKind.DEADLINE} & set(lanes) and not stage_above(table, row):
        lanes = []
    if not lanes and not _is_header(cells, kinds):
        return None
    headings, last = _whole_headings(table, row, cells)
    if lanes:
        columns = [Column(kind, one_line(cell)) for kind, cell in zip(lanes, cells, strict=True)]
    else:
        columns = [Column(heading_kind(words) or ColumnKind.IGNORED, words) for words in headings]
    return TableLayout(_completed(table, columns, last + 1), row, last + 1)


def _is_header(cells: Sequence[str], kinds: Sequence[ColumnKind | None]) -> bool:
    known = {kind for kind in kinds if kind is not None}
    filled = [cell for cell in cells if cell.strip()]
    if len(known) < 2 or sum(1 for kind in kinds if kind) * 2 < len(filled):
        return False
    return ColumnKind.TITLE in known or len(known - {ColumnKind.MARK, ColumnKind.NUMBER}) >= 3


def _lane_kinds(cells: Sequence[str], kinds: Sequence[ColumnKind | None]) -> list[ColumnKind]:
    """Kinds of a table whose columns are participants; empty for any other table."""
    known = set(kinds) - {None}
    if known - {ColumnKind.SECTION, ColumnKind.DEADLINE, ColumnKind.NUMBER}:
        return []
    found: list[ColumnKind] = []
    for cell, kind in zip(cells, kinds, strict=True):
        is_lane = kind is None and _is_participant(cell)
        found.append(ColumnKind.LANE if is_lane else kind or ColumnKind.SECTION)
    lanes = found.count(ColumnKind.LANE)
    others = sum(1 for cell, kind in zip(cells, found, strict=True) if kind is ColumnKind.SECTION and cell.strip())
    if lanes < 2 or others > 1:
        return []
    first = found.index(ColumnKind.SECTION) if ColumnKind.SECTION in found else -1
    return [ColumnKind.IGNORED if kind is ColumnKind.SECTION and at != first else kind for at, kind in enumerate(found)]


def lone_cell(table: SourceTable, row: int) -> str:
    """The words of a row that has but one filled cell; empty for any other row."""
    filled = [cell for cell in table.rows[row] if cell.strip()] if 0 <= row < len(table.rows) else []
    return filled[0] if len(filled) == 1 else ""


def stage_above(table: SourceTable, header: int) -> str:
    """The stage that is named over a heading or right below it, where the table has no column for stages."""
    words = (lone_cell(table, header - 1), lone_cell(table, header + 1), table.heading)
    return next((one for one in words if STAGE.search(one)), "")


def _is_participant(cell: str) -> bool:
    words = one_line(cell)
    if not words or len(words) > 60:
        return False
    return _ABBREVIATION.fullmatch(words) is not None or _PARTICIPANT.match(folded(words)) is not None


def _whole_headings(table: SourceTable, row: int, cells: Sequence[str]) -> tuple[list[str], int]:
    """Headings of one row, or of two where the second stands under merged cells or names quarters."""
    below = [table.cell(row + 1, column) for column in range(table.width)]
    tall = [span for span in table.spans if span.top <= row < span.bottom and span.bottom == row + 1]
    marks = [column for column, cell in enumerate(below) if mark_phrase(cell)]
    filled = [column for column, cell in enumerate(below) if cell.strip()]
    if (len(marks) >= 2 and len(marks) == len(filled)) or (tall and filled and len(filled) < table.width):
        headings = [one_line(lower) or one_line(upper) for upper, lower in zip(cells, below, strict=True)]
        return headings, row + 1
    return [one_line(cell) for cell in cells], row


def _completed(table: SourceTable, columns: list[Column], first: int) -> tuple[Column, ...]:
    """Columns without a heading by what stands in them; of several titles the longest words win."""
    known = {column.kind for column in columns}
    for at, column in enumerate(columns):
        is_free = column.kind is ColumnKind.IGNORED and not column.heading and ColumnKind.NUMBER not in known
        if is_free and _share(table, at, first, is_number) > 0.5:
            columns[at] = Column(ColumnKind.NUMBER, "")
            known.add(ColumnKind.NUMBER)
    if ColumnKind.TITLE not in known and ColumnKind.LANE not in known:
        free = [at for at, column in enumerate(columns) if column.kind in (ColumnKind.IGNORED, ColumnKind.SECTION)]
        if free:
            widest = max(free, key=lambda at: _mean_length(table, at, first))
            columns[widest] = Column(ColumnKind.TITLE, columns[widest].heading)
    titles = [at for at, column in enumerate(columns) if column.kind is ColumnKind.TITLE]
    if len(titles) > 1:
        keep = max(titles, key=lambda at: _mean_length(table, at, first))
        for at in titles:
            if at != keep:
                columns[at] = Column(ColumnKind.SECTION if at < keep else ColumnKind.IGNORED, columns[at].heading)
    return tuple(columns)


def by_content(table: SourceTable) -> TableLayout:
    """Guess the columns of a table without a heading; it is taken only if it looks like a plan at all."""
    width = table.width
    first = next((row for row, cells in enumerate(table.rows) if sum(1 for cell in cells if cell.strip()) > 1), 0)
    kinds = [ColumnKind.IGNORED] * width
    free = list(range(width))
    number = next((at for at in free if _share(table, at, first, is_number) > 0.5), None)
    if number is not None:
        kinds[number] = ColumnKind.NUMBER
        free.remove(number)
    if free:
        title = max(free, key=lambda at: _mean_length(table, at, first))
        kinds[title] = ColumnKind.TITLE
        free.remove(title)
    deadline = next((at for at in free if _share(table, at, first, looks_like_time) > 0.5), None)
    if deadline is not None:
        kinds[deadline] = ColumnKind.DEADLINE
        after = [at for at in free if at > deadline]
        if after:
            kinds[after[0]] = ColumnKind.EXECUTORS
        if len(after) > 1:
            kinds[after[1]] = ColumnKind.RESULT
    is_plan = deadline is not None and len(table.rows) - first >= 2
    return TableLayout(tuple(Column(kind) for kind in kinds), -1, first, is_taken=is_plan)


_TIME = re.compile(
    r"январ|феврал|март|апрел|\bма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|квартал|полугоди|ежегодн|ежемесячн"
    r"|еженедельн|ежекварт|постоянн|в течение|учебн\w* год|по графику|по плану|по мере"
    r"|\b20\d\d\b|\bраз\b|до \d|\d\d? \d\d? \d{2,4}"
)


def looks_like_time(text: str) -> bool:
    """Whether the words name a time of a plan."""
    return len(text) <= 120 and _TIME.search(folded(text)) is not None


def is_header_again(table: SourceTable, row: int, layout: TableLayout) -> bool:
    """Whether the heading is repeated here, as on every page of a printed table, or under every section."""
    equal = alike = filled = 0
    for at, column in enumerate(layout.columns):
        cell = table.cell(row, at)
        if not cell.strip():
            continue
        if column.kind is ColumnKind.NUMBER and is_number(cell):
            return False
        filled += 1
        equal += folded(cell) == folded(column.heading)
        alike += heading_kind(cell) is column.kind
    return (equal >= 2 and equal * 2 >= filled) or (equal >= 1 and alike >= 3 and alike == filled)


def is_service_row(table: SourceTable, row: int, layout: TableLayout) -> bool:
    """A row of column numbers or a repeated heading."""
    return is_numbering_row(table.rows[row]) or is_header_again(table, row, layout)


def _share(table: SourceTable, column: int, first: int, test: Callable[[str], bool]) -> float:
    cells = [table.cell(row, column) for row in range(first, len(table.rows))]
    filled = [cell for cell in cells if cell.strip()]
    return sum(1 for cell in filled if test(cell)) / len(filled) if filled else 0.0


def _mean_length(table: SourceTable, column: int, first: int) -> float:
    cells = [table.cell(row, column).strip() for row in range(first, len(table.rows))]
    filled = [len(cell) for cell in cells if cell]
    return sum(filled) / len(filled) if filled else 0.0

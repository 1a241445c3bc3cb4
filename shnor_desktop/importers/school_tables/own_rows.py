"""Whose row it is: blocks of rows under one label, and which of them is the school's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.importers.f1_layout import LOGIN
from shnor_desktop.importers.school_tables.cells import is_blank, number_of, plain
from shnor_desktop.importers.school_tables.found import Doubt, OwnSchool
from shnor_desktop.importers.school_tables.kinds import LABELS, TableKind
from shnor_desktop.importers.school_tables.layouts import ListLayout

_CHANGES = (("lowered", "понизил"), ("confirmed", "подтвердил"), ("raised", "повысил"), ("total", "всего"))
_MARK_GROUP = re.compile(r"(?:групп|балл|отметк|получивш|оценк)[^\d]{0,40}([2-5])\D{0,3}$|^[«\"]?([2-5])[»\"]?$")
_WHOLE = re.compile(r"вся выборка|^россия|^рф$|российск\w* федерац")
_SCHOOL = re.compile(r"школ|\bс?оош|\bсош\b|\bоош\b|гимнази|лице|\bм[абк]?оу|\bгбоу|\bнош\b|\bоу\b|интернат|кадет")
_SERVICE = re.compile(r"^макс|^мах|^итого|^средн|^уровень|^сложност|^группы участ")
_MOST_OPTIONS = 200


@dataclass(slots=True)
class Block:
    """The rows of one territory or school in one subject: its own row, if it has figures, and those under it."""

    label: str
    login: str = ""
    row: int = -1
    parts: dict[str, int] = field(default_factory=dict)
    """Rows by what they are of the block: «lowered» …, «2» … «5»."""

    @property
    def is_school(self) -> bool:
        """Whether the label reads as a school."""
        return bool(self.login) or bool(_SCHOOL.search(plain(self.label)))

    @property
    def first(self) -> int:
        """The first row of the block."""
        return self.row if self.row >= 0 else min(self.parts.values(), default=0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The blocks of the school itself; none with a question, or with a doubt that has to be confirmed."""

    blocks: tuple[Block, ...] = ()
    label: str = ""
    stops: Doubt | None = None
    options: tuple[str, ...] = ()


def blocks_of(table: SourceTable, layout: ListLayout) -> list[Block]:
    """The rows under the heading, gathered under their labels."""
    columns = layout.columns(*LABELS) or [0]
    found: list[Block] = []
    for row in range(layout.first, len(table.rows)):
        words = [table.cell(row, at) for at in columns]
        named = [cell for cell in words if cell and (number_of(cell) is None or len(columns) == 1)]
        if not named or _SERVICE.match(plain(named[0])):
            if not named and found and layout.kind is TableKind.JOURNAL:
                continue
            if named or not _has_figures(table, row, columns):
                continue
        part = _part(layout.kind, named)
        label = " · ".join(dict.fromkeys(cell for cell in named if not part or cell != part[1]))[:300]
        if part is None:
            found.append(Block(label, _login(words), row))
            continue
        same = found and (not label or label == found[-1].label)
        if not same or part[0] in found[-1].parts:
            found.append(Block(label or (found[-1].label if found else ""), _login(words)))
        found[-1].parts[part[0]] = row
    return found


def choose_own(blocks: Sequence[Block], own: OwnSchool, asked: str) -> Chosen:
    """The blocks of the school: asked for, known by login, by name, or the only ones there are."""
    labels = list(dict.fromkeys(block.label for block in blocks if block.label))
    options = tuple(labels[:_MOST_OPTIONS])
    if not blocks:
        return Chosen()
    if asked:
        return Chosen(tuple(block for block in blocks if block.label == asked), asked, None, options)
    by_login = [block for block in blocks if own.login and block.login == own.login]
    if by_login:
        return Chosen(tuple(by_login), by_login[0].label, None, options)
    if len(labels) <= 1:
        return _only(list(blocks), own, options)
    schools = list(dict.fromkeys(block.label for block in blocks if block.is_school))
    known = [label for label in schools if own.words & words_of(label)]
    if len(known) == 1:
        chosen = [block for block in blocks if block.label == known[0]]
        return Chosen(tuple(chosen), known[0], _other_login(chosen[0], own), options)
    if len(schools) == 1:
        return _only([block for block in blocks if block.label == schools[0]], own, options)
    return Chosen((), "", None, tuple(schools) if len(schools) > 1 else options)


def _only(blocks: list[Block], own: OwnSchool, options: tuple[str, ...]) -> Chosen:
    """The one school of a file: it may be another one."""
    first = blocks[0]
    stops = _other_login(first, own)
    if _WHOLE.search(plain(first.label)):
        return Chosen((), "", None, options)
    if stops is None and first.label and not first.login:
        theirs = words_of(first.label)
        if first.is_school and own.words and theirs and not own.words & theirs:
            stops = Doubt("other_school", {"name": first.label[:120]})
    if stops is None and first.login and not own.login and own.words:
        theirs = words_of(LOGIN.sub(" ", first.label))
        if theirs and not own.words & theirs:
            stops = Doubt("other_school", {"name": first.label[:120]})
    return Chosen(tuple(blocks), first.label, stops, options)


def _other_login(block: Block, own: OwnSchool) -> Doubt | None:
    if own.login and block.login and block.login != own.login:
        return Doubt("other_login", {"login": block.login, "known": own.login})
    return None


def words_of(text: str) -> frozenset[str]:
    """The words and numbers of a name that tell one school from another."""
    spaced = "".join(sign if sign.isalnum() else " " for sign in plain(text))
    generic = _generic_words()
    return frozenset(word for word in spaced.split() if (len(word) > 2 or word.isdigit()) and word not in generic)


@cache
def _generic_words() -> frozenset[str]:
    """Said of many schools: they tell none from another."""
    return frozenset(plain(word) for word in _GENERIC)


_GENERIC = (
    "мбоу", "маоу", "мкоу", "моу", "гбоу", "оу", "сош", "оош", "нош", "школа", "школы", "основная", "средняя",
    "начальная", "муниципальное", "автономное", "бюджетное", "казенное", "общеобразовательное", "район",
    "общеобразовательная", "учреждение", "имени", "района", "округа", "село", "город", "поселок", "область", "края",
    "муниципальный", "округ", "городской",
)  # fmt: skip


def _part(kind: TableKind, named: Sequence[str]) -> tuple[str, str] | None:
    """What part of its block a row is, with the cell that says so."""
    for cell in named:
        words = plain(cell[:200])
        if kind is TableKind.JOURNAL:
            found = next((code for code, stem in _CHANGES if words.startswith(stem)), "")
        elif kind is TableKind.GROUPS:
            match = _MARK_GROUP.search(words)
            found = (match[1] or match[2]) if match else ""
        else:
            return None
        if found:
            return found, cell
    return None


def _login(cells: Sequence[str]) -> str:
    match = next((found for cell in cells if (found := LOGIN.search(cell))), None)
    return match[1].lower() if match else ""


def _has_figures(table: SourceTable, row: int, labels: Sequence[int]) -> bool:
    cells = [cell for at, cell in enumerate(table.rows[row]) if at not in labels and not is_blank(cell)]
    return sum(1 for cell in cells if number_of(cell) is not None) >= 2

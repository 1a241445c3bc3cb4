"""What an import would do, as a person decides on it: rows with their fields, old and new, doubts and questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import Param
from shnor_desktop.domain.log import ChangeRequest
from shnor_desktop.importers.school_tables import Doubt, TableKind
from shnor_desktop.system.wording import phrase

Choice = Mapping[str, Collection[str]]
"""By the key of a row: the fields that are to be taken."""
RESULT_KINDS = tuple(kind for kind in TableKind if kind.is_result or kind is TableKind.EXAMS)
"""What fills the results."""
F1 = "f1"
"""The kind of «Ф1 Индивидуальные результаты», which has a reader of its own."""


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """A field that changes. `is_offered` says whether it is ticked at first; a key is always taken with its row."""

    field: str
    caption: str
    value: WireValue
    old: str
    new: str
    is_offered: bool = True
    note: str = ""
    is_key: bool = False

    @property
    def replaces(self) -> bool:
        """Whether something else stands there now."""
        return bool(self.old)


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of an entity that changes, or that is there already. `needs` is a row that has to be taken with it."""

    entity: str
    row: str
    title: str
    place: str
    is_new: bool
    cells: tuple[PlannedCell, ...] = ()
    notes: tuple[str, ...] = ()
    stops: str = ""
    needs: str = ""
    extra: tuple[ChangeRequest, ...] = ()
    dataset: bytes | None = None
    key: str = ""

    @property
    def changes(self) -> bool:
        """Whether there is anything to take."""
        return bool(self.cells or self.extra or self.is_new)

    @property
    def is_offered(self) -> bool:
        """Whether it is ticked at first."""
        if self.stops or not self.changes:
            return False
        return self.is_new or bool(self.extra) or any(cell.is_offered for cell in self.cells)

    @property
    def words(self) -> str:
        """What becomes of it, in a phrase."""
        if not self.changes:
            return "уже есть, без изменений"
        if self.is_new:
            return "будет добавлено"
        replaced = sum(1 for cell in self.cells if cell.replaces)
        return "изменится" if replaced else "будет дополнено"


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A question about a table: its place in the file, the name of the answer, the words, and what may be answered."""

    table: int
    name: str
    caption: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything that the import of a file would do; nothing is written yet."""

    file: str
    kinds: tuple[str, ...]
    rows: tuple[PlannedRow, ...]
    notes: tuple[str, ...] = ()
    questions: tuple[AskedOf, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Whether everything in the file is there already."""
        return not self.questions and not any(row.changes for row in self.rows)

    @property
    def captions(self) -> str:
        """What was recognised: «Статистика по отметкам, Список педагогов»."""
        return ", ".join(dict.fromkeys(kind_caption(kind) for kind in self.kinds))


def kind_caption(kind: str | TableKind) -> str:
    """A kind of table in words."""
    return phrase(f"table_kind.{kind}")


def meaning_caption(kind: TableKind, meaning: str) -> str:
    """What a column holds, in words."""
    own = f"table_column.{kind}.{meaning}"
    found = phrase(own)
    return found if found != own else phrase(f"table_column.{meaning}")


def doubt_words(doubt: Doubt) -> str:
    """A doubt in words."""
    params: dict[str, Param] = dict(doubt.params)
    return phrase(f"table_doubt.{doubt.code}", **params)

"""The monthly look at the work programmes, and the personal cards of one teacher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import ProgrammeCheckFact, SchoolFacts
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.russian import month_word, plural
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.teaching import WorkProgrammeCheck
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

_KEY = ("teacher", "subject", "school_class")


@dataclass(frozen=True, slots=True)
class MonthOfProgrammes:
    """What the rows of a month say; `before` is the month whose rows this one can be begun from, None for none."""

    month: date
    rows: tuple[ProgrammeCheckFact, ...]
    before: date | None

    @property
    def lagging(self) -> tuple[ProgrammeCheckFact, ...]:
        """Rows with fewer lessons than planned."""
        return tuple(row for row in self.rows if row.lag)

    @property
    def words(self) -> str:
        """«Отстают 2 из 14, всего 5 ч; без причины 1»."""
        if not self.rows:
            return ""
        late = self.lagging
        unfilled = sum(1 for row in self.rows if row.planned is None or row.held is None)
        parts = []
        if late:
            unexplained = sum(1 for row in late if not (row.reason or "").strip())
            hours = sum(row.lag for row in late)
            parts.append(f"отстают {len(late)} из {len(self.rows)}, всего {hours} ч")
            parts += [f"без причины {unexplained}"] if unexplained else []
        elif unfilled < len(self.rows):
            parts.append("отставания нет")
        parts += [f"не заполнено {unfilled}"] if unfilled else []
        said = "; ".join(parts)
        return f"{said[:1].upper()}{said[1:]}."


def month_of(facts: SchoolFacts, month: date) -> MonthOfProgrammes:
    """The rows of a month, and the newest month before it that has any."""
    first = month.replace(day=1)
    earlier = {row.month.replace(day=1) for row in facts.programme_checks if row.month and row.month < first}
    rows = tuple(row for row in facts.programme_checks if row.month and row.month.replace(day=1) == first)
    return MonthOfProgrammes(first, rows, max(earlier, default=None))


def months_of(facts: SchoolFacts) -> tuple[date, ...]:
    """Months to choose from, in order: those with rows, and the one that runs."""
    known = {row.month.replace(day=1) for row in facts.programme_checks if row.month}
    return tuple(sorted(known | {facts.as_of.replace(day=1)}))


def month_title(month: date) -> str:
    """«апрель 2024»."""
    return f"{month_word(month.month)} {month.year}"


def begin_month(workspace: Workspace, month: date) -> Done:
    """The rows of a month from teachers, subjects and classes of the newest month before it; what is there stays.

    KnownError teaching.no_earlier_month, teaching.month_is_there.
    """
    facts = read_facts(workspace)
    found = month_of(facts, month)
    if found.before is None:
        raise KnownError("teaching.no_earlier_month", month=month_title(found.month))
    alive = {
        "teacher": {item.id for item in facts.staff},
        "school_class": {item.id for item in facts.classes},
    }
    there = {tuple(getattr(row, name) for name in _KEY) for row in found.rows}
    info, requests, count = info_of(WorkProgrammeCheck), list[ChangeRequest](), 0
    for row in month_of(facts, found.before).rows:
        key = tuple(getattr(row, name) for name in _KEY)
        if key in there or any(getattr(row, name) not in rows for name, rows in alive.items()):
            continue
        values = {"month": found.month.isoformat(), **dict(zip(_KEY, key, strict=True))}
        new = records.row_id_for(workspace, info, values)
        requests.append(Restore(info.log_name, new))
        requests += [Set(info.log_name, new, name, value) for name, value in values.items()]
        count += 1
    if not count:
        raise KnownError("teaching.month_is_there", month=month_title(found.month))
    operation = f"начат месяц рабочих программ: {plural(count, 'строка', 'строки', 'строк')}"
    batch = workspace.write(requests, operation)
    return Done(operation, batch=batch.name if batch else "")

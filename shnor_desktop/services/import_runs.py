"""The log of import runs: when, who, from where, what became of each file; a run can be taken back.

It is a memory of this copy: kind `import_run` holds a run without its files, `import_run_files` the files of one by
the same id, so that a list of runs reads little. The id begins with the moment, so that runs sort.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.arrivals import undo_import
from shnor_desktop.services.import_survey import Watch, unwatched
from shnor_desktop.services.kept_values import kept_json, kept_value
from shnor_desktop.services.verdicts import VerdictCode
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.lock import this_holder
from shnor_desktop.system.wording import Message, explain

KIND, FILES_KIND = "import_run", "import_run_files"
_MOST_RUNS = 300
"""Elder ones are let go: the journal of packages itself keeps every import."""
_TAKEN = frozenset({VerdictCode.ACCEPTED, VerdictCode.ACCEPTED_WITH_REMARKS, VerdictCode.OLDER})


class RunState(StrEnum):
    """Where a run stands."""

    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELLED = "cancelled"
    STOPPED = "stopped"
    UNDONE = "undone"

    @property
    def caption(self) -> str:
        """The state in a word."""
        return _STATES[self]


_STATES = {
    RunState.UNDER_WAY: "не закончен",
    RunState.DONE: "закончен",
    RunState.CANCELLED: "прерван",
    RunState.STOPPED: "остановлен: хранилище не записывалось",
    RunState.UNDONE: "отменён",
}


@dataclass(frozen=True, slots=True)
class RunLine:
    """A file of a run; `package` is the id of its line in the journal."""

    file: str
    code: str
    cause: str = ""
    words: str = ""
    school: str = ""
    sender: str = ""
    number: int = 0
    package: str = ""
    notes: tuple[str, ...] = ()
    rows: int = 0
    remarks: int = 0
    conflicts: int = 0
    quarantined: str = ""
    answer: str = ""

    @property
    def verdict(self) -> VerdictCode:
        """The code as the enumeration has it."""
        return VerdictCode(self.code)


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One run; `undone` are packages whose import was taken back since."""

    id: str
    began_at: str
    who: str
    place: str
    state: str
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many files have each verdict, by its code."""
    undone: tuple[str, ...] = ()
    lines: tuple[RunLine, ...] = ()
    """The files; empty in a list of runs."""
    is_kept: bool = True
    """False while nothing of it is in the store."""

    @property
    def taken(self) -> tuple[RunLine, ...]:
        """The files that can be taken back, in the order in which they came."""
        gone = set(self.undone)
        return tuple(line for line in self.lines if line.verdict in _TAKEN and line.package not in gone)

    @property
    def bad(self) -> tuple[RunLine, ...]:
        """The files that were not taken in."""
        return tuple(line for line in self.lines if not line.verdict.is_fine)


@dataclass(frozen=True, slots=True)
class UndoneRun:
    """What became of the wish to take a run back."""

    undone: tuple[RunLine, ...]
    refused: tuple[tuple[RunLine, Message], ...]


def begin(workspace: Workspace, place: str) -> ImportRun:
    """A run that begins now; nothing is written before something came of it."""
    moment = iso_utc(workspace.clock.now())
    name = f"{moment.replace(':', '-')}-{secrets.token_hex(3)}"
    return ImportRun(name, moment, this_holder().user, place, RunState.UNDER_WAY.value, is_kept=False)


def counted(log: ImportRun, lines: Sequence[RunLine], state: RunState, identifier: str = "") -> ImportRun:
    """A run with its files."""
    counts = Counter(line.code for line in lines)
    found = dict(sorted(counts.items()))
    return replace(log, id=identifier or log.id, lines=tuple(lines), state=state.value, counts=found)


def note(workspace: Workspace, log: ImportRun, lines: Sequence[RunLine], state: RunState) -> ImportRun:
    """Keep how far a run is. One that took nothing in and put nothing into quarantine leaves the store as it was."""
    log = counted(log, lines, state)
    if not log.taken and not any(line.quarantined for line in lines):
        return log
    try:
        with workspace.writing() as transaction:
            transaction.records.keep(KIND, log.id, _head(log))
            transaction.records.keep(FILES_KIND, log.id, kept_json(log.lines))
            for old in sorted(transaction.records.kept(KIND))[:-_MOST_RUNS]:
                transaction.records.drop(KIND, old)
                transaction.records.drop(FILES_KIND, old)
    except KnownError:
        return replace(log, is_kept=False)
    return replace(log, is_kept=True)


def runs(workspace: Workspace) -> list[ImportRun]:
    """Every run without its files, newest first."""
    with workspace.reading() as reader:
        bodies = reader.records.kept(KIND)
    return [kept_value(body, ImportRun) for _, body in sorted(bodies.items(), reverse=True)]


def run_of(workspace: Workspace, identifier: str) -> ImportRun:
    """A run with its files, by its id or by a beginning that only it has; KnownError bench.no_such_run."""
    with workspace.reading() as reader:
        known = reader.records.kept(KIND)
        names = [name for name in known if name == identifier] or [
            name for name in known if identifier and name.startswith(identifier)
        ]
        if len(names) != 1:
            raise KnownError("bench.no_such_run", run=identifier)
        files = reader.records.kept_one(FILES_KIND, names[0]) or "[]"
    return replace(kept_value(known[names[0]], ImportRun), lines=tuple(kept_value(files, list[RunLine])))


def package_of(workspace: Workspace, start: str) -> str:
    """The one package that came here and whose id begins so; empty where none or several do."""
    with workspace.reading() as reader:
        found = [one.id for one in reader.records.packages() if one.direction == "in" and one.id.startswith(start)]
    return found[0] if len(found) == 1 and start else ""


def undo_run(workspace: Workspace, identifier: str, watch: Watch = unwatched) -> UndoneRun:
    """Take every import of a run back, the last one first.

    What later work depends on stays and is named, with the reason; the rest of the run is taken back.
    """
    log = run_of(workspace, identifier)
    taken = tuple(reversed(log.taken))
    undone: list[RunLine] = []
    refused: list[tuple[RunLine, Message]] = []
    for at, line in enumerate(taken):
        if not watch(at, len(taken), line.sender or line.file):
            break
        try:
            undo_import(workspace, line.package)
        except KnownError as error:
            if error.code.startswith("store."):
                _remember_undone(workspace, log, undone)
                raise
            if error.code != "package.not_in_journal":  # taken back by hand before
                refused.append((line, explain(error)))
                continue
        undone.append(line)
    _remember_undone(workspace, log, undone)
    return UndoneRun(tuple(undone), tuple(refused))


def _remember_undone(workspace: Workspace, log: ImportRun, undone: Sequence[RunLine]) -> None:
    if not undone:
        return
    found = replace(log, undone=(*log.undone, *(line.package for line in undone)))
    if not found.taken:
        found = replace(found, state=RunState.UNDONE.value)
    with workspace.writing() as transaction:
        transaction.records.keep(KIND, found.id, _head(found))


def _head(log: ImportRun) -> str:
    return kept_json(replace(log, lines=(), is_kept=True))

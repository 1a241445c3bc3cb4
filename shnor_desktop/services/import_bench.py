"""The import bench: a folder of packages is rehearsed, taken in, and noted in a log that can be taken back.

A rehearsal does everything that the real run would do, in units of work that are rolled back, so that it gives the
same verdicts and nothing is written. Packages that have nothing in common are rehearsed apart: the store is held for
moments, and a thousand packages need no more room than the largest family of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.package_json import SCHOOL_PACKAGE
from shnor_desktop.services import import_runs, quarantine
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.import_runs import ImportRun, RunLine, RunState
from shnor_desktop.services.import_survey import Surveyed, Watch, related, survey, unwatched
from shnor_desktop.services.packages import export_receipt
from shnor_desktop.services.verdicts import Verdict, VerdictCode
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.system.wording import Message, explain

NOTE_NEWER_BESIDE = "bench.note_newer_beside"
_SAVE_EVERY = 25


class HowEnded(StrEnum):
    """Why a run came to its end."""

    DONE = "done"
    CANCELLED = "cancelled"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Judged:
    """A file with its verdict; what became of it beside that."""

    file: Path
    verdict: Verdict
    place: int = 0
    """Which of the files that were given it is."""
    quarantined: str = ""
    """The id of the entry in quarantine, where it was put there."""
    answer: str = ""
    """The receipt that was written for it."""
    trouble: Message | None = None
    """Why it could not be put into quarantine, or no receipt be written."""


@dataclass(frozen=True, slots=True)
class BenchResult:
    """What came out: verdicts in the order in which the files were taken, and the files that were not reached."""

    judged: tuple[Judged, ...]
    left: tuple[Path, ...] = ()
    ended: HowEnded = HowEnded.DONE
    reason: Message | None = None
    """Why the run stopped before its end: no room, no right to write, a lock."""
    run: str = ""
    """The id of its log; empty after a rehearsal, and where nothing was written."""

    def count(self, *codes: VerdictCode) -> int:
        """How many files have one of these verdicts."""
        return sum(1 for one in self.judged if one.verdict.code in codes)

    @property
    def is_fine(self) -> bool:
        """Whether no file is at fault and none was left."""
        return self.ended is HowEnded.DONE and all(one.verdict.code.is_fine for one in self.judged)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run treats its files. `trust` is a fingerprint that a person has compared by phone."""

    trust: str = ""
    quarantine: Path | None = None
    """Where bad files go; None is the folder beside the store."""
    keeps_bad: bool = True
    moves: bool = False
    """Bad files are moved into the quarantine, not copied; they are the only ones that the run touches."""
    answers: Path | None = None
    """Where a receipt is written for every school whose package was accepted."""
    place: str = ""
    """The folder as the log names it."""


def rehearse(workspace: Workspace, files: Sequence[Path], watch: Watch = unwatched, trust: str = "") -> BenchResult:
    """Judge every file as `run` would, and write nothing."""
    ordered = survey(workspace, files, _first_half(watch))
    if ordered is None:
        return BenchResult((), tuple(files), HowEnded.CANCELLED)
    judged: dict[int, Judged] = {}
    for group in related(ordered):
        try:
            with workspace.store.rehearsing():
                ended = _rehearse_group(workspace, group, trust, judged, len(ordered), watch)
        except KnownError as error:
            return _ended(ordered, judged, HowEnded.STOPPED, explain(error))
        workspace.forget_grant()
        if ended is not None:
            return _ended(ordered, judged, *ended)
    return _ended(ordered, judged, HowEnded.DONE)


def _rehearse_group(
    workspace: Workspace, group: Sequence[Surveyed], trust: str, judged: dict[int, Judged], total: int, watch: Watch
) -> tuple[HowEnded, Message | None] | None:
    steps = list(workspace.undo_stack.done), list(workspace.undo_stack.undone)
    try:
        for one, verdict in _each(workspace, group, trust):
            if _is_stop(verdict):
                return HowEnded.STOPPED, verdict.message
            judged[one.place] = Judged(one.file, verdict, one.place)
            if not watch(total + len(judged), 2 * total, one.file.name):
                return HowEnded.CANCELLED, None
        return None
    finally:
        workspace.undo_stack.done[:], workspace.undo_stack.undone[:] = steps


def run(
    workspace: Workspace, files: Sequence[Path], options: RunOptions | None = None, watch: Watch = unwatched
) -> BenchResult:
    """Take every file in, one unit of work each; between two of them it can be stopped and nothing is half done.

    A store that cannot be written any more ends the run: what was done stays and is in the log.
    """
    options = options or RunOptions()
    ordered = survey(workspace, files, _first_half(watch))
    if ordered is None or (ordered and not watch(len(ordered), 2 * len(ordered), ordered[0].file.name)):
        return BenchResult((), tuple(files), HowEnded.CANCELLED)
    log = import_runs.begin(workspace, options.place or _place(files))
    judged: dict[int, Judged] = {}
    ended: tuple[HowEnded, Message | None] = HowEnded.DONE, None
    for one, verdict in _each(workspace, ordered, options.trust):
        if _is_stop(verdict):
            ended = HowEnded.STOPPED, verdict.message
            break
        judged[one.place] = _settled(workspace, one, verdict, options)
        if len(judged) % _SAVE_EVERY == 0:
            log = _noted(workspace, log, judged, RunState.UNDER_WAY)
        if len(judged) < len(ordered) and not watch(len(ordered) + len(judged), 2 * len(ordered), one.file.name):
            ended = HowEnded.CANCELLED, None
            break
    log = _noted(workspace, log, judged, RunState(ended[0].value))
    return replace(_ended(ordered, judged, *ended), run=log.id if log.is_kept else "")


def _each(workspace: Workspace, ordered: Sequence[Surveyed], trust: str) -> Iterator[tuple[Surveyed, Verdict]]:
    """Each file with its verdict, taken in on the way."""
    first: dict[str, tuple[Path, Verdict]] = {}
    for one in ordered:
        twin = first.get(one.package) if one.package else None
        if one.refusal is not None:
            verdict = one.refusal
        elif twin is not None:
            verdict = _of_twin(one.file, *twin)
        else:
            verdict = import_package(workspace, one.file, trust)
            first[one.package] = one.file, verdict
            if one.has_newer and verdict.code.is_fine and verdict.code is not VerdictCode.ALREADY_HERE:
                verdict = replace(verdict, notes=(*verdict.notes, NOTE_NEWER_BESIDE))
        yield one, verdict


def _of_twin(file: Path, first: Path, verdict: Verdict) -> Verdict:
    """The verdict on a copy of a file that was judged before it in the same batch."""
    if not verdict.code.is_fine:
        return replace(verdict, file=file.name)
    error = KnownError("bench.twin", file=file.name, other=first.name)
    bare = replace(verdict, code=VerdictCode.ALREADY_HERE, message=explain(error), cause=error.code)
    return replace(bare, file=file.name, notes=(), details=(), changed=type(verdict.changed)())


def _is_stop(verdict: Verdict) -> bool:
    """Whether the store itself refuses: no other file would fare better."""
    return verdict.code is VerdictCode.NOT_STORED


def _settled(workspace: Workspace, one: Surveyed, verdict: Verdict, options: RunOptions) -> Judged:
    """Put a bad file into quarantine, answer an accepted one."""
    file, found = one.file, Judged(one.file, verdict, one.place)
    try:
        if not verdict.code.is_fine and options.keeps_bad and quarantine.is_kept(verdict):
            entry = quarantine.put(workspace, file, verdict, options.quarantine, move=options.moves)
            return replace(found, quarantined=entry.id)
        if options.answers is not None and _is_answered(workspace, verdict):
            return replace(found, answer=str(export_receipt(workspace, verdict.school, options.answers).path))
    except KnownError as error:
        return replace(found, trouble=explain(error))
    except OSError as error:
        known = KnownError("bench.folder_refused", file=file.name, reason=error.strerror or "")
        return replace(found, trouble=explain(known))
    return found


def _is_answered(workspace: Workspace, verdict: Verdict) -> bool:
    accepted = verdict.code in (VerdictCode.ACCEPTED, VerdictCode.ACCEPTED_WITH_REMARKS)
    return accepted and verdict.kind == SCHOOL_PACKAGE and workspace.kind is StoreKind.MUNICIPAL


def _noted(workspace: Workspace, log: ImportRun, judged: dict[int, Judged], state: RunState) -> ImportRun:
    return import_runs.note(workspace, log, [line_of(one) for one in judged.values()], state)


def line_of(one: Judged) -> RunLine:
    """A judged file as the log keeps it."""
    verdict = one.verdict
    return RunLine(
        file=str(one.file),
        code=verdict.code.value,
        cause=verdict.cause,
        words=verdict.message.text,
        school=verdict.school,
        sender=verdict.sender,
        number=verdict.number,
        package=verdict.package,
        notes=verdict.note_words,
        rows=verdict.changed.rows,
        remarks=verdict.changed.remarks,
        conflicts=verdict.changed.conflicts,
        quarantined=one.quarantined,
        answer=one.answer,
    )


def _ended(
    ordered: Sequence[Surveyed], judged: dict[int, Judged], ended: HowEnded, reason: Message | None = None
) -> BenchResult:
    found = tuple(judged[one.place] for one in ordered if one.place in judged)
    left = tuple(one.file for one in ordered if one.place not in judged)
    return BenchResult(found, left, ended, reason)


def _first_half(watch: Watch) -> Watch:
    return lambda done, total, words: watch(done, 2 * total, words)


def _place(files: Sequence[Path]) -> str:
    """The folder of the files, where it is one."""
    folders = {str(file.parent) for file in files}
    return folders.pop() if len(folders) == 1 else ""

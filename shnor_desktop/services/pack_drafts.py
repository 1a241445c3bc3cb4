"""The draft of a methodology on a desk: every step of it is on disk at once, and can be undone after a restart too.

A draft is plain data that may be faulty. Each step keeps the whole of it, packed, under its own hash: a step that was
written is a step that is there, whatever happens to the program.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.metrics import known_metric_names
from shnor_desktop.methodologies.examining import Examined, examine
from shnor_desktop.services import pack_shelf
from shnor_desktop.services.pack_structure import Plain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.records import LocalRecords

_META = "methodology_draft"
_MOST_STEPS = 100
_STEP = "draft"


@dataclass(frozen=True, slots=True)
class _Step:
    blob: str
    words: str


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps of a draft and how many of them count; `base` is the version that it was copied from."""

    base: str
    steps: tuple[_Step, ...]
    at: int

    @property
    def blob(self) -> str:
        """The bytes as they are now."""
        return self.steps[self.at].blob


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft as it stands: its data, what they make, its faults, the steps that can be undone and done again."""

    base: Pack
    plain: Plain
    examined: Examined
    undo_words: str
    redo_words: str

    @property
    def title(self) -> str:
        """How the methodology is called in it."""
        return str(self.plain.get("title") or self.plain.get("id") or "")


def read_draft(workspace: Workspace) -> Draft | None:
    """The draft of this desk, None where there is none."""
    with workspace.reading() as reader:
        state = _read(reader.records)
        data = reader.records.blob("", state.blob) if state else None
    base = workspace.version(state.base) if state else None
    if state is None or data is None or base is None:
        return None
    plain, examined = _opened(data)
    undo_words = state.steps[state.at].words if state.at else ""
    redo_words = state.steps[state.at + 1].words if state.at + 1 < len(state.steps) else ""
    return Draft(base, plain, examined, undo_words, redo_words)


def begin(workspace: Workspace, base: str, plain: Plain) -> None:
    """Begin a draft with these data; KnownError pack_editing.draft_exists where there is one."""
    there = read_draft(workspace)
    if there is not None:
        raise KnownError("pack_editing.draft_exists", title=there.title)
    with workspace.writing() as transaction:
        blob = transaction.records.put_blob("", pack_shelf.DRAFT_KIND, _packed(plain))
        _write(transaction.records, _Steps(base, (_Step(blob, ""),), 0))


def change(workspace: Workspace, words: str, edit: Callable[[Plain], Plain]) -> bool:
    """Do one step: `edit` gives the changed data. False when it changes nothing. KnownError pack_editing.no_draft."""
    with workspace.writing() as transaction:
        records = transaction.records
        state = _require(records)
        data = records.blob("", state.blob)
        if data is None:
            raise KnownError("pack_editing.no_draft")
        changed = _packed(edit(_opened(data)[0]))
        if changed == data:
            return False
        blob = records.put_blob("", pack_shelf.DRAFT_KIND, changed)
        steps = [*state.steps[: state.at + 1], _Step(blob, words)]
        dropped = max(0, len(steps) - _MOST_STEPS)
        _write(records, replace(state, steps=tuple(steps[dropped:]), at=len(steps) - dropped - 1))
    workspace.undo_stack.done.append(f"{_STEP}:{state.blob}:{blob}")
    workspace.undo_stack.undone.clear()
    return True


def undo(workspace: Workspace) -> str:
    """Take back the newest step; its words, empty when there is none."""
    return _move(workspace, -1)


def redo(workspace: Workspace) -> str:
    """Do again what was taken back; its words, empty when there is nothing."""
    return _move(workspace, 1)


def discard(workspace: Workspace) -> None:
    """Let the draft go with all its steps."""
    with workspace.writing() as transaction:
        clear(transaction.records)


def clear(records: LocalRecords) -> None:
    """The same inside a transaction that does more."""
    records.set_meta(_META, "")
    for blob, kind in records.blobs(""):
        if kind == pack_shelf.DRAFT_KIND:
            records.remove_blob("", blob)


def is_step(step: str) -> bool:
    """Whether a step of the undo stack is one of the draft."""
    return step.startswith(f"{_STEP}:")


def step_words(workspace: Workspace, step: str) -> str:
    """The name of such a step for the status line; empty when it stands in the draft no more."""
    _, old, new = step.split(":")
    with workspace.reading() as reader:
        state = _read(reader.records)
    found = [one.words for one in state.steps if one.blob in (old, new) and one.words] if state else []
    return f"методика: {found[-1]}" if found else ""


def take_back(workspace: Workspace, step: str) -> str:
    """Go back over a step of the draft; the name of the inverse step, empty where the draft stands elsewhere."""
    _, old, new = step.split(":")
    with workspace.reading() as reader:
        state = _read(reader.records)
    if state is None or state.blob != new:
        return ""
    for by in (-1, 1):
        if 0 <= state.at + by < len(state.steps) and state.steps[state.at + by].blob == old:
            _move(workspace, by)
            return f"{_STEP}:{new}:{old}"
    return ""


def _move(workspace: Workspace, by: int) -> str:
    with workspace.writing() as transaction:
        state = _require(transaction.records)
        to = state.at + by
        if not 0 <= to < len(state.steps):
            return ""
        _write(transaction.records, replace(state, at=to))
    return state.steps[max(to, state.at)].words


def _require(records: LocalRecords) -> _Steps:
    state = _read(records)
    if state is None:
        raise KnownError("pack_editing.no_draft")
    return state


def _read(records: LocalRecords) -> _Steps | None:
    text = records.meta(_META)
    if not text:
        return None
    found = json.loads(text)
    return _Steps(found["base"], tuple(_Step(**one) for one in found["steps"]), found["at"])


def _write(records: LocalRecords, state: _Steps) -> None:
    """Keep the steps; bytes that no step names any more go."""
    records.set_meta(_META, json.dumps(asdict(state), ensure_ascii=False, sort_keys=True))
    named = {one.blob for one in state.steps}
    for blob, kind in records.blobs(""):
        if kind == pack_shelf.DRAFT_KIND and blob not in named:
            records.remove_blob("", blob)


def _packed(plain: Plain) -> bytes:
    return zlib.compress(canonical_json(plain), 1)


@lru_cache(maxsize=8)
def _opened(data: bytes) -> tuple[Plain, Examined]:
    """The plain data of a step, examined; what is given is never changed by who gets it."""
    plain = parse_canonical(zlib.decompress(data))
    if not isinstance(plain, dict):
        raise BugError("a draft is a table")
    return plain, examine(plain, known_metric_names())

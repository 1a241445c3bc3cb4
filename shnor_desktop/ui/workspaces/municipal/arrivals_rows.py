"""Verdicts, files in quarantine and runs as rows of tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.russian import short_date
from shnor_desktop.services.arrival_words import change_words
from shnor_desktop.services.import_bench import Judged
from shnor_desktop.services.import_runs import ImportRun, RunLine, RunState
from shnor_desktop.services.quarantine import Quarantined
from shnor_desktop.services.verdicts import VerdictCode
from shnor_desktop.ui.theme import Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.table import Column, Row
from shnor_desktop.ui.widgets.table_model import RowState

JUDGED = [
    Column("file", "Файл", 24, stretches=True, least=18),
    Column("school", "Отправитель", 22),
    Column("number", "№", 5, is_number=True),
    Column("verdict", "Вердикт", 24),
    Column("change", "Что изменится", 26),
]
KEPT = [
    Column("file", "Файл", 26, stretches=True, least=18),
    Column("school", "Отправитель", 24),
    Column("verdict", "Вердикт", 24),
    Column("put", "Положен", 15),
]
RUNS = [
    Column("began", "Когда", 14),
    Column("place", "Откуда", 24, stretches=True, least=16),
    Column("taken", "Принято", 9, is_number=True),
    Column("bad", "Не принято", 11, is_number=True),
    Column("state", "Состояние", 20),
    Column("who", "Кто", 12),
]
FILES = [
    Column("file", "Файл", 28, stretches=True, least=18),
    Column("school", "Отправитель", 24),
    Column("verdict", "Вердикт", 22),
]
_STATES = {
    VerdictCode.ACCEPTED: (RowState.DONE, Tone.LOW),
    VerdictCode.ACCEPTED_WITH_REMARKS: (RowState.WARNING, Tone.MEDIUM),
    VerdictCode.ALREADY_HERE: (RowState.NONE, Tone.MUTED),
    VerdictCode.OLDER: (RowState.NONE, Tone.MUTED),
}
_TAKEN = ("accepted", "accepted_with_remarks")


def state_of(code: VerdictCode) -> tuple[RowState, Tone]:
    """The sign and the colour of a verdict."""
    return _STATES.get(code, (RowState.ERROR, Tone.HIGH))


def flowing(buttons: Sequence[Button]) -> QWidget:
    """Buttons in a row that breaks where the window is narrow."""
    row = QWidget()
    flow = FlowLayout(row)
    set_gaps(flow, 0.5)
    for button in buttons:
        flow.addWidget(button)
    return row


def judged_row(one: Judged, *, is_rehearsal: bool) -> Row:
    """A file with its verdict; its id is its place among the files."""
    verdict = one.verdict
    state, tone = state_of(verdict.code)
    will_be = "будет " if is_rehearsal and verdict.code.value in _TAKEN else ""
    words = f"{will_be}{verdict.code.caption}"
    cells = (verdict.file, verdict.sender, str(verdict.number or ""), words, change_words(verdict))
    keys = (verdict.file.casefold(), verdict.sender.casefold(), verdict.number, cells[3], verdict.changed.rows)
    return Row(str(one.place), cells, keys, state, {"verdict": tone}, verdict.message.text)


def kept_row(entry: Quarantined) -> Row:
    """A file in quarantine."""
    state = RowState.WAITING if entry.waits_for_call else RowState.ERROR
    cells = (entry.file, entry.sender, entry.verdict.caption, moment_words(entry.put_at))
    return Row(entry.id, cells, (*cells[:3], entry.put_at), state, {"verdict": Tone.HIGH}, entry.what)


def run_row(run: ImportRun) -> Row:
    """A run."""
    taken = sum(run.counts.get(code, 0) for code in _TAKEN)
    bad = sum(count for code, count in run.counts.items() if not VerdictCode(code).is_fine)
    state = RunState(run.state).caption
    cells = (moment_words(run.began_at), run.place, str(taken), str(bad or "—"), state, run.who)
    return Row(run.id, cells, (run.began_at, run.place, taken, bad, state, run.who))


def line_row(at: int, line: RunLine, undone: frozenset[str]) -> Row:
    """A file of a run."""
    state, tone = state_of(line.verdict)
    words = f"{line.verdict.caption}, приём отменён" if line.package in undone else line.verdict.caption
    return Row(str(at), (Path(line.file).name, line.sender, words), (), state, {"verdict": tone}, line.words)


def moment_words(moment: str) -> str:
    """«22.11.2026 08:15»."""
    there = parse_utc(moment).astimezone()
    return f"{short_date(there.date())} {there:%H:%M}"

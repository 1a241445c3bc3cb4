"""The results of a school as the page shows them: one line a sheet, and a sheet opened with its tasks and classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shnor_desktop.domain.methodology import ResultReading, SampleSizes
from shnor_desktop.domain.result_reading import judged_task, sample_caution
from shnor_desktop.domain.results import MarkSummary, Share, aggregate
from shnor_desktop.domain.results_dataset import dataset_from_bytes
from shnor_desktop.domain.russian import number, share
from shnor_desktop.domain.school_subjects import EGE_BASE
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.results import ResultSheet, ResultTask
from shnor_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One procedure in one subject and grade, as a row of the table."""

    id: str
    procedure: str
    subject: str
    grade: int | None
    year: int | None
    participants: int | None
    marks: Mapping[int, int | None]
    below_minimum: Share
    quality: Share
    mean_score: Decimal | None
    max_score: int | None
    source: str
    is_imported: bool
    caution: str
    """What a small number of participants means for the shares; empty where they are enough."""

    @property
    def title(self) -> str:
        """«ВПР, математика, 5 класс, 2024 г.»."""
        parts = (self.procedure, self.subject, f"{self.grade} класс", f"{self.year} г.")
        return ", ".join(part for part in parts if part and "None" not in part)

    @property
    def below_shown(self) -> str:
        """«6 из 21 (28,6 %)»; empty while nothing is known."""
        return share(self.below_minimum.part, self.below_minimum.whole) if self.below_minimum.whole else ""

    @property
    def quality_shown(self) -> str:
        """«9 из 21 (42,9 %)»; empty while nothing is known."""
        return share(self.quality.part, self.quality.whole) if self.quality.whole else ""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """Marks of the paper against those of the class register."""

    n: int
    lowered: Share
    confirmed: Share
    raised: Share


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task: how much of the points that could be had were had. `is_weak` by the borders of ФИОКО 2026."""

    code: str
    difficulty: str
    max_score: int | None
    attempts: int | None
    percent: Decimal | None
    verdict: str

    @property
    def is_weak(self) -> bool:
        """Whether the task was done insufficiently."""
        return self.verdict == "недостаточно"


@dataclass(frozen=True, slots=True)
class SheetDetail:
    """A sheet opened. `journal` is None without register marks; classes and scores come from the dataset, if any."""

    line: SheetLine
    mean_mark: str
    journal: JournalLine | None
    tasks: tuple[TaskLine, ...]
    """From the least done to the best."""
    classes: Mapping[str, MarkSummary]
    primary_scores: Mapping[int, int]

    @property
    def weak_tasks(self) -> tuple[TaskLine, ...]:
        """Tasks that were done insufficiently."""
        return tuple(task for task in self.tasks if task.is_weak)


def sheets(workspace: Workspace, school: str | None = None) -> tuple[SheetLine, ...]:
    """All results of a school: the newest year first, then by procedure, grade and subject."""
    with workspace.reading() as reader:
        found = reader.rows(ResultSheet, school or workspace.school)
    samples = _samples(workspace)
    lines = [_line(sheet, samples) for sheet in found]
    return tuple(sorted(lines, key=lambda line: (-(line.year or 0), line.procedure, line.grade or 0, line.subject)))


def sheet_detail(workspace: Workspace, sheet_id: str, school: str | None = None) -> SheetDetail | None:
    """One sheet with its tasks; None when it is not there."""
    with workspace.reading() as reader:
        sheet = reader.row(ResultSheet, sheet_id, school or workspace.school)
        if sheet is None or sheet.hidden:
            return None
        tasks = [task for task in reader.rows(ResultTask, sheet.school_id) if task.sheet == sheet_id]
        data = reader.records.blob(sheet.school_id, sheet.dataset) if sheet.dataset else None
    parts = aggregate(dataset_from_bytes(data)) if data is not None else None
    rules = workspace.pack.result_reading
    return SheetDetail(
        line=_line(sheet, _samples(workspace)),
        mean_mark=_mean_mark(sheet),
        journal=_journal(sheet),
        tasks=tuple(
            sorted(
                (_task(task, rules) for task in tasks),
                key=lambda task: (task.percent is None, task.percent or 0, task.code),
            )
        ),
        classes=parts.classes if parts is not None else {},
        primary_scores=parts.primary_scores if parts is not None else {},
    )


def _samples(workspace: Workspace) -> SampleSizes:
    rules = workspace.pack.result_reading
    return rules.samples if rules is not None else SampleSizes()


def _line(sheet: ResultSheet, samples: SampleSizes) -> SheetLine:
    fields = info_of(ResultSheet).fields
    marks = {2: sheet.mark_2, 3: sheet.mark_3, 4: sheet.mark_4, 5: sheet.mark_5}
    participants = sheet.participants or 0
    is_known = bool(participants) and None not in marks.values()
    whole = participants if is_known else 0
    return SheetLine(
        id=sheet.id,
        procedure=fields["procedure"].choice_caption(sheet.procedure or ""),
        subject=fields["subject"].choice_caption(sheet.subject or ""),
        grade=sheet.grade,
        year=sheet.year,
        participants=sheet.participants,
        marks=marks,
        below_minimum=Share(marks[2] or 0, whole),
        quality=Share((marks[4] or 0) + (marks[5] or 0), whole if _has_marks(sheet) else 0),
        mean_score=sheet.mean_score,
        max_score=sheet.max_score,
        source=sheet.source or "введено вручную",
        is_imported=bool(sheet.dataset),
        caution=sample_caution(participants, samples) if participants else "",
    )


def _has_marks(sheet: ResultSheet) -> bool:
    """Whether its counts are marks: of the ЕГЭ only the base paper in mathematics has them."""
    return sheet.procedure != "ege" or sheet.subject == EGE_BASE


def _mean_mark(sheet: ResultSheet) -> str:
    counts = {2: sheet.mark_2, 3: sheet.mark_3, 4: sheet.mark_4, 5: sheet.mark_5}
    n = sum(count or 0 for count in counts.values())
    if not n or not _has_marks(sheet):
        return ""
    return number(Decimal(sum(mark * (count or 0) for mark, count in counts.items())) / n, 2)


def _journal(sheet: ResultSheet) -> JournalLine | None:
    if sheet.lowered is None or sheet.confirmed is None or sheet.raised is None:
        return None
    n = sheet.lowered + sheet.confirmed + sheet.raised
    return JournalLine(n, Share(sheet.lowered, n), Share(sheet.confirmed, n), Share(sheet.raised, n)) if n else None


def _task(task: ResultTask, rules: ResultReading | None) -> TaskLine:
    return TaskLine(
        code=task.code or "",
        difficulty=info_of(ResultTask).fields["difficulty"].choice_caption(task.difficulty or ""),
        max_score=task.max_score,
        attempts=task.attempts,
        percent=None if task.percent is None else task.percent.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP),
        verdict=_verdict(task, rules),
    )


def _verdict(task: ResultTask, rules: ResultReading | None) -> str:
    """By the bands of the methodology; nothing is said of a task whose difficulty is not known."""
    if rules is None or task.percent is None or not task.difficulty:
        return ""
    return judged_task(rules, task.percent, task.difficulty)[1]

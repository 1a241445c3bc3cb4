"""Low results: every sheet of the years that count, with its share below the minimum and whether that is low.

A sheet of a small group is never dropped: it counts and says how much one work weighs. Only the pack's own least number
of participants leaves sheets out, and those are named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shnor_desktop.domain.facts import PROCEDURES, SUBJECTS, ResultFact, SchoolFacts
from shnor_desktop.domain.identification.verdicts import Verdict, verdict_of
from shnor_desktop.domain.methodology import Identification
from shnor_desktop.domain.metrics import Missing
from shnor_desktop.domain.russian import plural, share
from shnor_desktop.domain.school_subjects import counted_as
from shnor_desktop.domain.sheet_counts import SheetCounts, all_counts, one_work_words


class SheetStatus(StrEnum):
    """What a sheet adds to the rule."""

    LOW = "low"
    NOT_LOW = "not_low"
    LEFT_OUT = "left_out"
    """Fewer participants than the methodology wants."""
    OTHER = "other"
    """A subject or a procedure that the methodology does not look at."""
    UNREADABLE = "unreadable"
    """Something in it is missing or contradicts itself."""


@dataclass(frozen=True, slots=True)
class SheetJudgement:
    """One procedure in one subject and grade. `reason` says why it is left out or unreadable."""

    counts: SheetCounts
    status: SheetStatus
    reason: str = ""
    caution: str = ""
    """«участников меньше 10: одна работа меняет долю на 12,5 %»; empty for a group that is large enough."""

    @property
    def sheet(self) -> ResultFact:
        """The facts of the sheet."""
        return self.counts.sheet

    @property
    def is_counted(self) -> bool:
        """Whether it speaks for or against."""
        return self.status in (SheetStatus.LOW, SheetStatus.NOT_LOW)

    @property
    def shown(self) -> str:
        """«5 из 12 (41,7 %)»; empty where there is no share."""
        return share(self.counts.below, self.counts.participants) if self.counts.is_sound else ""

    @property
    def words(self) -> str:
        """The sheet with its share and its caution, or with what keeps it out."""
        label = self.sheet.label or "Результат без названия"
        if not self.is_counted:
            return f"{label} — {self.reason}"
        return f"{label} — {self.shown}" + (f"; {self.caution}" if self.caution else "")


@dataclass(frozen=True, slots=True)
class LowResults:
    """The rule of low results over a school's sheets of the years from `first_year` to `last_year`."""

    first_year: int
    last_year: int
    needed: int
    sheets: tuple[SheetJudgement, ...]
    missing: tuple[Missing, ...]
    """What keeps the answer from being final; may be there beside low sheets."""
    verdict: Verdict

    @property
    def low(self) -> tuple[SheetJudgement, ...]:
        """Sheets with a low result."""
        return tuple(item for item in self.sheets if item.status is SheetStatus.LOW)

    @property
    def counted(self) -> tuple[SheetJudgement, ...]:
        """Sheets that speak for or against."""
        return tuple(item for item in self.sheets if item.is_counted)

    @property
    def period(self) -> str:
        """«2023–2024 гг.», «2024 г.»."""
        if self.first_year == self.last_year:
            return f"{self.last_year}\u00a0г."
        return f"{self.first_year}–{self.last_year}\u00a0гг."

    def of_year(self, year: int) -> tuple[int, int]:
        """Participations, and those below the minimum, in the counted sheets of a year."""
        counts = [item.counts for item in self.counted if item.sheet.year == year]
        return sum(one.participants for one in counts), sum(one.below for one in counts)

    @property
    def participants(self) -> int:
        """Participations in all counted sheets."""
        return sum(item.counts.participants for item in self.counted)

    @property
    def below(self) -> int:
        """Participations below the minimum in all counted sheets."""
        return sum(item.counts.below for item in self.counted)


def low_results(rules: Identification, facts: SchoolFacts) -> LowResults:
    """Every sheet of the years that count, judged by the pack's parameters."""
    counts = all_counts(facts.results, facts.as_of)
    last = _last_year(rules, counts, facts.as_of.year)
    first = last - max(rules.years, 1) + 1
    judged = tuple(
        _judge(rules, item)
        for item in counts
        if item.is_future or item.sheet.year is None or first <= item.sheet.year <= last
    )
    unreadable = [item for item in judged if item.status is SheetStatus.UNREADABLE]
    gaps = _gaps(rules, judged, range(first, last + 1))
    low = sum(item.status is SheetStatus.LOW for item in judged)
    needed = max(rules.procedures, 1)
    verdict = verdict_of(low, needed if gaps else len(unreadable), needed)
    missing = (*gaps, *(missing for item in unreadable for missing in item.counts.missing))
    return LowResults(first, last, needed, judged, missing, verdict)


def _last_year(rules: Identification, counts: tuple[SheetCounts, ...], this_year: int) -> int:
    """This year once it has results that count, else the last one."""
    has_results = any(item.sheet.year == this_year and not _other(rules, item) for item in counts)
    return this_year if has_results else this_year - 1


def _judge(rules: Identification, counts: SheetCounts) -> SheetJudgement:
    reason = _other(rules, counts)
    if reason:
        return SheetJudgement(counts, SheetStatus.OTHER, reason)
    if counts.is_future:
        return SheetJudgement(counts, SheetStatus.UNREADABLE, f"не учтён: {counts.problem}")
    if not counts.is_sound:
        return SheetJudgement(counts, SheetStatus.UNREADABLE, counts.problem)
    if counts.participants < rules.minimum_participants:
        people = plural(rules.minimum_participants, "участника", "участников", "участников")
        reason = f"{share(counts.below, counts.participants)}; не учитывается: меньше {people}"
        return SheetJudgement(counts, SheetStatus.LEFT_OUT, reason)
    is_low = counts.share >= rules.share_below_minimum
    status = SheetStatus.LOW if is_low else SheetStatus.NOT_LOW
    return SheetJudgement(counts, status, caution=_caution(rules, counts.participants))


def _other(rules: Identification, counts: SheetCounts) -> str:
    sheet = counts.sheet
    if rules.subjects and sheet.subject and counted_as(sheet.subject) not in rules.subjects:
        return "предмет в методике не учитывается"
    if rules.kinds and sheet.procedure and sheet.procedure not in rules.kinds:
        return "процедура в методике не учитывается"
    return ""


def _caution(rules: Identification, participants: int) -> str:
    if participants >= rules.small_group:
        return ""
    return f"участников меньше {rules.small_group}: {one_work_words(participants)}"


def _gaps(rules: Identification, judged: tuple[SheetJudgement, ...], years: range) -> tuple[Missing, ...]:
    """Years, and subjects of a year, of which nothing was typed: without them nobody can say «no»."""
    found = []
    for year in reversed(years):
        of_year = [item for item in judged if item.sheet.year == year and item.status is not SheetStatus.OTHER]
        typed = {counted_as(item.sheet.subject) for item in of_year}
        absent = [subject for subject in rules.subjects if subject not in typed]
        if not of_year:
            found.append(f"Внесите результаты за {year}\u00a0год")
        elif absent:
            names = ", ".join(SUBJECTS.get(subject, subject) for subject in absent)
            found.append(f"Внесите результаты за {year}\u00a0год: {names}")
    kinds = ", ".join(PROCEDURES.get(kind, kind) for kind in rules.kinds)
    ending = f" ({kinds})" if kinds else ""
    return tuple(Missing("results", "result_sheet", f"{words}{ending}") for words in found)

"""Tables of phrases with their meaning, written by hand: how their cells name plans, days and counts."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from shnor_desktop.domain.deadlines import PlanPeriod, Times, Window, read_deadline

FOLDER = Path(__file__).parent
PLANS = {
    "2019/20": PlanPeriod(date(2019, 9, 1), date(2020, 8, 31)),
    "2020/21": PlanPeriod(date(2020, 9, 1), date(2021, 8, 31)),
    "2023/24": PlanPeriod(date(2023, 9, 1), date(2024, 8, 31)),
    "2018": PlanPeriod(date(2018, 1, 1), date(2018, 12, 31)),
    "2022": PlanPeriod(date(2022, 1, 1), date(2022, 12, 31)),
    "2024": PlanPeriod(date(2024, 1, 1), date(2024, 12, 31)),
    "2016-2017": PlanPeriod(date(2016, 1, 1), date(2017, 12, 31)),
    "2018-2020": PlanPeriod(date(2018, 1, 1), date(2020, 12, 31)),
    "2021-2023": PlanPeriod(date(2021, 1, 1), date(2023, 12, 31)),
}
STAGES = {
    "I": PlanPeriod(date(2024, 1, 1), date(2024, 2, 29)),
    "II": PlanPeriod(date(2024, 3, 1), date(2024, 4, 30)),
    "III": PlanPeriod(date(2024, 5, 1), date(2024, 11, 30)),
    "IV": PlanPeriod(date(2024, 12, 1), date(2024, 12, 31)),
}
_MONTHS = [f"2023-{month:02}" for month in range(9, 13)] + [f"2024-{month:02}" for month in range(1, 9)]
NAMED = {
    "none": "",
    "plan": "2023-09..2024-08",
    "months": "; ".join(_MONTHS),
    "quarters": "2023-09; 2023-10..2023-12; 2024-01..2024-03; 2024-04..2024-06; 2024-07..2024-08",
    "terms": "2023-09..2023-10; 2023-11..2023-12; 2024-01..2024-03; 2024-04..2024-05",
    "halves": "2023-09..2023-12; 2024-01..2024-08",
    "due25": "; ".join(f"{month}-01..{month}-25" for month in _MONTHS),
    "lastfridays": "2023-09-29; 2023-10-27; 2023-11-24; 2023-12-29; 2024-01-26; 2024-02-23; "
    "2024-03-29; 2024-04-26; 2024-05-31; 2024-06-28; 2024-07-26; 2024-08-30",
    "secondtuesdays": "2023-09-12; 2023-10-10; 2023-11-14; 2023-12-12; 2024-01-09; 2024-02-13; "
    "2024-03-12; 2024-04-09; 2024-05-14; 2024-06-11; 2024-07-09; 2024-08-13",
}
"""Windows that many phrases share: of the school year 2023/24, of 2018, of 2021–2023."""
for _name, _years in (("2018", (2018,)), ("2021-2023", (2021, 2022, 2023))):
    NAMED[f"months {_name}"] = "; ".join(f"{year}-{month:02}" for year in _years for month in range(1, 13))
    NAMED[f"quarters {_name}"] = "; ".join(f"{y}-{m:02}..{y}-{m + 2:02}" for y in _years for m in (1, 4, 7, 10))
UNSAID = "?"
"""The cell of what a row says nothing about."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a phrase should say; the names of what the row does not say are in `unsaid`."""

    phrase: str
    plan: PlanPeriod
    kind: str
    windows: tuple[Window, ...]
    times: Times | None = None
    is_confident: bool = True
    unparsed: tuple[str, ...] = ()
    unsaid: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.phrase} ({self.plan.start.year}–{self.plan.end.year})"

    def difference(self, stages: Mapping[str, PlanPeriod]) -> str:
        """How the reading differs from the row; nothing when it does not."""
        reading = read_deadline(self.phrase, self.plan, stages)
        said = {
            "kind": (reading.kind.value, self.kind),
            "windows": (reading.windows, self.windows),
            "times": (reading.times, self.times),
            "confident": (reading.confident, self.is_confident),
            "unparsed": (reading.unparsed, self.unparsed),
        }
        asked = {name: answers for name, answers in said.items() if name not in self.unsaid}
        wrong = [f"{name} {got}, not {due}" for name, (got, due) in asked.items() if got != due]
        if reading.confident and reading.unparsed:
            wrong.append(f"sure in spite of {reading.unparsed}")
        return f"{self}: {'; '.join(wrong)}" if wrong else ""


def rows(name: str) -> list[Row]:
    """The rows of a table."""
    return list(_rows(name))


def _rows(name: str) -> Iterator[Row]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    for line in lines[1:]:
        cells = dict.fromkeys(("times", "confident", "unparsed"), UNSAID) | dict(
            zip(header, line.split("\t"), strict=True)
        )
        yield Row(
            cells["phrase"].replace("\\n", "\n"),
            PLANS[cells["plan"]],
            cells["kind"],
            windows(cells["windows"]),
            times(cells["times"]),
            cells["confident"] == "yes",
            () if cells["unparsed"] in ("none", UNSAID) else tuple(cells["unparsed"].split(" | ")),
            frozenset(name for name, cell in cells.items() if cell == UNSAID),
        )


def windows(cell: str) -> tuple[Window, ...]:
    """«2023-09; 2024-01-15..2024-02» → windows; a year or a month without its days is whole."""
    found: list[Window] = []
    if cell == UNSAID:
        return ()
    for part in cell.split(";"):
        named = NAMED.get(part.strip())
        if named is not None:
            found.extend(windows(named) if named else ())
            continue
        first, _, last = part.strip().partition("..")
        found.append(Window(_days(first)[0], _days(last or first)[1]))
    return tuple(sorted(found))


def _days(text: str) -> tuple[date, date]:
    numbers = [int(number) for number in text.split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    if len(numbers) == 2:
        first = date(numbers[0], numbers[1], 1)
        return first, first + timedelta(days=calendar.monthrange(*numbers)[1] - 1)
    return date(*numbers), date(*numbers)


def times(cell: str) -> Times | None:
    """«1.. quarter», «3..4 year», «none»."""
    if cell in ("none", UNSAID):
        return None
    counts, _, per = cell.partition(" ")
    low, _, high = counts.partition("..")
    return Times(int(low) if low else None, int(high) if high else None, per)

"""A reading in a few Russian words, as it stands beside the phrase."""

from __future__ import annotations

from datetime import date

from shnor_desktop.domain.deadlines.reading import DeadlineKind, Reading, Window
from shnor_desktop.domain.russian import plural, short_date

_MAX_DATES = 3


def describe(reading: Reading, on: date | None) -> str:
    """«4 срока, ближайший 31.12.2023», «до 23.11.2020», «ждёт события: …», «по графику», «не понято: «…»»."""
    words = _of_kind(reading, on)
    if reading.unparsed and reading.recognised:
        words += f"; не понято: «{', '.join(reading.unparsed)}»"
    elif not reading.confident and reading.recognised:
        words += " (проверьте)"
    return words


def _of_kind(reading: Reading, on: date | None) -> str:
    if reading.kind is DeadlineKind.UNKNOWN:
        return f"не понято: «{', '.join(reading.unparsed)}»" if reading.unparsed else "срок не указан"
    if reading.kind is DeadlineKind.EVENT:
        words = f"ждёт события: {reading.event}" if reading.event else "срок считается от события"
    elif reading.kind is DeadlineKind.SCHEDULE:
        words = "по графику"
    elif reading.kind is DeadlineKind.ON_DEMAND:
        words = "по необходимости"
    elif reading.kind is DeadlineKind.STAGE:
        words = f"этап {reading.stage}" if reading.stage else f"этап: {reading.event}"
    else:
        return _dated(reading, on)
    return f"{words}; {_windows(reading, on)}" if reading.windows else words


def _dated(reading: Reading, on: date | None) -> str:
    if reading.windows:
        return _windows(reading, on)
    if reading.kind is DeadlineKind.RECURRING and reading.times is None:
        return "регулярно, как часто — не сказано"
    return "вне срока плана"


def _windows(reading: Reading, on: date | None) -> str:
    dues = reading.due_dates()
    if len(reading.windows) == 1:
        return _window(reading, reading.windows[0])
    if reading.kind is not DeadlineKind.RECURRING and len(dues) <= _MAX_DATES:
        return ", ".join(short_date(day) for day in dues)
    words = plural(len(dues), "срок", "срока", "сроков")
    nearest = reading.next_due(on) if on is not None else dues[0]
    if nearest is None:
        return f"{words}, все прошли"
    return f"{words}, {'ближайший' if on is not None else 'первый'} {short_date(nearest)}"


def _window(reading: Reading, window: Window) -> str:
    if window.start == window.end:
        return short_date(window.end)
    if reading.kind is DeadlineKind.DATE:
        return f"до {short_date(window.end)}"
    return f"{short_date(window.start)} – {short_date(window.end)}"

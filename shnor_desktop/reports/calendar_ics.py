"""A calendar as an iCalendar file (RFC 5545): one all-day event an occurrence, the same input the same bytes.

An event and not a task (VTODO): Outlook, Thunderbird and the calendars of phones show events, while tasks of a file are
left out by most of them. The event lies on the due day; the days of the work stand in its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_PRODUCT = "-//SHNOR Desktop//RU"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of the calendar; `uid` stays the same when the entry is written again, so that it is replaced."""

    uid: str
    day: date
    title: str
    text: str
    categories: tuple[str, ...] = ()
    is_done: bool = False


def calendar_bytes(name: str, entries: Sequence[Entry], stamp: date) -> bytes:
    """The file. Lines are folded at 75 octets between characters; commas, semicolons and line ends are escaped."""
    import icalendar  # loaded only when a calendar is written: 0.2 s

    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(name))
    moment = datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC)
    for entry in sorted(entries, key=lambda one: (one.day, one.uid)):
        event = icalendar.Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", moment)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + _DAY if entry.day < date.max else entry.day)
        event.add("summary", _plain(entry.title).replace("\n", " "))
        if entry.text:
            event.add("description", _plain(entry.text))
        if entry.categories:
            event.add("categories", [_plain(one) for one in entry.categories])
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("x-shnor-state", "DONE" if entry.is_done else "OPEN")
        calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=True))


def _plain(text: str) -> str:
    """Without characters that RFC 5545 has no way to write."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(char for char in kept if char in "\n\t" or (ord(char) >= 32 and ord(char) != 127))

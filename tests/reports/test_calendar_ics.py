"""A calendar file is read by a library that did not write it: titles, days, long Cyrillic lines, signs."""

from __future__ import annotations

from datetime import date
from typing import Any

import vobject

from shnor_desktop.reports.calendar_ics import Entry, calendar_bytes

LONG = "Провести входную диагностику обучающихся, выявить дефициты; составить график\nи довести его до семей " * 5
ENTRIES = [
    Entry(
        "m1-2@72-014.shnor", date(2024, 12, 31), LONG, "Срок: ежеквартально; до 31.12, \\ «в срок»\nПодтверждение: акт"
    ),
    Entry("m1-1@72-014.shnor", date(2024, 9, 30), "Короткое", "", ("Мероприятие", "Закрыто"), is_done=True),
]


def events(data: bytes) -> list[Any]:
    """The events as vobject reads them."""
    found: list[Any] = vobject.readOne(data.decode("utf-8")).contents["vevent"]
    return found


def test_that_another_library_reads_titles_days_and_texts_back() -> None:
    first, second = events(calendar_bytes("Школа: дорожная карта", ENTRIES, date(2024, 9, 2)))
    assert (first.summary.value, first.dtstart.value, first.dtend.value) == (
        "Короткое", date(2024, 9, 30), date(2024, 10, 1),
    )  # fmt: skip
    assert first.categories.value == ["Мероприятие", "Закрыто"]
    assert second.summary.value == LONG.replace("\n", " ")
    assert second.description.value == ENTRIES[0].text
    assert (second.uid.value, second.status.value) == ("m1-2@72-014.shnor", "CONFIRMED")


def test_that_no_line_is_longer_than_the_standard_allows_and_no_letter_is_torn() -> None:
    for line in calendar_bytes("Школа", ENTRIES, date(2024, 9, 2)).split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_that_the_same_calendar_gives_the_same_bytes() -> None:
    made = calendar_bytes("Школа", ENTRIES, date(2024, 9, 2))
    assert made == calendar_bytes("Школа", list(reversed(ENTRIES)), date(2024, 9, 2))
    assert made.startswith(b"BEGIN:VCALENDAR\r\n")


def test_that_signs_which_no_calendar_can_hold_are_left_out() -> None:
    entry = Entry("x@y", date(2024, 9, 2), "Звук\x07овой\x00 сигнал", "первая\r\nвторая\u2028третья")
    (event,) = events(calendar_bytes("Школа", [entry], date(2024, 9, 2)))
    assert event.summary.value == "Звуковой сигнал"
    assert event.description.value == "первая\nвторая\nтретья"

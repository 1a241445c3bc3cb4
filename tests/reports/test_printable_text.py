"""Text made fit for print, and the division of words."""

from __future__ import annotations

import pytest

from shnor_desktop.reports.hyphenation import SOFT_HYPHEN, hyphenated
from shnor_desktop.reports.printable_text import bound, pieces, printable


def test_that_controls_and_invisible_marks_are_not_printed() -> None:
    assert printable("а\x00б\x1b\u202eв\u200b\ufeff\ud800") == "абв"


def test_that_letters_are_composed_and_line_ends_are_one() -> None:
    assert printable("и\u0306\r\nе\u0308\tа") == "й\nё а"


def test_that_no_space_no_break_is_lost() -> None:
    assert printable("4\u00a0из\u00a022") == "4\u00a0из\u00a022"


def test_that_short_words_and_dashes_keep_to_their_neighbours() -> None:
    assert bound("В школе и классе — № 5") == "В\u00a0школе и\u00a0классе\u00a0— №\u00a05"


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("мероприятие", "меро-при-ятие"),
        ("Ответственные", "Ответ-ствен-ные"),
        ("районный", "рай-он-ный"),
        ("объективность", "объ-ек-тив-ность"),
        ("русского", "рус-ского"),
        ("школа", "школа"),
        ("МАОУСОШИИ", "МАОУСОШИИ"),
        ("http://example.org", "http://example.org"),
    ],
)
def test_that_words_are_divided_by_the_rules_of_spelling(word: str, divided: str) -> None:
    assert hyphenated(word).replace(SOFT_HYPHEN, "-") == divided


def test_that_division_changes_no_letter() -> None:
    text = "Разработка индивидуальных маршрутов, 2024 г.: " + "ы" * 250
    assert hyphenated(text).replace(SOFT_HYPHEN, "") == text


def test_that_a_run_without_an_end_is_parted_before_its_layout_takes_minutes() -> None:
    runs = hyphenated("ы" * 2500).split(" ")
    assert max(len(run.replace(SOFT_HYPHEN, "")) for run in runs) <= 300
    assert "".join(runs).replace(SOFT_HYPHEN, "") == "ы" * 2500


def test_that_a_long_text_is_parted_at_sentences_and_loses_no_word() -> None:
    text = "Первое предложение о школе. Второе о ней же! " * 100
    found = pieces(text, 300)
    assert max(map(len, found)) <= 300
    assert all(part.endswith((".", "!")) for part in found[:-1])
    assert " ".join(found).split() == text.split()


def test_that_a_text_without_a_space_is_parted_too() -> None:
    assert "".join(pieces("ы" * 1000, 300)) == "ы" * 1000

"""Two versions of the programme are compared paragraph by paragraph, word by word, field by field."""

from __future__ import annotations

import time
from random import Random

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.programme_difference import (
    ChangeKind,
    Part,
    PartRow,
    PieceKind,
    ProgrammeContent,
    TextParagraph,
    TextSection,
    compare,
    content_bytes,
    read_content,
    replacements,
    word_difference,
)


def content(*paragraphs: tuple[str, str], rows: tuple[PartRow, ...] = ()) -> ProgrammeContent:
    """A programme of one section and one part."""
    section = TextSection("aim", "1", "Цель", tuple(TextParagraph(*one) for one in paragraphs))
    return ProgrammeContent("Программа", "проект", (section,), (Part("goals", "Цели", rows),))


def test_that_only_the_words_that_changed_are_marked() -> None:
    pieces = word_difference("В школе 9 педагогов и 120 учеников.", "В школе 10 педагогов и 120 учеников.")
    marked = [(piece.kind, piece.text) for piece in pieces if piece.kind is not PieceKind.SAME]
    assert marked == [(PieceKind.REMOVED, "9"), (PieceKind.ADDED, "10")]


def test_that_the_pieces_always_make_both_texts_again() -> None:
    random = Random(7)
    words = ["школа", "педагог", "9", "10", "—", "и", "результат", "ёлка", "по-новому", ",", "\n", "%"]
    for _ in range(300):
        old = " ".join(random.choices(words, k=random.randint(0, 30)))
        new = " ".join(random.choices(words, k=random.randint(0, 30)))
        pieces = word_difference(old, new)
        assert "".join(one.text for one in pieces if one.kind is not PieceKind.ADDED) == old
        assert "".join(one.text for one in pieces if one.kind is not PieceKind.REMOVED) == new


def test_that_two_long_texts_without_a_common_word_are_compared_at_once() -> None:
    old = " ".join(f"слово{at}" for at in range(20_000))
    new = " ".join(f"word{at}" for at in range(20_000))
    begun = time.perf_counter()
    assert [piece.kind for piece in word_difference(old, new)] == [PieceKind.REMOVED, PieceKind.ADDED]
    assert time.perf_counter() - begun < 2


def test_that_a_number_is_found_again_by_what_it_counts() -> None:
    assert replacements("всего 9 педагогов школы", "всего 10 педагогов школы") == (("9 педагогов", "10 педагогов"),)


def test_that_paragraphs_are_added_removed_changed_and_moved() -> None:
    old = content(("a", "Первый."), ("b", "Второй."), ("c", "Третий."), ("d", "Четвёртый."))
    new = content(("d", "Четвёртый."), ("a", "Первый новый."), ("c", "Третий."), ("e", "Пятый."))
    (section,) = compare(old, new).sections
    found = {(one.kind, one.id) for one in section.paragraphs}
    assert found == {
        (ChangeKind.MOVED, "d"),
        (ChangeKind.CHANGED, "a"),
        (ChangeKind.REMOVED, "b"),
        (ChangeKind.ADDED, "e"),
    }


def test_that_a_paragraph_typed_anew_with_the_same_words_is_the_same() -> None:
    assert compare(content(("a", "Слова.")), content(("z", "Слова."))).is_empty


def test_that_rows_are_compared_field_by_field() -> None:
    old = content(rows=(PartRow("g", "Цель", (("Срок", "май"), ("Кто", "Завуч"))), PartRow("h", "Лишняя", ())))
    new = content(rows=(PartRow("g", "Цель", (("Срок", "июнь"), ("Кто", "Завуч"))), PartRow("k", "Новая", ())))
    (part,) = compare(old, new).parts
    changed, added, removed = part.rows
    assert [(one.caption, one.old, one.new) for one in changed.fields] == [("Срок", "май", "июнь")]
    assert (added.kind, removed.kind) == (ChangeKind.ADDED, ChangeKind.REMOVED)
    assert compare(old, old).is_empty


def test_that_a_stored_version_is_read_as_it_was() -> None:
    one = content(("a", "Текст «с кавычками»\nи строкой."), rows=(PartRow("g", "Цель", (("Срок", ""),)),))
    assert read_content(content_bytes(one)) == one


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"form":1}',
        b'{"form":1,"parts":[],"sections":[{}],"state":"","title":""}',
        b"\xff",
    ],
)
def test_that_what_is_no_version_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError, match=r"programme\.version_unreadable"):
        read_content(data)


def test_that_a_version_of_a_later_program_is_told_apart() -> None:
    with pytest.raises(KnownError, match=r"programme\.version_newer"):
        read_content(b'{"form":2}')


def test_that_a_new_title_of_a_goal_does_not_change_what_names_the_goal() -> None:
    goal, task = PartRow("g", "Старая", (("Слова", "Старая"),)), PartRow("t", "Задача", (("Цель", "Старая"),))
    renamed, still = PartRow("g", "Новая", (("Слова", "Новая"),)), PartRow("t", "Задача", (("Цель", "Новая"),))
    (part,) = compare(content(rows=(goal, task)), content(rows=(renamed, still))).parts
    assert [row.id for row in part.rows] == ["g"]

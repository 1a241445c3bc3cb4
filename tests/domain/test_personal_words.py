"""What looks like a name or a diagnosis in words about pupils."""

from __future__ import annotations

import pytest

from shnor_desktop.domain.personal_words import diagnosis_in, looks_like_name, name_in, names_in_codes


@pytest.mark.parametrize("code", ["7-03", "9A-11", "7А-03", "08.14", "A1-22", ""])
def test_that_a_code_of_figures_is_no_name(code: str) -> None:
    assert not looks_like_name(code)


@pytest.mark.parametrize("code", ["Кузнецов", "kuznetsov-7", "Аня-7", "7-Ivan"])
def test_that_a_code_with_a_word_is_taken_for_a_name(code: str) -> None:
    assert looks_like_name(code)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Беседа с Кузнецовым А. П. о пропусках", "Кузнецовым А. П."),
        ("С учеником А.П. Кузнецовым, дважды", "А.П. Кузнецовым"),
        ("Кузнецов Артём плохо читает", "Кузнецов Артём"),
        ("Мама, Елена Павловна, просит помочь", "Елена Павловна"),
        ("Подошёл к Павловичу на перемене", "Павловичу"),
    ],
)
def test_that_a_name_is_found_in_a_text(text: str, name: str) -> None:
    assert name_in(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Читает по слогам, теряет строку.",
        "Центр «Точка роста»: два занятия.",
        "ОГЭ по математике, задания 1–5",
        "На Волге",
    ],
)
def test_that_plain_words_hold_no_name(text: str) -> None:
    assert name_in(text) == ""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("У ученика ЗПР", "ЗПР"),
        ("похоже на дислексию", "дислексию"),
        ("Аутизм?", "аутизм"),
        ("код F70", "F70"),
        ("расписание", ""),
    ],
)
def test_that_a_diagnosis_is_found_in_a_text(text: str, word: str) -> None:
    assert diagnosis_in(text) == word


def test_that_names_are_found_in_a_list_of_codes() -> None:
    assert list(names_in_codes("7-03, Петров; 8-01")) == ["Петров"]

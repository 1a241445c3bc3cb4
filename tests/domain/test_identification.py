"""Why a school is identified: procedures and years are counted, each share has its n, gaps are said and not guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shnor_desktop.domain.facts import ResultFact, SchoolContext, SchoolFacts
from shnor_desktop.domain.identification import SheetStatus, Verdict, explanation, identify, parameters, short_words
from shnor_desktop.domain.methodology import Category, Identification, IdentificationRule, RuleKind

TODAY = date(2024, 9, 1)
RULES = Identification("", (), Decimal(30), procedures=2, years=2, small_group=10, subjects=("russian", "math"))


def sheet(
    subject: str, grade: int, year: int, n: int | None, low: int | None, procedure: str = "vpr", name: str = ""
) -> ResultFact:
    rest = None if n is None or low is None else max(n - low, 0)
    return ResultFact(
        id=name or f"{procedure}{subject}{grade}{year}", procedure=procedure, subject=subject, grade=grade, year=year,
        participants=n, mark_2=low, mark_3=rest, mark_4=0, mark_5=0,
    )  # fmt: skip


def well(year: int) -> tuple[ResultFact, ...]:
    return sheet("russian", 5, year, 40, 3), sheet("math", 5, year, 40, 4)


FULL = (*well(2023), *well(2024))


def of(*results: ResultFact, school: SchoolContext | None = None) -> SchoolFacts:
    return SchoolFacts(as_of=TODAY, results=results, schools=(school,) if school else ())


def test_that_two_low_procedures_in_two_years_are_a_category_and_the_text_shows_both_with_their_counts() -> None:
    found = identify(RULES, of(*FULL, sheet("russian", 6, 2024, 12, 5), sheet("math", 7, 2023, 20, 6)))
    assert found.codes == ("low_results",)
    text = " ".join(explanation(found)).replace("\u00a0", " ")
    assert "В 2 процедурах за 2023–2024 гг." in text
    assert "ВПР, русский язык, 6 класс, 2024 — 5 из 12 (41,7 %)" in text
    assert "ВПР, математика, 7 класс, 2023 — 6 из 20 (30 %)" in text


def test_that_one_low_procedure_is_not_enough_when_all_years_are_there() -> None:
    found = identify(RULES, of(*FULL, sheet("russian", 6, 2024, 12, 5)))
    assert found.categories[0].verdict is Verdict.DOES_NOT
    assert "не отнесена" in " ".join(explanation(found))
    assert short_words(found) == "не отнесена"


def test_that_the_border_is_the_exact_share_and_not_the_rounded_one() -> None:
    under = identify(RULES, of(*FULL, sheet("russian", 6, 2024, 2000, 599), sheet("math", 6, 2024, 2000, 599)))
    at = identify(RULES, of(*FULL, sheet("russian", 6, 2024, 2000, 600), sheet("math", 6, 2024, 2000, 600)))
    assert (under.codes, at.codes) == ((), ("low_results",))


def test_that_an_older_low_procedure_does_not_count() -> None:
    found = identify(RULES, of(*FULL, sheet("russian", 6, 2024, 12, 5), sheet("math", 6, 2022, 12, 9)))
    assert found.codes == ()
    assert all(item.sheet.year in (2023, 2024) for item in found.low.sheets)


def test_that_before_the_results_of_this_year_the_two_years_before_are_looked_at() -> None:
    found = identify(RULES, replace(of(*well(2022), *well(2023)), as_of=date(2024, 2, 1)))
    assert found.low.period == "2022–2023\u00a0гг."
    assert found.categories[0].verdict is Verdict.DOES_NOT


def test_that_a_year_without_results_keeps_a_no_open_and_names_the_year() -> None:
    found = identify(RULES, of(*well(2024)))
    assert found.categories[0].verdict is Verdict.UNKNOWN
    assert [item.sentence for item in found.missing] == ["Внесите результаты за 2023\u00a0год"]
    assert found.missing[0].page == "results"
    assert short_words(found) == "не определено: не хватает данных"


def test_that_a_subject_without_results_in_a_year_is_named() -> None:
    found = identify(RULES, of(*FULL[:3]))
    assert [item.sentence for item in found.missing] == ["Внесите результаты за 2024\u00a0год: математика"]


def test_that_missing_data_do_not_keep_a_yes_open() -> None:
    low = (sheet("russian", 6, 2024, 12, 5), sheet("russian", 7, 2024, 12, 6))
    found = identify(RULES, of(*low))
    assert found.codes == ("low_results",)
    assert found.missing == ()


def test_that_a_small_group_counts_and_says_how_much_one_work_weighs() -> None:
    found = identify(RULES, of(*FULL, sheet("russian", 6, 2024, 8, 3), sheet("math", 6, 2024, 4, 2)))
    assert found.codes == ("low_results",)
    text = " ".join(explanation(found)).replace("\u00a0", " ")
    assert "участников меньше 10: одна работа меняет долю на 12,5 %" in text
    assert "одна работа меняет долю на 25 %" in text


def test_that_a_group_under_the_least_number_is_left_out_and_named() -> None:
    rules = replace(RULES, minimum_participants=5)
    found = identify(rules, of(*FULL, sheet("russian", 6, 2024, 4, 3), sheet("math", 6, 2024, 4, 3)))
    left = [item for item in found.low.sheets if item.status is SheetStatus.LEFT_OUT]
    assert found.codes == ()
    assert len(left) == 2
    assert "не учитывается: меньше 5\u00a0участников" in left[0].words


def test_that_other_subjects_and_procedures_are_not_counted() -> None:
    rules = replace(RULES, kinds=("vpr",))
    low = (sheet("history", 6, 2024, 20, 15), sheet("math", 9, 2024, 20, 15, "oge"), sheet("math", 6, 2024, 20, 15))
    found = identify(rules, of(*FULL, *low))
    assert found.codes == ()
    assert [item.sheet.procedure for item in found.low.low] == ["vpr"]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (sheet("russian", 6, 2024, 0, 0), "участников 0"),
        (sheet("russian", 6, 2024, None, 3), "не указано число участников"),
        (sheet("russian", 6, 2024, 12, None), "ниже минимального"),
        (replace(sheet("russian", 6, 2024, 12, 5), mark_3=30), "отметок 35, а участников 12"),
        (sheet("russian", 6, 2024, 12, -1), "меньше нуля"),
        (sheet("russian", 6, 2031, 12, 5), "год ещё не наступил"),
        (replace(sheet("russian", 6, 2024, 12, 5), year=None), "год"),
        (replace(sheet("russian", 6, 2024, 12, 5), procedure=None), "процедура"),
    ],
)
def test_that_a_sheet_that_cannot_be_right_is_named_and_not_counted(bad: ResultFact, words: str) -> None:
    found = identify(RULES, of(*FULL, bad, sheet("math", 7, 2024, 10, 9)))
    unreadable = [item for item in found.low.sheets if item.status is SheetStatus.UNREADABLE]
    assert [item.sheet.id for item in unreadable] == [bad.id]
    assert words in unreadable[0].words
    assert found.codes == ()


def test_that_a_sheet_typed_twice_counts_once_and_twins_that_differ_are_said_to() -> None:
    one = sheet("russian", 6, 2024, 12, 5)
    same = identify(RULES, of(*FULL, one, replace(one, id="twin")))
    other = identify(RULES, of(*FULL, one, replace(one, id="twin", mark_2=1)))
    assert len(same.low.low) == 1
    assert other.low.low == ()
    assert any("внесён дважды" in item.words for item in other.low.sheets)


SOCIAL = Category(
    "social",
    "Сложные социальные условия",
    "",
    (
        IdentificationRule("sen", "Обучающиеся с ОВЗ", RuleKind.AT_LEAST, "pupils.share_sen", Decimal(20)),
        IdentificationRule("poor", "Малообеспеченные семьи", RuleKind.AT_LEAST, "pupils.share_low_income", Decimal(40)),
        IdentificationRule(
            "educated", "Высшее образование родителей", RuleKind.AT_MOST, "pupils.share_parents_higher_education",
            Decimal(10),
        ),
    ),
    needed=2,
)  # fmt: skip
MANY = replace(
    RULES,
    categories=(
        SOCIAL,
        Category("low", "Низкие результаты", "", (IdentificationRule("low", "Результаты", RuleKind.LOW_RESULTS),)),
    ),
)


def test_that_a_school_may_be_in_several_categories() -> None:
    school = SchoolContext(id="s", pupils=100, pupils_sen=25, pupils_low_income=50, parents_higher_education=30)
    low = (sheet("russian", 6, 2024, 12, 5), sheet("math", 7, 2023, 20, 6))
    found = identify(MANY, of(*FULL, *low, school=school))
    assert found.codes == ("social", "low")
    text = " ".join(explanation(found)).replace("\u00a0", " ")
    assert "Обучающиеся с ОВЗ: 25 из 100 (25 %), порог: не меньше 20 %" in text
    assert "не менее 2 из 3 признаков" in text


def test_that_a_sign_without_its_figure_keeps_the_category_open_only_while_it_can_decide() -> None:
    open_ = SchoolContext(id="s", pupils=100, pupils_sen=25, pupils_low_income=10)
    closed = SchoolContext(id="s", pupils=100, pupils_sen=5, pupils_low_income=10)
    first, second = identify(MANY, of(*FULL, school=open_)), identify(MANY, of(*FULL, school=closed))
    assert first.categories[0].verdict is Verdict.UNKNOWN
    assert first.missing[0].field == "parents_higher_education"
    assert "Уже есть: Обучающиеся с ОВЗ" in explanation(first)[0]
    assert second.categories[0].verdict is Verdict.DOES_NOT


def test_that_a_category_without_rules_is_never_held() -> None:
    found = identify(replace(RULES, categories=(Category("empty", "Пустая", "", ()),)), of(*FULL))
    assert found.categories[0].verdict is Verdict.UNKNOWN
    assert "нет ни одного признака" in explanation(found)[0]


def test_that_a_school_without_any_data_is_told_what_to_type() -> None:
    found = identify(MANY, SchoolFacts(as_of=TODAY))
    assert [item.verdict for item in found.categories] == [Verdict.UNKNOWN, Verdict.UNKNOWN]
    assert {item.page for item in found.missing} == {"results", "passport"}
    for judged, text in zip(found.categories, explanation(found), strict=True):
        assert all(text.count(item.sentence) == 1 for item in judged.missing), "what is missing is said once"


def test_that_the_parameters_are_shown_as_they_stand_in_the_pack() -> None:
    shown = dict(parameters(replace(MANY, kinds=("vpr", "oge"), minimum_participants=5)))
    assert shown["Низкий результат процедуры"].replace("\u00a0", " ").startswith("от 30 %")
    assert shown["Процедуры"] == "ВПР, ОГЭ"
    assert shown["Сложные социальные условия"] == "не менее 2 из 3\u00a0признаков"


def test_that_no_text_calls_a_school_weak() -> None:
    low = (sheet("russian", 6, 2024, 12, 5), sheet("math", 7, 2023, 20, 6))
    text = " ".join(explanation(identify(MANY, of(*low)))).casefold()
    assert "слаб" not in text
    assert "шнор" not in text

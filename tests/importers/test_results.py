"""Aggregates of a result workbook and its dataset."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.results import (
    ResultWarning,
    ResultWorkbook,
    aggregate,
    looks_personal,
    summary,
)
from shnor_desktop.domain.results_dataset import dataset_bytes, dataset_from_bytes
from tests.importers.sample_workbooks import workbook


def test_that_marks_are_counted_over_pupils_with_a_mark() -> None:
    overall = aggregate(workbook()).overall
    assert overall.marks == {2: 1, 3: 1, 4: 2, 5: 1}
    assert (overall.participants, overall.no_mark) == (6, 1)
    assert overall.mean_mark == Decimal("3.60")
    assert overall.quality.percent == Decimal("60.0")
    assert overall.below_minimum.percent == Decimal("20.0")


def test_that_marks_are_compared_with_the_journal() -> None:
    journal = aggregate(workbook()).journal
    assert (journal.n, journal.lowered, journal.confirmed, journal.raised, journal.far_apart) == (5, 2, 2, 1, 1)


def test_that_a_task_counts_all_who_wrote_and_missing_scores_as_nothing() -> None:
    sample = workbook()
    unanswered = replace(sample.rows[0], scores=(None, 3, 1, 2), total=6)
    first = aggregate(replace(sample, rows=(unanswered, *sample.rows[1:]))).tasks[0]
    assert first.attempts == 4
    assert (first.points.part, first.points.whole) == (10, 5 * 4)
    assert first.points.percent == Decimal("50.0")


def test_that_primary_scores_are_spread_over_the_whole_scale() -> None:
    spread = aggregate(workbook()).primary_scores
    assert list(spread) == list(range(11))
    assert sum(spread.values()) == 5


def test_that_classes_are_summed_up_each_and_ordered_by_number() -> None:
    sample = workbook()
    renamed = tuple(
        replace(row, class_name=name)
        for row, name in zip(sample.rows, ["10А", "5А", "5Б", "5А", "10А", ""], strict=True)
    )
    classes = aggregate(replace(sample, rows=renamed)).classes
    assert list(classes) == ["5А", "5Б", "10А", ""]
    assert classes["5А"].marks == {2: 1, 3: 0, 4: 1, 5: 0}


def test_that_nothing_is_divided_by_an_empty_group() -> None:
    nobody = replace(workbook().rows[4], journal_mark=None)
    figures = aggregate(replace(workbook(), rows=(nobody,)))
    assert figures.overall.mean_mark is None
    assert figures.overall.quality.percent is None
    assert figures.tasks[0].points.percent is None


@pytest.mark.parametrize("code", ["50001", "5-017", "МА60012", "А", "4001а", "7F3ABCDE"])
def test_that_codes_are_not_taken_for_names(code: str) -> None:
    assert not looks_personal(code)


@pytest.mark.parametrize("code", ["Фамилия", "Ли", "Фамилия Имя", "фамилия имя 5", "1. Фамилия И.О.", "Familiya"])
def test_that_names_are_not_taken_for_codes(code: str) -> None:
    assert looks_personal(code)


def test_that_the_summary_speaks_of_everything_the_command_promises() -> None:
    sample = replace(workbook(), warnings=(ResultWarning("results.no_marks", {"count": 1}),))
    assert summary(sample, lambda warning: f"{warning.params['count']} без отметки") == {
        "subject": "Русский язык",
        "grade": 5,
        "year": 2024,
        "participants": 6,
        "tasks": 4,
        "max_score": 10,
        "marks": {"2": 1, "3": 1, "4": 2, "5": 1},
        "no_mark": 1,
        "warnings": [{"code": "results.no_marks", "message": "1 без отметки"}],
    }


def test_that_a_dataset_is_read_back_and_does_not_depend_on_warnings() -> None:
    warned = replace(workbook(), warnings=(ResultWarning("results.no_marks", {"count": 1}),))
    assert dataset_bytes(warned) == dataset_bytes(workbook())
    assert dataset_from_bytes(dataset_bytes(warned)) == workbook()


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("version", 2),
        ("version", True),
        ("grade", "5"),
        ("grade", 12),
        ("date", "2024-3-1"),
        ("date", 5),
        ("max_score", 0),
        ("tasks", []),
        ("tasks", [["1", 4, "Ж"]]),
        ("rows", [["50001", "5А", "1", [5, 0, 0, 0], 5, 5, 5]]),
        ("rows", [["50001", "5А", "1", [1, 0, 0], 1, 5, 5]]),
        ("rows", [["50001", "5А", "1", [1, 0, 0, 0], 1, 1, 5]]),
        ("rows", [["50001", "5А", "1", [1, 0, 0, 0], 1, True, 5]]),
        ("school_name", "x" * 501),
        ("extra", 1),
    ],
)
def test_that_a_dataset_that_was_not_written_here_is_refused(member: str, value: object) -> None:
    content = json.loads(dataset_bytes(workbook()))
    content[member] = value
    with pytest.raises(KnownError) as caught:
        dataset_from_bytes(canonical_json(content))
    assert caught.value.code == "results.bad_dataset"


def test_that_a_dataset_with_a_name_for_a_code_is_refused() -> None:
    row = replace(workbook().rows[0], code="Фамилия Имя")
    with pytest.raises(KnownError, match="personal_names"):
        dataset_from_bytes(dataset_bytes(replace(workbook(), rows=(row,))))


def _mangled(data: bytes, place: int, byte: int) -> bytes:
    spoilt = bytearray(data)
    spoilt[place % len(data)] = byte
    return bytes(spoilt)


@given(place=st.integers(0, 10**6), byte=st.integers(0, 255))
def test_that_any_changed_byte_of_a_dataset_is_refused_or_is_another_dataset(place: int, byte: int) -> None:
    data = _mangled(dataset_bytes(workbook()), place, byte)
    try:
        found: ResultWorkbook = dataset_from_bytes(data)
    except KnownError:
        return
    assert dataset_bytes(found) == data

"""«Выявление» over real stores: the school's own page, the centre's table, the printouts; bad rows do no harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from shnor_desktop.domain.facts import ResultFact, SchoolFacts
from shnor_desktop.domain.identification import SheetStatus, low_results
from shnor_desktop.domain.methodology import Level, TaskBand
from shnor_desktop.domain.result_reading import StatementKind
from shnor_desktop.domain.social_index import Band
from shnor_desktop.models.results import ResultSheet, ResultTask
from shnor_desktop.models.school import School
from shnor_desktop.reports.content import Document, texts
from shnor_desktop.services import documents, records
from shnor_desktop.services.demo.centre import make_demo_centre
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.identification import (
    CentreIdentification,
    centre_identification,
    compared,
    school_identification,
)
from shnor_desktop.services.identification_print import (
    identification_content,
    identification_file_name,
    write_identification,
)
from shnor_desktop.services.result_reading import reading
from shnor_desktop.services.result_sheets import sheet_detail
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    return make_diagnosed_school(tmp_path, fixed_clock)


@pytest.fixture
def centre(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    return make_demo_centre(tmp_path / "centre.shnor-db", fixed_clock, schools=3)


def words(document: Document) -> str:
    return " ".join(texts(document)).replace("\u00a0", " ")


def add(workspace: Workspace, subject: str, grade: int, year: int, n: int, low: int, procedure: str = "vpr") -> str:
    marks = {"mark_2": low, "mark_3": max(n - low, 0), "mark_4": 0, "mark_5": 0}
    key = {"procedure": procedure, "subject": subject, "grade": grade, "year": year, "participants": n}
    return records.begin(workspace, ResultSheet, {**key, **marks}).row


def test_that_a_school_is_judged_anew_after_its_results_change(school: Workspace) -> None:
    year = school_identification(school).result.low.last_year
    before = len(school_identification(school).result.low.low)
    add(school, "russian", 8, year, 20, 12)
    add(school, "math", 8, year, 20, 12)
    found = school_identification(school)
    assert len(found.result.low.low) == before + 2
    assert found.result.codes


def test_that_the_index_of_a_full_passport_is_known_and_an_empty_field_is_named(school: Workspace) -> None:
    full = school_identification(school).index
    assert full is not None
    assert full.value is not None
    records.edit(school, School.log_name, school.school, "pupils_low_income", None)
    found = school_identification(school)
    assert found.index is not None
    assert found.index.known < 100
    assert [item.field for item in found.index.missing] == ["pupils_low_income"]


def test_that_rows_that_cannot_be_right_are_named_and_break_nothing(school: Workspace) -> None:
    year = school_identification(school).result.low.last_year
    add(school, "russian", 7, year, 0, 0)
    add(school, "russian", 8, year, 5, 30)
    add(school, "math", 8, 2099, 5, 3)
    found = school_identification(school)
    bad = [item.words for item in found.result.low.sheets if item.status is SheetStatus.UNREADABLE]
    assert any("участников 0" in item for item in bad)
    assert any("отметок 30, а участников 5" in item for item in bad)
    assert any("ещё не наступил" in item for item in bad)
    assert reading(school).cards
    assert "отметок 30, а участников 5" in words(documents.document(school, DocumentKind.IDENTIFICATION))


def test_that_the_sheet_of_a_school_prints_parameters_weights_and_version(school: Workspace) -> None:
    text = words(documents.document(school, DocumentKind.IDENTIFICATION))
    assert "от 30 % участников ниже минимального" in text
    assert "Таблица весов, версия 1.0" in text
    assert "Обучающиеся из неполных семей" in text
    assert "не подтвержд" in text
    assert "слаб" not in text.casefold()


def test_that_a_centre_judges_every_school_and_claims_nothing_of_few(centre: Workspace) -> None:
    found = centre_identification(centre)
    assert len(found.schools) == 3
    assert "нужно не меньше 15" in found.comparison.why_not
    for item in found.schools:
        expectation = found.expectation(item.id)
        assert expectation is None or expectation.band is Band.UNKNOWN
        assert item.paragraphs
    assert found.note


def test_that_a_centre_prints_one_school_and_all_with_the_weights(centre: Workspace, tmp_path: Path) -> None:
    found = centre_identification(centre)
    every, one = words(identification_content(centre)), words(identification_content(centre, found.schools[0].id))
    for item in found.schools:
        assert item.name in every
    assert "таблица весов, версия 1.0" in every
    assert found.note in every
    assert found.note in one
    assert "Муниципальный координатор" in one
    target = tmp_path / identification_file_name(centre)
    written = write_identification(centre, target)
    assert target.read_bytes().startswith(b"%PDF-")
    assert written.size == target.stat().st_size


def test_that_red_tasks_offer_measures_of_the_methodology(school: Workspace) -> None:
    sheet = add(school, "math", 8, 2024, 30, 3)
    for code, percent in (("1", "30"), ("2", "40"), ("3", "90")):
        values = {"sheet": sheet, "code": code, "difficulty": "basic", "percent": percent}
        records.begin(school, ResultTask, values)
    view = reading(school)
    found = next(item for item in view.cards if item.card.id == "vpr:math:8")
    assert [task.level for task in found.card.tasks] == [Level.HIGH, Level.HIGH, Level.LOW]
    statement = found.card.says(StatementKind.TASKS)
    assert statement is not None
    assert statement.text.startswith("Системный дефицит")
    assert found.card.needs_action
    assert "failure_risk" in found.factors
    assert found.measures


def many(workspace: Workspace) -> CentreIdentification:
    """Eighteen schools like the first one of a centre, in conditions from 10 to 95, all but two on one line."""
    first = school_identification(workspace, centre_identification(workspace).schools[0].id)
    assert first.index is not None
    made = []
    for at in range(18):
        reached = {2: 90, 15: 10}.get(at, 40 + 2 * at + at % 2)
        sheet = ResultFact(
            id="r", procedure="vpr", subject="math", grade=6, year=2024, participants=400, mark_2=4 * (100 - reached)
        )
        low = low_results(workspace.pack.identification, SchoolFacts(as_of=date(2024, 9, 1), results=(sheet,)))
        index = replace(first.index, value=Decimal(10 + 5 * at))
        result = replace(first.result, low=low)
        made.append(replace(first, id=str(at), name=f"Школа {at:02}", index=index, result=result))
    return compared(workspace.pack, made)


def test_that_of_enough_schools_the_band_is_told_and_the_resilient_one_is_named(centre: Workspace) -> None:
    found = many(centre)
    bands = {item.id: found.expectation(item.id) for item in found.schools}
    assert [name for name, one in bands.items() if one is not None and one.band is Band.ABOVE] == ["2"]
    assert [name for name, one in bands.items() if one is not None and one.band is Band.BELOW] == ["15"]
    said = found.comparison_words("2")
    assert "±" in said
    assert "выше ожидаемого" in said
    assert "резильентная" in said
    assert "ниже ожидаемого" in found.comparison_words("15")
    assert "в пределах ожидаемого" in found.comparison_words("8")


def test_that_groups_of_like_conditions_show_their_years_over_the_same_schools(centre: Workspace) -> None:
    lines = centre_identification(centre).group_lines
    assert lines
    assert any("По годам: 2023:" in line for line in lines)


def test_that_other_bands_and_borders_of_a_pack_change_what_is_said(
    school: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = add(school, "math", 8, 2024, 30, 6)
    values = {"sheet": sheet, "code": "1", "difficulty": "basic", "percent": "50"}
    records.begin(school, ResultTask, values)
    before = sheet_detail(school, sheet)
    assert before is not None
    assert before.tasks[0].verdict == "недостаточно"
    pack = school.pack
    assert pack.result_reading is not None
    bands = (TaskBand("basic", Decimal(45), Decimal(40)),)
    low = replace(pack.identification, share_below_minimum=Decimal(20))
    mild = replace(pack, hash="0" * 64, identification=low, result_reading=replace(pack.result_reading, bands=bands))
    monkeypatch.setattr(Workspace, "pack", mild)
    after = sheet_detail(school, sheet)
    assert after is not None
    assert after.tasks[0].verdict == "достаточно"
    card = next(item.card for item in reading(school).cards if item.card.id == "vpr:math:8")
    assert card.tasks[0].level is Level.LOW
    assert card.says(StatementKind.BELOW) is not None
    assert any(item.sheet.id == sheet for item in school_identification(school).result.low.low)

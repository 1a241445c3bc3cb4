"""Pupils at risk by code, rehearsals, surveys: counts, words and papers without a name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SUBJECTS
from shnor_desktop.models.education import ParentSurvey
from shnor_desktop.models.pupils import (
    FailureCause,
    ParentConsultation,
    ParentEvent,
    PupilProgress,
    PupilStep,
    RehearsalExam,
    RiskPupil,
)
from shnor_desktop.models.school import SchoolClass
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.reports.content import Document, texts
from shnor_desktop.services import documents, parents, programme, pupils, records
from shnor_desktop.services.check import check
from shnor_desktop.services.document_kinds import PAPER, DocumentFormat, DocumentKind
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school

KINDS = (
    DocumentKind.PREVENTION_PLAN,
    DocumentKind.PREVENTION_BY_CLASS,
    DocumentKind.RISK_GROUP,
    DocumentKind.PROGRESS_SHEET,
    DocumentKind.REHEARSALS,
    DocumentKind.SURVEYS,
)


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    return make_diagnosed_school(tmp_path, fixed_clock)


def words(document: Document) -> str:
    return "\n".join(texts(document)).replace("\xa0", " ")


def _class(school: Workspace, grade: int = 7) -> str:
    known = next((item.id for item in records.rows(school, SchoolClass) if item.grade == grade), "")
    return known or records.begin(school, SchoolClass, {"grade": grade, "letter": "Б", "pupils": 20}).row


def _pupil(school: Workspace, code: str, since: str = "2024-02-01", **more: object) -> str:
    teacher = records.rows(school, StaffMember)[0].id
    values = {
        "code": code,
        "school_class": _class(school),
        "risks": ["marks"],
        "since": since,
        "curator": teacher,
        "state": "supported",
        **more,
    }
    return records.begin(school, RiskPupil, values).row


def _step(school: Workspace, pupil: str, **more: object) -> str:
    teacher = records.rows(school, StaffMember)[0].id
    values = {"pupil": pupil, "title": "Занятия", "owner": teacher, "due_on": "2024-12-20", "state": "planned", **more}
    return records.begin(school, PupilStep, values).row


def test_that_a_cause_brings_the_advice_of_the_methodology(school: Workspace) -> None:
    filled = pupils.with_advice(school, {"cause": "gaps"})
    assert str(filled["advice"]).startswith("Диагностика пробелов")
    assert pupils.with_advice(school, {"cause": "gaps", "advice": "Свой совет"})["advice"] == "Свой совет"
    assert "advice" not in pupils.with_advice(school, {"cause": "unheard"})


def test_that_the_summary_counts_pupils_once_a_word(school: Workspace) -> None:
    first, second = _pupil(school, "7-01"), _pupil(school, "7-02", state="left", until="2024-05-01")
    for pupil, subject in ((first, "math"), (first, "russian"), (second, "math")):
        records.begin(school, FailureCause, {"pupil": pupil, "cause": "gaps", "subject": subject, "seen_in": "Работа"})
    _step(school, first)
    found = pupils.risk_summary(school)
    assert (found.pupils, found.with_plan, found.informed) == (1, 1, 0)
    assert [(item.code, item.pupils) for item in found.by_cause] == [("gaps", 1)]
    assert [item.pupils for item in found.by_class] == [1]


def test_that_the_change_of_the_group_is_told_against_the_last_half_year(school: Workspace) -> None:
    today = read_facts(school).as_of
    for number in range(3):
        _pupil(school, f"7-0{number}", since="2022-01-10", until=today.isoformat() if number else None)
    words_ = pupils.risk_summary(school).words
    assert "снизилась на 2" in words_
    assert "(было 3)" in words_


def test_that_nothing_is_told_of_a_register_that_is_empty(school: Workspace) -> None:
    found = pupils.risk_summary(school)
    assert found.words == "В группе риска учеников нет."
    assert found.change_words == ""


def test_that_one_measurement_is_no_dynamics(school: Workspace) -> None:
    pupil = _pupil(school, "7-01")
    values = {"pupil": pupil, "subject": "math", "measured_on": "2024-02-05", "kind": "entry", "percent": "30"}
    records.begin(school, PupilProgress, values)
    (line,) = pupils.progress_of(read_facts(school), pupil, SUBJECTS)
    assert "одно измерение" in line.words
    records.begin(school, PupilProgress, {**values, "measured_on": "2024-04-05", "kind": "current", "percent": "27.5"})
    (line,) = pupils.progress_of(read_facts(school), pupil, SUBJECTS)
    assert line.words == "от 30 % к 27,5 %: ниже на 2,5 п. п."


def test_that_a_frequent_cause_becomes_a_measure(school: Workspace) -> None:
    programme.ensure_programme(school)
    records.begin(school, FailureCause, {"pupil": _pupil(school, "7-01"), "cause": "gaps", "seen_in": "Дроби"})
    done = pupils.measure_against(school, "gaps")
    (measure,) = [item for item in read_facts(school).measures if item.id == done.row]
    assert "пробелы в знаниях прошлых лет" in (measure.title or "")
    with pytest.raises(KnownError, match="cause_absent"):
        pupils.measure_against(school, "home")


def test_that_surveys_are_compared_by_their_wording(school: Workspace) -> None:
    for day, question, asked, satisfied in (
        ("2024-01-20", "Довольны ли вы школой?", 40, 20),
        ("2024-04-20", "довольны ли вы школой", 40, 30),
        ("2024-04-20", "Довольны ли вы питанием?", 8, 4),
    ):
        values = {"held_on": day, "question": question, "asked": asked, "satisfied": satisfied}
        records.begin(school, ParentSurvey, values)
    found = {item.question: item for item in parents.parents_view(school).surveys}
    assert found["довольны ли вы школой"].change_words == "выше на 25 п. п., чем 20.01.2024"
    alone = found["Довольны ли вы питанием?"]
    assert alone.change_words == "один опрос: сравнить не с чем"
    assert "Малая группа: n = 8" in alone.points[0].warning


def test_that_a_survey_with_impossible_counts_has_no_share(school: Workspace) -> None:
    values = {"held_on": "2024-04-20", "question": "Довольны?", "asked": 3, "satisfied": 4}
    records.begin(school, ParentSurvey, values)
    (series,) = parents.parents_view(school).surveys
    assert series.points[0].percent is None
    assert "pupils.survey_exceeds_asked" in {line.code for line in check(school).errors}


def test_that_events_and_consultations_are_counted_by_the_school_year(school: Workspace) -> None:
    today = read_facts(school).as_of
    teacher = records.rows(school, StaffMember)[0].id
    for day in (date(today.year - 2, 10, 1), today):
        records.begin(
            school,
            ParentEvent,
            {
                "held_on": day.isoformat(),
                "direction": "school",
                "topic": "Лекторий",
                "parents": 20,
                "outcome": "Памятка",
            },
        )
        records.begin(
            school,
            ParentConsultation,
            {"held_on": day.isoformat(), "form": "personal", "topic": "Чтение", "parents": 1, "given_by": teacher},
        )
    view = parents.parents_view(school)
    assert (view.events, view.consultations, view.unsigned) == (1, 1, 1)
    assert {item.code: item.events for item in view.directions}["school"] == 1
    assert "1 из 2" in view.words


def _fill(school: Workspace, count: int = 6) -> list[str]:
    rows = [_pupil(school, f"7-{number:02}") for number in range(1, count + 1)]
    for row in rows:
        _step(school, row)
        records.begin(school, FailureCause, {"pupil": row, "cause": "gaps", "seen_in": "Дроби не освоены"})
    values = {"pupil": rows[0], "subject": "math", "measured_on": "2024-02-05", "kind": "entry", "percent": "30"}
    records.begin(school, PupilProgress, values)
    exam = {"exam": "oge", "subject": "math", "grade": 9, "held_on": "2024-02-05", "analysis": "Геометрия"}
    records.begin(school, RehearsalExam, {**exam, "participants": 4, "below_minimum": 3})
    records.begin(school, RehearsalExam, {**exam, "subject": "russian", "participants": 20, "below_minimum": 5})
    return rows


def test_that_a_plan_names_a_code_and_the_advice(school: Workspace) -> None:
    rows = _fill(school)
    text = words(documents.document(school, DocumentKind.PREVENTION_PLAN, which=rows[0]))
    assert "Ученик 7-01" in text
    assert "7-02" not in text
    assert "Диагностика пробелов по классам" in text
    by_code = words(documents.document(school, DocumentKind.PREVENTION_PLAN, which="7-01"))
    assert by_code == text


def test_that_a_row_of_a_list_prints_the_plan_of_its_pupil(school: Workspace) -> None:
    rows = _fill(school)
    step = next(item for item in records.rows(school, PupilStep) if item.pupil == rows[1])
    assert "Ученик 7-02" in words(documents.document(school, DocumentKind.PREVENTION_PLAN, which=step.id))


def test_that_a_plan_of_an_unknown_code_is_refused(school: Workspace) -> None:
    with pytest.raises(KnownError, match="no_such_pupil"):
        documents.document(school, DocumentKind.PREVENTION_PLAN, which="99-99")


def test_that_a_handful_is_not_broken_down_in_print(school: Workspace) -> None:
    _fill(school, 4)
    text = words(documents.document(school, DocumentKind.RISK_GROUP))
    assert "В группе меньше 5 учеников" in text
    assert "пробелы" not in text


def test_that_small_lines_of_a_larger_group_hide_their_number(school: Workspace) -> None:
    rows = _fill(school, 6)
    records.begin(school, FailureCause, {"pupil": rows[0], "cause": "home", "seen_in": "Нет стола"})
    text = words(documents.document(school, DocumentKind.RISK_GROUP))
    assert "менее 5" in text
    assert "пробелы в знаниях прошлых лет\n6" in text


def test_that_a_small_exam_keeps_its_outcome_to_itself(school: Workspace) -> None:
    _fill(school)
    text = words(documents.document(school, DocumentKind.REHEARSALS))
    assert "5 из 20 (25 %)" in text
    assert "3 из 4" not in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", PAPER)
def test_that_every_paper_comes_in_every_format_full_or_empty(
    school: Workspace, kind: DocumentKind, form: DocumentFormat
) -> None:
    assert documents.document_bytes(school, kind, form=form)
    _fill(school)
    assert documents.document_bytes(school, kind, form=form)


def test_that_the_check_asks_for_a_plan_and_for_informed_parents(school: Workspace) -> None:
    _pupil(school, "Kuznetsov-7")
    told = {line.code for line in check(school).lines if line.page == "pupils"}
    assert told >= {"pupils.code_is_name", "pupils.without_plan", "pupils.parents_uninformed"}


def test_that_a_question_without_a_space_still_names_a_sheet(school: Workspace) -> None:
    values = {"held_on": "2024-04-20", "question": "я" * 300, "asked": 40, "satisfied": 4}
    records.begin(school, ParentSurvey, values)
    assert documents.document_bytes(school, DocumentKind.SURVEYS, form=DocumentFormat.XLSX)

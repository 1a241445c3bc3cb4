"""Passport, plan by sections, development plans, note on results, summaries and the blank form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.development_plans import DevelopmentActivity
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.reports.content import Document, GroupRow, Table, texts
from shnor_desktop.services import development, documents, problems, programme, records, roadmap
from shnor_desktop.services.document_kinds import DocumentFormat, DocumentKind, check_format
from shnor_desktop.services.people_documents import without_names
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with a problem, a programme and two measures."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    problems.accept(workspace, problems.suggest(workspace)[0])
    programme.ensure_programme(workspace)
    roadmap.add_from_library(workspace, "failure_risk.1")
    roadmap.add_from_library(workspace, "failure_risk.2")
    return workspace


def words(document: Document) -> str:
    return "\n".join(texts(document)).replace("\xa0", " ")


def groups(document: Document) -> list[str]:
    return [
        row.text
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        if isinstance(row, GroupRow)
    ]


def teacher_of(school: Workspace) -> StaffMember:
    return records.rows(school, StaffMember)[0]


def test_that_the_passport_prints_every_group_of_the_page(school: Workspace) -> None:
    text = words(documents.document(school, DocumentKind.PASSPORT))
    for expected in ("Социальный контекст", "Лесная средняя", "Обучающихся всего, чел.", "Директор"):
        assert expected in text


def test_that_the_plan_names_empty_sections_when_the_methodology_has_them(school: Workspace) -> None:
    row = roadmap.road_map(school).rows[0].measure
    section = school.pack.directions[0]
    records.edit(school, "measure", row.id, "direction", section.code)
    document = documents.document(school, DocumentKind.SCHOOL_PLAN)
    named = groups(document)
    for direction in school.pack.directions:
        assert roadmap.direction_title(school.pack, direction.code) in named
    assert "Мероприятия этого раздела не запланированы." in words(document)
    assert str(row.title) in words(document)


def test_that_the_blank_form_asks_every_question_and_answers_none(school: Workspace) -> None:
    text = words(documents.document(school, DocumentKind.BLANK_MAP))
    form = school.pack.form("diagnostic_map")
    assert form is not None
    for question in form.questions():
        assert question.caption.replace("\xa0", " ") in text
    assert "8 из 20" not in text


def test_that_a_development_plan_is_printed_for_one_teacher_or_for_all(school: Workspace) -> None:
    person = teacher_of(school)
    with pytest.raises(KnownError, match=r"document\.no_plan_of_teacher"):
        documents.document(school, DocumentKind.DEVELOPMENT_PLANS, which=person.id)
    plan = development.begin_plan(school, person.id)
    records.begin(
        school,
        DevelopmentActivity,
        {"plan": plan.row, "title": "Посетить два урока", "due_on": date(2024, 11, 1), "state": "planned"},
    )
    surname = str(person.full_name).split()[0]
    for asked in ("", person.id, surname.lower()):
        text = words(documents.document(school, DocumentKind.DEVELOPMENT_PLANS, which=asked))
        assert "Посетить два урока" in text
        assert "01.11.2024" in text
    with pytest.raises(KnownError, match=r"document\.no_such_teacher"):
        documents.document(school, DocumentKind.DEVELOPMENT_PLANS, which="Никтоева")


def test_that_the_note_on_results_states_counts_and_no_teacher(school: Workspace) -> None:
    text = words(documents.document(school, DocumentKind.RESULTS_NOTE))
    assert "8 из 20 (40 %)" in text
    assert "ВПР" in text
    for person in records.rows(school, StaffMember):
        assert str(person.full_name).split()[0] not in text


def test_that_the_site_learns_no_name_and_no_judgement(school: Workspace) -> None:
    person = str(teacher_of(school).full_name)
    surname = person.split()[0]
    row = roadmap.road_map(school).rows[0].measure
    records.edit(school, "measure", row.id, "title", f"Открытый урок {surname} для родителей")
    records.edit(school, "measure", row.id, "due_on", "2030-01-01")
    shown = words(documents.document(school, DocumentKind.SITE_SUMMARY))
    assert "Школа — участник проекта" in shown
    assert surname not in shown
    for hidden in ("ШНОР", "низкими", "Просрочено", "Директор", "Факторы риска"):
        assert hidden not in shown
    council = words(documents.document(school, DocumentKind.COUNCIL_SUMMARY))
    assert "Проблемные поля" in council


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Открытый урок Соколовой М. П. для родителей", "Открытый урок педагог школы для родителей"),
        ("М. П. Соколова проводит", "педагог школы проводит"),
        ("Урок с Соколовой Мариной Петровной", "Урок с педагог школы"),
        ("Соколиная гора", "Соколиная гора"),
        ("Соки и воды", "Соки и воды"),
    ],
)
def test_that_people_of_the_school_are_not_named(text: str, expected: str) -> None:
    assert without_names(text, ("Соколова Марина Петровна", "Ли Ан")) == expected


def test_that_a_format_which_a_document_lacks_is_refused() -> None:
    for info in documents.list_kinds():
        for form in DocumentFormat:
            if form in info.formats:
                check_format(info.kind, form)
            else:
                with pytest.raises(KnownError, match=r"document\.no_such_format"):
                    check_format(info.kind, form)

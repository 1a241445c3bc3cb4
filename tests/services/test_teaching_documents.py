"""The lesson card, the feedback sheet, the request for courses and the personal card as they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.teaching import FeedbackCard
from shnor_desktop.reports.content import Document, texts
from shnor_desktop.services import courses, documents, lesson_visits, records
from shnor_desktop.services.document_kinds import DocumentFormat, DocumentKind, check_format
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import fill_passport_and_staff, make_school_workspace

KINDS = (
    DocumentKind.LESSON_CARD,
    DocumentKind.BLANK_LESSON_CARD,
    DocumentKind.FEEDBACK_SHEET,
    DocumentKind.COURSE_REQUEST,
    DocumentKind.FEEDBACK_CARD,
    DocumentKind.MENTORS,
    DocumentKind.DEVELOPMENT_PLANS,
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_school_workspace(tmp_path, FixedClock(datetime(2024, 10, 10, 8, tzinfo=UTC)))
    fill_passport_and_staff(made)
    yield made
    made.close()


def words(document: Document) -> str:
    return "\n".join(texts(document)).replace("\xa0", " ")


def _visit(workspace: Workspace) -> str:
    facts = read_facts(workspace)
    values = {
        "visited_on": "2024-10-01",
        "kind": "administration",
        "teacher": facts.staff[0].id,
        "visitor": facts.staff[1].id,
        "subject": "russian",
        "school_class": facts.classes[0].id,
        "topic": "=Падежи <b>",
        "advice": "Работа в парах",
        "lesson_minutes": 40,
        "independent_minutes": 12,
    }
    return lesson_visits.begin_visit(workspace, values).row


@pytest.mark.parametrize("kind", KINDS)
def test_that_each_is_written_in_every_format_with_and_without_rows(workspace: Workspace, kind: DocumentKind) -> None:
    for _ in range(2):
        for form in documents.info_of(kind).formats:
            assert documents.document_bytes(workspace, kind, form=form)
        _visit(workspace)


def test_that_the_card_prints_marks_in_words_and_no_sum(workspace: Workspace) -> None:
    visit = _visit(workspace)
    lesson_visits.mark_criterion(workspace, visit, "org.start", score="2", note="ждали журнал")
    text = words(documents.document(workspace, DocumentKind.LESSON_CARD, which=visit))
    for expected in ("в полной мере", "ждали журнал", "=Падежи <b>", "40 мин, из них 12 мин"):
        assert expected in text
    assert "балл" not in text
    with pytest.raises(KnownError, match=r"teaching\.visit_gone"):
        documents.document(workspace, DocumentKind.LESSON_CARD, which="nothing")


def test_that_the_blank_card_is_the_rubric_of_the_methodology(workspace: Workspace) -> None:
    text = words(documents.document(workspace, DocumentKind.BLANK_LESSON_CARD, which="lesson_short"))
    assert "Краткая карта взаимопосещения" in text
    assert text.count("да   отчасти   нет") == 5


def test_that_the_sheet_is_the_text_that_was_written_or_its_draft(workspace: Workspace) -> None:
    visit = _visit(workspace)
    assert "Работа в парах" in words(documents.document(workspace, DocumentKind.FEEDBACK_SHEET, which=visit))
    records.edit(workspace, "lesson_visit", visit, "feedback", "Своими словами")
    text = words(documents.document(workspace, DocumentKind.FEEDBACK_SHEET, which=visit))
    assert "Своими словами" in text
    assert "Работа в парах" not in text


def test_that_the_request_lists_those_who_need_courses(workspace: Workspace) -> None:
    person = read_facts(workspace).staff[0]
    records.edit(workspace, "staff_member", person.id, "last_training", "2020-01-01")
    assert "Курсы никому не нужны" in words(documents.document(workspace, DocumentKind.COURSE_REQUEST))
    courses.request_courses(workspace)
    text = words(documents.document(workspace, DocumentKind.COURSE_REQUEST))
    assert person.label in text
    assert "последние курсы 01.01.2020" in text


def test_that_a_personal_card_is_printed_alone_and_only_as_pdf(workspace: Workspace) -> None:
    one, two = read_facts(workspace).staff[:2]
    rows = [
        records.begin(
            workspace,
            FeedbackCard,
            {"teacher": person.id, "given_on": "2024-10-01", "strengths": f"Сила {person.id}", "growth": "Темп"},
        ).row
        for person in (one, two)
    ]
    alone = words(documents.document(workspace, DocumentKind.FEEDBACK_CARD, which=rows[0]))
    assert f"Сила {one.id}" in alone
    assert two.id not in alone
    assert two.label not in alone
    assert "Сила" not in words(documents.document(workspace, DocumentKind.FEEDBACK_CARD))
    for form in (DocumentFormat.DOCX, DocumentFormat.XLSX):
        with pytest.raises(KnownError, match=r"document\.no_such_format"):
            check_format(DocumentKind.FEEDBACK_CARD, form)

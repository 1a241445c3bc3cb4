"""Facts have the names of the fields of the data, so that they are filled without a line per field."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import get_type_hints

import pytest

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import (
    FACT_CLASSES,
    PROCEDURES,
    SUBJECTS,
    ClassFact,
    Fact,
    GoalFact,
    ProgrammeFact,
    ResultFact,
    SchoolFacts,
    StaffFact,
    fact_from,
    school_facts,
)
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models import results
from shnor_desktop.models.fields import FieldKind
from shnor_desktop.models.registry import entities

TODAY = date(2024, 4, 15)
KINDS = {
    FieldKind.TEXT: str | None,
    FieldKind.LONG_TEXT: str | None,
    FieldKind.CHOICE: str | None,
    FieldKind.REFERENCE: str | None,
    FieldKind.INTEGER: int | None,
    FieldKind.DECIMAL: Decimal | None,
    FieldKind.BOOLEAN: bool | None,
    FieldKind.DATE: date | None,
    FieldKind.CHOICES: tuple[str, ...],
}


@pytest.mark.parametrize("cls", FACT_CLASSES.values(), ids=lambda cls: cls.__name__)
def test_that_every_attribute_of_a_fact_is_a_field_of_its_entity_with_that_kind(cls: type[Fact]) -> None:
    declared = entities()[cls.entity].fields
    hints = get_type_hints(cls)
    for item in fields(cls):
        if item.name != "id":
            assert hints[item.name] == KINDS[declared[item.name].kind], item.name


@pytest.mark.parametrize("cls", FACT_CLASSES.values(), ids=lambda cls: cls.__name__)
def test_that_every_field_a_school_must_fill_is_in_its_fact(cls: type[Fact]) -> None:
    names = {item.name for item in fields(cls)}
    for field in entities()[cls.entity].fields.values():
        if field.required and WriterRole.SCHOOL in field.writers:
            assert field.name in names


NO_FACTS = {
    "attachment",  # bytes beside the log, counted by nobody
    "check_reason",  # what a person says of a finding
    "delegation",  # who has which part; no figure of the school
    "erasure",  # an order about what is there
    "feedback_card",  # private to two people
    "programme_version",  # a copy of facts
    "remark_message",  # what reviewers and the school write to each other
    "school_order",  # a draft until it is signed on paper
}
OF_OTHERS = {"expert_answer"}
"""What reviewers write and a school's documents show."""


def test_that_every_entity_a_school_writes_has_a_fact_but_those_that_nothing_is_computed_from() -> None:
    written = {name for name, info in entities().items() if WriterRole.SCHOOL in info.writers}
    assert (written - NO_FACTS) | OF_OTHERS == set(FACT_CLASSES)


def test_that_subjects_and_procedures_are_named_as_in_the_form() -> None:
    assert dict(results.RESULT_SUBJECTS) == dict(SUBJECTS)
    assert dict(results.PROCEDURES) == dict(PROCEDURES)


@dataclass
class StaffRow:
    """Stands for a row of the store."""

    id: str = "s1"
    full_name: str = "Учитель Первый"
    position: str = "teacher"
    subjects: list[str] | None = None
    birth_year: int = 1980
    education: str = "higher"
    experience: int = 20
    category: str = "first"
    last_training: str | None = "2023-05-30"
    workload: Decimal | None = None
    is_external: bool | None = None
    retired: bool | None = None
    project_technology: bool | None = None
    trained_for_categories: bool | None = None


def test_that_a_day_is_read_from_its_text_and_a_list_becomes_a_tuple() -> None:
    found = fact_from(StaffFact, StaffRow(subjects=["math", "physics"]))
    assert found.last_training == date(2023, 5, 30)
    assert found.subjects == ("math", "physics")
    assert found.label == "Учитель Первый"


def test_that_no_list_and_a_day_that_is_no_day_read_as_missing() -> None:
    found = fact_from(StaffFact, StaffRow(last_training="30.02.2023"))
    assert (found.subjects, found.last_training) == ((), None)


def test_that_a_snapshot_is_filled_by_log_name_and_passes_over_what_is_not_read() -> None:
    facts = school_facts(TODAY, {"staff_member": [StaffRow()], "review_decision": [object()]})
    assert [row.id for row in facts.rows("staff_member")] == ["s1"]
    assert facts.school is None
    with pytest.raises(BugError):
        facts.rows("review_decision")


def test_that_the_current_programme_is_the_one_that_starts_last() -> None:
    old = ProgrammeFact(id="old", period="2023", starts_on=date(2023, 2, 1))
    new = ProgrammeFact(id="new", period="2024", starts_on=date(2024, 2, 1))
    goals = (GoalFact(id="a", programme="old"), GoalFact(id="b", programme="new"))
    facts = SchoolFacts(as_of=TODAY, programmes=(new, old), goals=goals)
    assert facts.programme == new
    assert [goal.id for goal in facts.current(facts.goals)] == ["b"]


def test_that_a_class_and_a_result_are_named_in_words() -> None:
    assert ClassFact(grade=5, letter="А").label == "5А"
    assert ClassFact(grade=7).label == "7 класс"
    sheet = ResultFact(procedure="vpr", subject="russian", grade=5, year=2023)
    assert sheet.label == "ВПР, русский язык, 5 класс, 2023 г."

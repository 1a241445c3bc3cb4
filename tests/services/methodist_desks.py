"""A school, its centre and a methodist who exchange packages in a test, each with a profile of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from shnor_desktop.models.school import SchoolClass
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import packages, records
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.desks import create_methodist_desk
from shnor_desktop.services.lesson_visits import begin_visit, mark_criterion, rubric_of, usual_rubric, visits_view
from shnor_desktop.services.methodist import export_visit
from shnor_desktop.services.verdicts import Verdict
from shnor_desktop.services.workspace import Profile, Workspace
from tests.clock import FixedClock
from tests.services.exchange_desks import Desks, add_teacher, make_desks

METHODIST = "Методистова Первая Ивановна"


@dataclass(frozen=True, slots=True)
class Three:
    """The two desks of an exchange and the methodist's."""

    desks: Desks
    methodist: Workspace

    @property
    def school(self) -> str:
        """The id of the school."""
        return self.desks.school.school

    def take(self, desk: Workspace, file: Path, sender: Workspace) -> Verdict:
        """Take a file in, the digits of its sender compared."""
        return import_package(desk, file, sender.identity.certificate.fingerprint)

    def meet(self) -> None:
        """The methodist and the centre have the school's package."""
        self.desks.meet()
        self.refresh()

    def refresh(self) -> None:
        """The methodist gets everything of the school anew."""
        file = packages.export_package(self.desks.school, self.desks.flash, full=True, plain=True).path
        assert self.take(self.methodist, file, self.desks.school).code.is_fine

    def hand_over(self) -> tuple[Verdict, Verdict]:
        """The visit package goes to the school and to the centre."""
        file = export_visit(self.methodist, self.school, self.desks.flash).path
        return (
            self.take(self.desks.school, file, self.methodist),
            self.take(self.desks.centre, file, self.methodist),
        )

    def same(self) -> bool:
        """Whether all three hold the same of the school."""
        found = set()
        for desk in (self.desks.school, self.desks.centre, self.methodist):
            with desk.reading() as reader:
                found.add(reader.projection_digest(self.school))
        return len(found) == 1

    def visit(self, topic: str = "Дроби") -> str:
        """The methodist visits a lesson and marks the first criterion."""
        teacher, school_class = self.people()
        values = {
            "visited_on": "2024-09-02",
            "teacher": teacher,
            "school_class": school_class,
            "subject": "russian",
            "topic": topic,
        }
        row = begin_visit(self.methodist, values, self.school).row
        rubric = rubric_of(self.methodist.pack, usual_rubric(self.methodist.pack, "methodist"))
        assert rubric is not None
        first = rubric.criteria[0].code
        mark_criterion(self.methodist, row, first, score=rubric.scale[0].code, note="видно", school=self.school)
        return row

    def people(self) -> tuple[str, str]:
        """The first teacher and the first class of the school."""
        with self.methodist.reading() as reader:
            return reader.rows(StaffMember, self.school)[0].id, reader.rows(SchoolClass, self.school)[0].id

    def topics(self, desk: Workspace) -> list[str]:
        """The visited lessons as a desk has them."""
        return [card.visit.label for card in visits_view(desk, self.school).cards]


@pytest.fixture
def three(tmp_path: Path, fixed_clock: FixedClock, without_check: None) -> Three:
    """A school with a teacher and a class, its centre and a methodist, who have not met."""
    made = make_desks(tmp_path, fixed_clock)
    records.begin(made.school, SchoolClass, {"grade": 5, "letter": "А"})
    add_teacher(made.school, "Показова Вера Петровна")
    profile = Profile(tmp_path / "methodist-profile")
    methodist = create_methodist_desk(tmp_path / "methodist.db", "moc-1-m1", METHODIST, fixed_clock, profile=profile)
    return Three(made, methodist)

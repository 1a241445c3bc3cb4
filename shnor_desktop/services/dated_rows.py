"""Which rows of the registers have a day that people must not miss, and when such a row is closed."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain import findings
from shnor_desktop.models.base import Entity
from shnor_desktop.models.difficulties import LearningDifficulty
from shnor_desktop.models.partners import JointPlanItem, PartnerSchool
from shnor_desktop.models.pupils import PupilStep
from shnor_desktop.models.quality import Decision, QualityControl
from shnor_desktop.models.review import Remark
from shnor_desktop.models.teaching import LessonVisit, MentorMeeting, TrainingCourse
from shnor_desktop.models.teamwork import Delegation


@dataclass(frozen=True, slots=True)
class DatedRows:
    """The rows of an entity that have a day: which field holds it, and in which states the row is still open.

    With `is_appointment` the day is a reminder that is never overdue (a next visit, a next meeting). `done` is the
    state that «Сегодня» sets in place, where one click is enough; `done_on` the field of the day it was done.
    """

    cls: type[Entity]
    page: str
    due: str = "due_on"
    state: str = "state"
    open_states: tuple[str, ...] = ()
    title: str = ""
    owner: str = "owner"
    is_appointment: bool = False
    done: str = ""
    done_on: str = ""
    code: str = ""
    """Tells a second day of the same rows from the first; empty for the only one."""


DATED: tuple[DatedRows, ...] = (
    DatedRows(Decision, findings.QUALITY, open_states=("open", "in_progress"), done="done", done_on="done_on"),
    DatedRows(QualityControl, findings.QUALITY, open_states=("planned", "moved"), done="held", done_on="held_on"),
    DatedRows(PupilStep, findings.PUPILS, open_states=("planned",), done="done", done_on="done_on"),
    DatedRows(LearningDifficulty, findings.RESULTS, open_states=("open", "in_work", "checked")),
    DatedRows(JointPlanItem, findings.PARTNERS, open_states=("", "planned", "postponed")),
    DatedRows(PartnerSchool, findings.PARTNERS, due="agreement_until", state="", owner="", is_appointment=True),
    DatedRows(
        TrainingCourse,
        findings.DEVELOPMENT,
        due="wanted_by",
        open_states=("needed", "requested"),
        owner="teacher",
    ),
    DatedRows(
        LessonVisit,
        findings.DEVELOPMENT,
        due="visited_on",
        state="",
        owner="visitor",
        is_appointment=True,
        code="planned_visit",
    ),
    DatedRows(LessonVisit, findings.DEVELOPMENT, due="again_on", state="", owner="visitor", is_appointment=True),
    DatedRows(MentorMeeting, findings.DEVELOPMENT, due="again_on", state="", owner="", is_appointment=True),
    DatedRows(Remark, findings.EXCHANGE, open_states=("", "new", "in_work"), owner=""),
    DatedRows(Delegation, findings.EXCHANGE, due="wanted_by", open_states=("given",), owner=""),
)

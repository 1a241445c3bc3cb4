"""What the check finds: an error stops the export, a warning wants a reason.

A finding holds a code and the place; its Russian words (`text`: what is missing, `do`: what to do) stand in
`resources/i18n/ru/checks.toml` under the code and are filled with `params`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shnor_desktop.domain.errors import Param
from shnor_desktop.domain.facts import Fact

TODAY = "today"
PASSPORT = "passport"
STAFF = "staff"
RESULTS = "results"
MAP = "map"
PROGRAMME = "programme"
ROADMAP = "roadmap"
PARTNERS = "partners"
DEVELOPMENT = "development"
PUPILS = "pupils"
QUALITY = "quality"
MONITORING = "monitoring"
CHECK = "check"
EXCHANGE = "exchange"
METHODOLOGY = "methodology"
"""The version of the methodology that the school works by: opened from «Сегодня», no noun of the sidebar."""

PAGES = (
    TODAY,
    PASSPORT,
    STAFF,
    RESULTS,
    MAP,
    PROGRAMME,
    ROADMAP,
    PARTNERS,
    DEVELOPMENT,
    PUPILS,
    QUALITY,
    MONITORING,
    CHECK,
    EXCHANGE,
)
"""Pages of the school's workspace, in the order of its sidebar."""

LABEL_LENGTH = 80


class Severity(StrEnum):
    """What a finding means for the export."""

    ERROR = "error"
    WARNING = "warning"


class CheckCode(StrEnum):
    """Every kind of finding; the part before the point is the area, not the page."""

    REQUIRED_EMPTY = "required.empty"

    TASK_OVERDUE = "stages.task_overdue"
    ASSIGNMENT_WITHOUT_PERSON = "stages.assignment_without_person"
    WAVE_UNFILLED = "monitoring.wave_unfilled"
    REMARK_UNANSWERED = "remarks.unanswered"

    PASSPORT_ABSENT = "passport.absent"
    GROUP_EXCEEDS_TOTAL = "passport.group_exceeds_total"
    CLASSES_ABSENT = "passport.classes_absent"
    CLASSES_DIFFER = "passport.classes_differ_from_total"
    BUILDINGS_EXCEED_TOTAL = "passport.buildings_exceed_total"
    PUPILS_DATE_AHEAD = "passport.date_ahead"

    STAFF_ABSENT = "staff.absent"
    AGE_IMPOSSIBLE = "staff.age_impossible"
    EXPERIENCE_EXCEEDS_AGE = "staff.experience_exceeds_age"
    TRAINING_AHEAD = "staff.training_ahead"
    TRAINING_OVERDUE = "staff.training_overdue"
    TEACHER_WITHOUT_SUBJECTS = "staff.teacher_without_subjects"

    RESULTS_ABSENT = "results.absent"
    RESULTS_ONE_YEAR = "results.one_year"
    RESULTS_SUBJECT_ABSENT = "results.subject_absent"
    RESULTS_YEAR_AHEAD = "results.year_ahead"
    MARKS_EXCEED_PARTICIPANTS = "results.marks_exceed_participants"
    MARKS_BELOW_PARTICIPANTS = "results.marks_below_participants"
    JOURNAL_EXCEEDS_PARTICIPANTS = "results.journal_exceeds_participants"
    SCORE_EXCEEDS_MAXIMUM = "results.score_exceeds_maximum"
    BORDERS_DISORDERED = "results.borders_disordered"
    DIFFICULTY_NO_ACTION = "difficulty.no_action"
    DIFFICULTY_NO_DAY = "difficulty.no_day"
    DIFFICULTY_NOT_MEASURED = "difficulty.not_measured"
    SMALL_GROUPS = "results.small_groups"

    MAP_UNANSWERED = "map.unanswered"
    MAP_UNREADABLE = "map.unreadable"
    MAP_OUT_OF_RANGE = "map.out_of_range"
    MAP_PART_EXCEEDS_WHOLE = "map.part_exceeds_whole"
    MAP_EVIDENCE_ABSENT = "map.evidence_absent"
    MAP_NOT_APPLICABLE_UNEXPLAINED = "map.not_applicable_unexplained"
    MAP_LEVEL_WITHOUT_REASON = "map.level_without_reason"
    MAP_HIGH_WITHOUT_PROBLEM = "map.high_without_problem"
    MAP_EXPERT_DIFFERS = "map.expert_differs"
    WAVE_NOT_KEPT = "monitoring.wave_not_kept"
    CAUSE_WITHOUT_PROBLEM = "causes.without_problem"

    PROBLEMS_ABSENT = "problems.absent"
    PROBLEM_WITHOUT_CAUSES = "problems.without_causes"
    PROBLEM_WITHOUT_MEASURE = "problems.without_measure"
    PROBLEM_WITHOUT_FACTOR = "problems.without_factor"
    PROBLEMS_TOO_MANY = "problems.too_many"
    PROBLEM_RANK_TWICE = "problems.rank_twice"

    PROGRAMME_ABSENT = "programme.absent"
    PROGRAMME_DATES_REVERSED = "programme.dates_reversed"
    PROGRAMME_OUTSIDE_PROJECT = "programme.outside_project"
    PROTOCOL_ABSENT = "programme.protocol_absent"
    ORDER_ABSENT = "programme.order_absent"
    SECTION_EMPTY = "programme.section_empty"
    PARAGRAPH_UNREAD = "programme.paragraph_unread"
    GOAL_ABSENT = "programme.goal_absent"
    PROBLEM_WITHOUT_GOAL = "programme.problem_without_goal"
    GOAL_WITHOUT_INDICATOR = "programme.goal_without_indicator"
    TASK_WITHOUT_GOAL = "programme.task_without_goal"
    TASK_WITHOUT_MEASURE = "programme.task_without_measure"
    INDICATOR_WITHOUT_BASE = "programme.indicator_without_base"
    INDICATOR_WITHOUT_TARGET = "programme.indicator_without_target"
    TARGET_WORSE_THAN_BASE = "programme.target_worse_than_base"
    TARGET_EQUALS_BASE = "programme.target_equals_base"
    INDICATOR_OF_MODEL_ABSENT = "programme.indicator_of_model_absent"
    ANTIRISK_WITHOUT_MEASURE = "programme.antirisk_without_measure"

    ROADMAP_ABSENT = "roadmap.absent"
    PLAN_SECTION_EMPTY = "roadmap.section_empty"
    MEASURE_WITHOUT_OWNER = "roadmap.without_owner"
    MEASURE_WITHOUT_DEADLINE = "roadmap.without_deadline"
    MEASURE_WITHOUT_EVIDENCE = "roadmap.without_evidence"
    MEASURE_WITHOUT_EXPECTED = "roadmap.without_expected"
    MEASURE_WITHOUT_TASK = "roadmap.without_task"
    MEASURE_DATES_REVERSED = "roadmap.dates_reversed"
    MEASURE_OUTSIDE_PROGRAMME = "roadmap.outside_programme"
    MEASURE_DONE_WITHOUT_EVIDENCE = "roadmap.done_without_evidence"
    MEASURE_DONE_WITHOUT_DATE = "roadmap.done_without_date"
    MEASURE_DONE_AHEAD = "roadmap.done_ahead"
    MEASURE_CHANGED_WITHOUT_NOTE = "roadmap.changed_without_note"
    MEASURE_OVERDUE = "roadmap.overdue"

    PARTNERS_ABSENT = "partners.absent"
    AGREEMENT_ABSENT = "partners.agreement_absent"
    AGREEMENT_DATES_REVERSED = "partners.agreement_dates_reversed"
    AGREEMENT_EXPIRED = "partners.agreement_expired"
    EVENT_WITHOUT_OUTCOME = "partners.event_without_outcome"
    EVENT_AHEAD = "partners.event_ahead"
    EVENT_WITHOUT_PARTNER = "partners.event_without_partner"
    EVENTS_FEWER_THAN_PROMISED = "partners.fewer_events_than_promised"
    PROMISED_PERIODS_EMPTY = "partners.promised_periods_empty"
    PLAN_ITEM_OVERDUE = "partners.plan_item_overdue"

    PUPIL_CODE_IS_NAME = "pupils.code_is_name"
    PUPIL_NAME_IN_TEXT = "pupils.name_in_text"
    PUPIL_DIAGNOSIS_IN_TEXT = "pupils.diagnosis_in_text"
    PUPIL_DATES_REVERSED = "pupils.dates_reversed"
    PUPIL_WITHOUT_PLAN = "pupils.without_plan"
    PUPIL_PARENTS_UNINFORMED = "pupils.parents_uninformed"
    PUPIL_STEPS_OVERDUE = "pupils.steps_overdue"
    REHEARSAL_BELOW_EXCEEDS = "pupils.rehearsal_below_exceeds"
    REHEARSAL_UNINFORMED = "pupils.rehearsal_uninformed"
    SURVEY_EXCEEDS_ASKED = "pupils.survey_exceeds_asked"
    ATTENDANCE_EXCEEDS_GROUP = "pupils.attendance_exceeds_group"
    WINNERS_EXCEED_PARTICIPANTS = "pupils.winners_exceed_participants"
    PUPILS_ROW_AHEAD = "pupils.row_ahead"

    PLANS_ABSENT = "development.absent"
    PLAN_DATES_REVERSED = "development.dates_reversed"
    PLAN_WITHOUT_TEACHER = "development.without_teacher"
    PLAN_WITHOUT_DEFICITS = "development.without_deficits"
    PLAN_WITHOUT_ACTIVITIES = "development.without_activities"
    PLAN_WITHOUT_DIAGNOSTICS = "development.done_without_diagnostics"
    PLAN_ACTIVITY_OUTSIDE = "development.activity_outside_plan"
    PLAN_ACTIVITIES_OVERDUE = "development.activities_overdue"
    CORE_TEACHER_WITHOUT_PLAN = "development.core_teacher_without_plan"
    MENTOR_UNNAMED = "development.mentor_unnamed"
    MENTOR_IS_TEACHER = "development.mentor_is_teacher"
    MENTORING_UNEXPLAINED = "development.mentoring_unexplained"
    VISIT_WITHOUT_FEEDBACK = "teaching.visit_without_feedback"
    VISIT_BY_TEACHER = "teaching.visit_by_teacher"
    VISIT_MINUTES_EXCEED = "teaching.visit_minutes_exceed"
    CROSS_CHECK_EXCEEDS = "teaching.cross_check_exceeds"
    PROGRAMME_LAG_UNEXPLAINED = "teaching.programme_lag_unexplained"
    PROGRAMME_CHECK_UNFILLED = "teaching.programme_check_unfilled"
    COURSE_DATES_REVERSED = "teaching.course_dates_reversed"
    COURSE_END_UNKNOWN = "teaching.course_end_unknown"
    COURSE_WITHOUT_CERTIFICATE = "teaching.course_without_certificate"
    COURSE_STILL_OPEN = "teaching.course_still_open"

    CONTROL_OVERDUE = "quality.control_overdue"
    CONTROL_UNEXPLAINED = "quality.control_unexplained"
    CONTROL_AHEAD = "quality.control_ahead"
    CONTROL_WITHOUT_NOTE = "quality.control_without_note"
    NOTE_UNREAD = "quality.note_unread"
    NOTE_WITHOUT_DECISION = "quality.note_without_decision"
    DECISION_WITHOUT_OWNER = "quality.decision_without_owner"
    DECISION_OVERDUE = "quality.decision_overdue"
    DECISION_UNCHECKED = "quality.decision_unchecked"
    REQUEST_UNJUSTIFIED = "quality.request_unjustified"
    REQUEST_WITHOUT_COST = "quality.request_without_cost"
    DOCUMENT_OVERDUE = "quality.document_overdue"
    DOCUMENTS_UNMARKED = "quality.documents_unmarked"


WARNINGS = frozenset(
    {
        CheckCode.DIFFICULTY_NO_ACTION,
        CheckCode.DIFFICULTY_NO_DAY,
        CheckCode.DIFFICULTY_NOT_MEASURED,
        CheckCode.PLAN_SECTION_EMPTY,
        CheckCode.TASK_OVERDUE,
        CheckCode.WAVE_UNFILLED,
        CheckCode.REMARK_UNANSWERED,
        CheckCode.PUPILS_DATE_AHEAD,
        CheckCode.TRAINING_OVERDUE,
        CheckCode.RESULTS_ONE_YEAR,
        CheckCode.RESULTS_SUBJECT_ABSENT,
        CheckCode.MARKS_BELOW_PARTICIPANTS,
        CheckCode.SMALL_GROUPS,
        CheckCode.MAP_EVIDENCE_ABSENT,
        CheckCode.MAP_NOT_APPLICABLE_UNEXPLAINED,
        CheckCode.MAP_HIGH_WITHOUT_PROBLEM,
        CheckCode.MAP_EXPERT_DIFFERS,
        CheckCode.WAVE_NOT_KEPT,
        CheckCode.CAUSE_WITHOUT_PROBLEM,
        CheckCode.PROBLEM_WITHOUT_FACTOR,
        CheckCode.PROBLEM_RANK_TWICE,
        CheckCode.PROGRAMME_OUTSIDE_PROJECT,
        CheckCode.PROTOCOL_ABSENT,
        CheckCode.ORDER_ABSENT,
        CheckCode.PARAGRAPH_UNREAD,
        CheckCode.TARGET_EQUALS_BASE,
        CheckCode.INDICATOR_OF_MODEL_ABSENT,
        CheckCode.ANTIRISK_WITHOUT_MEASURE,
        CheckCode.MEASURE_OVERDUE,
        CheckCode.PARTNERS_ABSENT,
        CheckCode.AGREEMENT_ABSENT,
        CheckCode.AGREEMENT_EXPIRED,
        CheckCode.EVENT_AHEAD,
        CheckCode.EVENTS_FEWER_THAN_PROMISED,
        CheckCode.PROMISED_PERIODS_EMPTY,
        CheckCode.PLAN_ITEM_OVERDUE,
        CheckCode.PUPIL_NAME_IN_TEXT,
        CheckCode.PUPIL_DIAGNOSIS_IN_TEXT,
        CheckCode.PUPIL_WITHOUT_PLAN,
        CheckCode.PUPIL_PARENTS_UNINFORMED,
        CheckCode.PUPIL_STEPS_OVERDUE,
        CheckCode.REHEARSAL_UNINFORMED,
        CheckCode.ATTENDANCE_EXCEEDS_GROUP,
        CheckCode.PUPILS_ROW_AHEAD,
        CheckCode.PLANS_ABSENT,
        CheckCode.PLAN_WITHOUT_DIAGNOSTICS,
        CheckCode.PLAN_ACTIVITY_OUTSIDE,
        CheckCode.PLAN_ACTIVITIES_OVERDUE,
        CheckCode.CORE_TEACHER_WITHOUT_PLAN,
        CheckCode.VISIT_WITHOUT_FEEDBACK,
        CheckCode.PROGRAMME_LAG_UNEXPLAINED,
        CheckCode.PROGRAMME_CHECK_UNFILLED,
        CheckCode.COURSE_END_UNKNOWN,
        CheckCode.COURSE_WITHOUT_CERTIFICATE,
        CheckCode.COURSE_STILL_OPEN,
        CheckCode.CONTROL_OVERDUE,
        CheckCode.CONTROL_UNEXPLAINED,
        CheckCode.CONTROL_AHEAD,
        CheckCode.CONTROL_WITHOUT_NOTE,
        CheckCode.NOTE_UNREAD,
        CheckCode.NOTE_WITHOUT_DECISION,
        CheckCode.DECISION_WITHOUT_OWNER,
        CheckCode.DECISION_OVERDUE,
        CheckCode.DECISION_UNCHECKED,
        CheckCode.REQUEST_UNJUSTIFIED,
        CheckCode.REQUEST_WITHOUT_COST,
        CheckCode.DOCUMENT_OVERDUE,
        CheckCode.DOCUMENTS_UNMARKED,
    }
)
"""Codes that ask for a reason; every other one stops the export."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the check found, with the place where it is mended.

    `row` is empty where the row is still to be made; then `field` may hold the code of what is missing (a
    question of the map, a section of the programme, a task of a stage).
    """

    code: CheckCode
    page: str
    entity: str
    row: str = ""
    field: str = ""
    params: Mapping[str, Param] = dataclasses.field(default_factory=dict, hash=False)

    @property
    def severity(self) -> Severity:
        """ERROR stops the export, WARNING asks for a reason."""
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    @property
    def needs_reason(self) -> bool:
        """Whether the school may confirm it with a reason."""
        return self.severity is Severity.WARNING

    @property
    def key(self) -> str:
        """What a stored reason is kept under: the same finding tomorrow has the same key."""
        return ":".join((self.code, self.entity, self.row, self.field))


def about(row: Fact, code: CheckCode, page: str, field: str = "", **params: Param) -> Finding:
    """A finding at a row; its words may name the row as `{row}`."""
    return Finding(code, page, row.entity, row.id, field, {"row": short_label(row.label), **params})


def short_label(label: str) -> str:
    """A name that fits a sentence; «без названия» for none."""
    if not label:
        return "без названия"
    return label if len(label) <= LABEL_LENGTH else f"{label[: LABEL_LENGTH - 1].rstrip()}…"

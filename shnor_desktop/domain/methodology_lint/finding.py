"""A defect that the linter reports, and the closed list of what it can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shnor_desktop.domain.errors import KnownError, Param


class LintKind(StrEnum):
    """What a defect is about; the report is grouped by it."""

    MISSING = "missing"
    RESULT = "result"
    GOALS = "goals"
    CHRONOLOGY = "chronology"
    DATES = "dates"
    DUPLICATES = "duplicates"
    COVERAGE = "coverage"
    RECORDED = "recorded"


class LintCode(StrEnum):
    """Every defect that a rule can find; `lint.<code>` has its words."""

    NO_DEADLINE = "no_deadline"
    DEADLINE_INHERITED = "deadline_inherited"
    DEADLINE_UNREAD = "deadline_unread"
    NO_DATES = "no_dates"
    PERIOD_UNCONFIRMED = "period_unconfirmed"
    NO_EXECUTOR = "no_executor"
    NO_RESULT = "no_result"
    RESULT_UNVERIFIABLE = "result_unverifiable"
    RESULT_REPEATED = "result_repeated"
    NUMBER_WITHOUT_HEADING = "number_without_heading"
    GOAL_WITHOUT_INDICATOR = "goal_without_indicator"
    TASK_WITHOUT_INDICATOR = "task_without_indicator"
    TASK_WITHOUT_MEASURE = "task_without_measure"
    MEASURE_WITHOUT_TASK = "measure_without_task"
    NO_INDICATORS = "no_indicators"
    INDICATORS_FEWER_THAN_TASKS = "indicators_fewer_than_tasks"
    INDICATOR_WITHOUT_BASE = "indicator_without_base"
    INDICATOR_WITHOUT_TARGET = "indicator_without_target"
    INDICATOR_NOT_COMPUTED = "indicator_not_computed"
    RESULT_WITHOUT_INDICATOR = "result_without_indicator"
    GOAL_BELOW_TASK = "goal_below_task"
    TARGET_NOT_WHOLE = "target_not_whole"
    BEFORE_ITS_BASIS = "before_its_basis"
    STAGE_OUTSIDE_PERIOD = "stage_outside_period"
    STAGES_OVERLAP = "stages_overlap"
    DEADLINE_OUTSIDE_PERIOD = "deadline_outside_period"
    DUE_DIFFERS = "due_differs"
    SLOT_OUTSIDE_SESSION = "slot_outside_session"
    DOCUMENT_AFTER_MEASURE = "document_after_measure"
    FREQUENCY_IN_TITLE = "frequency_in_title"
    OPTIONAL_NOT_MARKED = "optional_not_marked"
    NEAR_DUPLICATE = "near_duplicate"
    TASK_UNASSIGNED = "task_unassigned"
    TERRITORY_UNCOVERED = "territory_uncovered"
    PERSONAL_DATA = "personal_data"
    RECORDED = "recorded"


class Part(StrEnum):
    """The part of the pack that a finding stands in, by the name of the part's field."""

    PACK = ""
    MEASURES = "measures"
    SECTIONS = "plan_sections"
    TASKS = "programme_tasks"
    INDICATORS = "indicators"
    EXPECTED = "expected_results"
    STAGES = "stages"
    STAGE_TASKS = "tasks"
    TERRITORIES = "territories"
    INTERVIEWS = "interviews"
    DOCUMENTS = "documents"
    DEFECTS = "source_defects"


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One defect; `item` is the id or code within the part, `place` what a person calls it («п. 1.7»)."""

    code: LintCode
    kind: LintKind
    part: Part
    item: str = ""
    place: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)

    def as_error(self) -> KnownError:
        """The same as an error, so that it is worded like all other messages."""
        return KnownError(f"lint.{self.code.value}", place=self.place, **self.params)

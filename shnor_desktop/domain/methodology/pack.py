"""A methodology pack: everything of a regional model that is data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.methodology.actors import (
    Choice,
    CoordinatorFunction,
    Curator,
    Lane,
    MentorRule,
    Role,
    Territory,
)
from shnor_desktop.domain.methodology.factors import Factor, ProblemField
from shnor_desktop.domain.methodology.forms import Form, Question
from shnor_desktop.domain.methodology.identification import Identification, ResultReading, SocialIndex
from shnor_desktop.domain.methodology.measures import Measure, PlanSection
from shnor_desktop.domain.methodology.plan import (
    ActivityCriterion,
    Baseline,
    Cause,
    ExpectedResult,
    InterviewSession,
    NetworkProject,
    Report,
    SourceDefect,
)
from shnor_desktop.domain.methodology.programme import (
    Direction,
    Indicator,
    Principle,
    ProgrammeSection,
    ProgrammeState,
    ProgrammeTask,
    SchoolDocument,
    SchoolRisk,
    Stamp,
)
from shnor_desktop.domain.methodology.registers import ControlTemplate, OrderTemplate, Rubric, WordList
from shnor_desktop.domain.methodology.stages import MonitoringWave, Stage, StageTask
from shnor_desktop.domain.methodology.support import (
    Development,
    LegalBasis,
    Partnership,
    Term,
)

NOT_OF_THE_FILE = frozenset({"hash", "moved_years"})
"""Fields of a pack that its file does not hold and that its hash does not count."""
CodeList = tuple[tuple[str, str], ...]
"""Pairs of code and caption."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of one methodology; `hash` is the SHA-256 of its canonical JSON, in hex."""

    id: str
    title: str
    version: str
    region: str
    period_start: date
    period_end: date
    """Inclusive."""
    legal_basis: tuple[LegalBasis, ...]
    terms: tuple[Term, ...]
    history: tuple[str, ...]
    """Earlier cycles of support that a school may have taken part in."""
    lanes: tuple[Lane, ...]
    roles: tuple[Role, ...]
    coordinator_functions: tuple[CoordinatorFunction, ...]
    territories: tuple[Territory, ...]
    curators: tuple[Curator, ...]
    mentor_rule: MentorRule
    identification: Identification
    stages: tuple[Stage, ...]
    tasks: tuple[StageTask, ...]
    monitoring_waves: tuple[MonitoringWave, ...]
    forms: tuple[Form, ...]
    factors: tuple[Factor, ...]
    problem_fields: tuple[ProblemField, ...]
    directions: tuple[Direction, ...]
    evidence_kinds: tuple[Choice, ...]
    measures: tuple[Measure, ...]
    goal: str
    programme_tasks: tuple[ProgrammeTask, ...]
    principles: tuple[Principle, ...]
    programme_sections: tuple[ProgrammeSection, ...]
    antirisk_sections: tuple[ProgrammeSection, ...]
    programme_states: tuple[ProgrammeState, ...]
    programme_risks: tuple[SchoolRisk, ...]
    indicators: tuple[Indicator, ...]
    stamps: tuple[Stamp, ...]
    documents: tuple[SchoolDocument, ...]
    development: Development
    partnership: Partnership
    hash: str = ""
    moved_years: int = 0
    """By how many years the period was moved from the source's; of the school, never of the file."""
    draft: bool = False
    """The source calls itself a draft («Проект»); printed so."""
    period_unconfirmed: bool = False
    """The source names no period; the dates are a proposal that the centre changes."""
    coordinator: str = ""
    """Who coordinates the plan, as the passport prints it."""
    source_title: str = ""
    """The document that the methodology follows."""
    comparison_note: str = ""
    """Printed under every comparison of schools."""
    plan_sections: tuple[PlanSection, ...] = ()
    expected_results: tuple[ExpectedResult, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    causes: tuple[Cause, ...] = ()
    activity_criteria: tuple[ActivityCriterion, ...] = ()
    reports: tuple[Report, ...] = ()
    interviews: tuple[InterviewSession, ...] = ()
    projects: tuple[NetworkProject, ...] = ()
    social_index: SocialIndex | None = None
    result_reading: ResultReading | None = None
    source_defects: tuple[SourceDefect, ...] = ()
    word_lists: tuple[WordList, ...] = ()
    rubrics: tuple[Rubric, ...] = ()
    order_templates: tuple[OrderTemplate, ...] = ()
    control_templates: tuple[ControlTemplate, ...] = ()

    def form(self, form_id: str) -> Form | None:
        """The form of that id."""
        return next((form for form in self.forms if form.id == form_id), None)

    def question(self, code: str) -> Question | None:
        """The question of that code, of any form."""
        return next((item for form in self.forms for item in form.questions() if item.code == code), None)

    def factor(self, code: str) -> Factor | None:
        """The risk factor of that code."""
        return next((factor for factor in self.factors if factor.code == code), None)

    def problem_field_of(self, factor_code: str) -> ProblemField | None:
        """The first problem field that answers a factor."""
        return next((field for field in self.problem_fields if field.factor == factor_code), None)

    def measure(self, measure_id: str) -> Measure | None:
        """The library measure of that id."""
        return next((measure for measure in self.measures if measure.id == measure_id), None)

    def measures_for(self, factor_code: str) -> tuple[Measure, ...]:
        """Suggested measures of a factor: those of its problem fields first, best first."""
        named = [
            measure
            for field in self.problem_fields
            if field.factor == factor_code
            for measure_id in field.measures
            if (measure := self.measure(measure_id)) is not None
        ]
        others = [measure for measure in self.school_measures() if factor_code in measure.factors]
        return tuple(dict.fromkeys([*named, *others]))

    def school_measures(self) -> tuple[Measure, ...]:
        """Measures that a school may take into its own road map: one of their executors is at the school."""
        own = {role.id for role in self.roles if role.lane in self.school_lanes()}
        return tuple(measure for measure in self.measures if own & set(self.executors_of(measure)))

    def plan_measures(self) -> tuple[Measure, ...]:
        """The numbered measures of the source's plan, in its order."""
        return tuple(measure for measure in self.measures if measure.number)

    def school_lanes(self) -> frozenset[str]:
        """The participants that are schools."""
        return frozenset(lane.id for lane in self.lanes if lane.at_school)

    def section_of(self, measure: Measure) -> PlanSection | None:
        """The section of the plan that a measure stands in."""
        return next((item for item in self.plan_sections if item.code == measure.section), None)

    def deadline_of(self, measure: Measure) -> str:
        """The words of a measure's deadline: its own, else those of its section or of the section around that."""
        return measure.deadline or next((item.deadline for item in self._sections_around(measure) if item.deadline), "")

    def executors_of(self, measure: Measure) -> tuple[str, ...]:
        """Role ids: the measure's own, else those of its section or of the section around that."""
        inherited = (item.executors for item in self._sections_around(measure) if item.executors)
        return measure.executors or next(inherited, ())

    def _sections_around(self, measure: Measure) -> Iterator[PlanSection]:
        """The section of a measure, then what that is a part of."""
        by_code = {item.code: item for item in self.plan_sections}
        seen: set[str] = set()
        code = measure.section
        while code in by_code and code not in seen:
            seen.add(code)
            yield by_code[code]
            code = by_code[code].parent

    def tasks_of(self, stage_id: str, lane_id: str | None) -> tuple[StageTask, ...]:
        """Tasks of one participant at one stage; `None` = the tasks that nobody is named for."""
        return tuple(task for task in self.tasks if task.stage == stage_id and task.lane == lane_id)

    def stage_on(self, day: date) -> Stage | None:
        """The stage of a day; where stages overlap, the later one. None before the first and after the last."""
        return next((stage for stage in reversed(self.stages) if stage.start <= day <= stage.end), None)

    def stages_on(self, day: date) -> tuple[Stage, ...]:
        """All stages of a day: two where they overlap."""
        return tuple(stage for stage in self.stages if stage.start <= day <= stage.end)

    def uncovered_territories(self) -> tuple[Territory, ...]:
        """Territories of the region that no curator covers."""
        covered = {territory for curator in self.curators for territory in curator.territories}
        return tuple(territory for territory in self.territories if territory.id not in covered)

    def term(self, code: str) -> Term | None:
        """How this methodology names an object of the program."""
        return next((term for term in self.terms if term.code == code), None)

    def code_list(self, name: str) -> CodeList:
        """The choices that a field of the data takes from the pack; empty for an unknown name."""
        return _code_lists(self).get(name, ())


def _choices(choices: tuple[Choice, ...]) -> CodeList:
    return tuple((choice.code, choice.caption) for choice in choices)


def _code_lists(pack: Pack) -> dict[str, CodeList]:
    development, partnership = pack.development, pack.partnership
    return {
        "stages": tuple((item.id, f"{item.number} этап. {item.title}") for item in pack.stages),
        "lanes": tuple((item.id, item.title) for item in pack.lanes),
        "roles": tuple((item.id, item.title) for item in pack.roles),
        "executors": tuple((item.id, item.title) for item in pack.roles if item.executor),
        "territories": tuple((item.id, item.title) for item in pack.territories),
        "curators": tuple((item.id, item.title) for item in pack.curators),
        "mentor_states": _choices(pack.mentor_rule.states),
        "support_levels": _choices(pack.identification.levels),
        "stage_tasks": tuple((item.id, item.text) for item in pack.tasks),
        "monitoring_waves": tuple((item.id, item.title) for item in pack.monitoring_waves),
        "forms": tuple((item.id, item.title) for item in pack.forms),
        "factors": tuple((item.code, item.title) for item in pack.factors),
        "problem_fields": tuple((item.code, item.title) for item in pack.problem_fields),
        "directions": tuple((item.code, item.title) for item in pack.directions),
        "evidence_kinds": _choices(pack.evidence_kinds),
        "measures": tuple((item.id, item.title) for item in pack.measures),
        "programme_tasks": tuple((item.id, item.text) for item in pack.programme_tasks),
        "programme_sections": tuple((item.code, item.title) for item in pack.programme_sections),
        "antirisk_sections": tuple((item.code, item.title) for item in pack.antirisk_sections),
        "programme_states": tuple((item.code, item.caption) for item in pack.programme_states),
        "programme_risks": tuple((item.code, item.title) for item in pack.programme_risks),
        "indicators": tuple((item.id, item.title) for item in pack.indicators),
        "stamps": tuple((item.code, item.title) for item in pack.stamps),
        "documents": tuple((item.code, item.title) for item in pack.documents),
        "map_questions": tuple(
            (item.code, item.caption) for form in pack.forms if form.id == "diagnostic_map" for item in form.questions()
        ),
        "plan_sections": tuple((item.code, item.title) for item in pack.plan_sections),
        "causes": tuple((item.code, item.title) for item in pack.causes),
        "rubrics": tuple((item.code, item.title) for item in pack.rubrics),
        "order_kinds": tuple((item.code, item.title) for item in pack.order_templates),
        "activity_criteria": tuple((item.code, item.title) for item in pack.activity_criteria),
        "categories": tuple((item.code, item.title) for item in pack.identification.categories),
        "deficit_kinds": _choices(development.deficit_kinds),
        "deficit_levels": _choices(development.deficit_levels),
        "activity_forms": _choices(development.activity_forms),
        "presentation_forms": _choices(development.presentation_forms),
        "diagnostics": _choices(development.diagnostics),
        "activity_states": _choices(development.activity_states),
        "event_forms": _choices(partnership.event_forms),
        "event_states": _choices(partnership.event_states),
        "participant_kinds": _choices(partnership.participant_kinds),
        "contact_kinds": _choices(partnership.contact_kinds),
        **{words.code: tuple((item.code, item.caption) for item in words.items) for words in pack.word_lists},
    }

"""What the programme's page shows, read at once off the interface thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.facts import ProgrammeFact, SchoolFacts
from shnor_desktop.domain.findings import PROGRAMME as PAGE
from shnor_desktop.domain.methodology import Measure as LibraryMeasure
from shnor_desktop.domain.occurrences import Deadlines, deadlines_of
from shnor_desktop.models.base import Entity
from shnor_desktop.models.diagnostics import ProblemField
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.programme import AntiriskProgramme, Goal, Programme, TargetIndicator
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckLine, Completeness, check_facts, completeness_of
from shnor_desktop.services.diagnosis import form_view_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.problems import cards_of
from shnor_desktop.services.programme import draft_source
from shnor_desktop.services.programme_order import ApprovalOrder, approval_order, can_draft
from shnor_desktop.services.programme_sections import SectionView, sections_of
from shnor_desktop.services.programme_stamps import StampView, all_stamps_of
from shnor_desktop.services.programme_states import StateStep, next_steps_of
from shnor_desktop.services.programme_tree import ProgrammeTree, TreeNode, tree_of
from shnor_desktop.services.programme_versions import VersionLine, versions_of
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.forms.editors import Options

ENTITIES: tuple[type[Entity], ...] = (Programme, Goal, TargetIndicator, AntiriskProgramme, Measure, ProblemField)
_TARGETS = ("problem_field", "goal", "staff_member", "antirisk_programme")
GOALS, TASKS = "goals", "tasks"
"""Options that a goal or a task alone may be chosen from."""
_WORRYING = ("high", "medium")


@dataclass(frozen=True, slots=True)
class ProgrammeRows:
    """The rows that are edited here, by entity and id, with what their forms need."""

    fields: Mapping[str, Mapping[str, FieldInfo]]
    values: Mapping[tuple[str, str], Mapping[str, WireValue]]
    options: Mapping[str, Options]

    def of(self, entity: str) -> list[tuple[str, Mapping[str, WireValue]]]:
        """The rows of one entity."""
        return [(row, values) for (name, row), values in self.values.items() if name == entity]


@dataclass(frozen=True, slots=True)
class ProgrammeData:
    """The programme as the page shows it; `programme` is None before it is begun."""

    programme: ProgrammeFact | None
    active_problems: int
    sections: tuple[SectionView, ...] = ()
    tree: ProgrammeTree = field(default_factory=lambda: ProgrammeTree(()))
    steps: tuple[StateStep, ...] = ()
    stamps: tuple[StampView, ...] = ()
    findings: tuple[CheckLine, ...] = ()
    completeness: Completeness = field(default_factory=lambda: Completeness(0, 0))
    versions: tuple[VersionLine, ...] = ()
    order: ApprovalOrder | None = None
    can_draft_order: bool = False
    offers: Mapping[str, tuple[LibraryMeasure, ...]] = field(default_factory=dict)
    """Measures of the methodology for each problem in work that the road map does not hold yet."""
    deadlines: Deadlines | None = None
    rows: ProgrammeRows = field(default_factory=lambda: ProgrammeRows({}, {}, {}))
    antirisk_factors: tuple[tuple[str, str], ...] = ()
    """Factors of high or medium significance without a programme against them: code and title."""

    def section(self, code: str) -> SectionView | None:
        """A section by its code."""
        return next((view for view in self.sections if view.section.code == code), None)

    def section_of_paragraph(self, row: str) -> str:
        """The section that holds a paragraph; empty if none does."""
        found = (v.section.code for v in self.sections if any(one.id == row for one in v.paragraphs))
        return next(found, "")

    def node(self, entity: str, row: str) -> TreeNode | None:
        """The place of a row in the tree."""
        return next((node for node in self.tree.walk() if (node.entity, node.row) == (entity, row)), None)

    def words(self, entity: str, row: str, *, is_error: bool) -> dict[str, str]:
        """What the check says of a row, by field."""
        lines = [one for one in self.findings if (one.entity, one.row, one.is_error) == (entity, row, is_error)]
        return {line.field: f"{line.text} {line.do}".strip() for line in lines}


def read_programme(workspace: Workspace, school: str) -> ProgrammeData:
    """Everything in one reading; called off the interface thread."""
    facts = read_facts(workspace, school)
    active = sum(1 for problem in facts.problems if problem.is_active)
    if facts.programme is None:
        return ProgrammeData(None, active)
    pack = workspace.pack
    source = draft_source(workspace, facts)
    return ProgrammeData(
        programme=facts.programme,
        active_problems=active,
        sections=sections_of(source),
        tree=tree_of(pack, facts),
        steps=next_steps_of(pack, facts),
        stamps=all_stamps_of(pack, facts),
        findings=check_facts(workspace, facts, school).by_page.get(PAGE, ()),
        completeness=completeness_of(pack, facts)[PAGE],
        versions=versions_of(workspace, facts, school),
        order=approval_order(workspace, facts, school),
        can_draft_order=can_draft(workspace),
        offers={card.problem.id: card.suggested for card in cards_of(pack, facts, source.profile)},
        deadlines=deadlines_of(pack, facts),
        rows=_rows(workspace, school, facts.programme.id),
        antirisk_factors=_antirisk_factors(workspace, facts),
    )


def _rows(workspace: Workspace, school: str, programme: str) -> ProgrammeRows:
    values = {}
    for cls in ENTITIES:
        for item in records.rows(workspace, cls, school):
            if cls is ProblemField or programme in (item.id, getattr(item, "programme", None)):
                values[cls.log_name, item.id] = records.wire_values(item)
    fields = {cls.log_name: records.fields_of(workspace, cls) for cls in ENTITIES}
    options = {target: records.reference_choices(workspace, target, school) for target in _TARGETS}
    tasks = {row for (name, row), own in values.items() if name == Goal.log_name and own.get("kind") == "task"}
    options[TASKS] = tuple(pair for pair in options["goal"] if pair[0] in tasks)
    options[GOALS] = tuple(pair for pair in options["goal"] if pair[0] not in tasks)
    return ProgrammeRows(fields, values, options)


def _antirisk_factors(workspace: Workspace, facts: SchoolFacts) -> tuple[tuple[str, str], ...]:
    pack = workspace.pack
    there = {item.factor for item in facts.current(facts.antirisks)}
    worrying = [
        item.factor
        for item in form_view_of(pack, facts).profile
        if item.level.value in _WORRYING and item.factor not in there
    ]
    return tuple((code, factor.title) for code in worrying if (factor := pack.factor(code)) is not None)


def unread(sections: Sequence[SectionView]) -> int:
    """Paragraphs that the program drafted and nobody has read."""
    return sum(view.unread for view in sections)

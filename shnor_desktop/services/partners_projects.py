"""Network projects of the methodology: members, what of their plan stands in the road map, events and results."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.facts import EventFact, MeasureFact, SchoolFacts
from shnor_desktop.domain.methodology import NetworkProject, Pack
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.roadmap import MEASURE_STATES
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.roadmap import executors
from shnor_desktop.services.workspace import Workspace

_STATES = dict(MEASURE_STATES)


@dataclass(frozen=True, slots=True)
class ProjectMeasure:
    """A measure of the project; `row` is that of the road map, empty while the school has not taken it.

    `state` says how it stands there, or who does what is no work of the school.
    """

    code: str
    title: str
    row: str
    state: str
    may_be_taken: bool


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project with what the school does in it; `results` are what its events gave."""

    project: NetworkProject
    measures: tuple[ProjectMeasure, ...]
    events: tuple[EventFact, ...]

    @property
    def words(self) -> str:
        """«В дорожной карте 2 из 3 мероприятий, проведено 4 события»."""
        taken = sum(1 for item in self.measures if item.row)
        held = plural(len(self.events), "событие", "события", "событий")
        whole = plural(len(self.measures), "мероприятия", "мероприятий", "мероприятий")
        return f"В дорожной карте {taken} из {whole}, проведено: {held}"

    @property
    def results(self) -> tuple[str, ...]:
        """What was taken into work after the events, newest first."""
        return tuple(item.taken_into_work for item in self.events if item.taken_into_work)


def projects(workspace: Workspace, school: str | None = None) -> tuple[ProjectView, ...]:
    """The projects of a school's methodology."""
    return projects_of(workspace.pack_of(school), read_facts(workspace, school))


def projects_of(pack: Pack, facts: SchoolFacts) -> tuple[ProjectView, ...]:
    """The same from facts that were read already."""
    return tuple(_view(pack, facts, project) for project in pack.projects)


def _view(pack: Pack, facts: SchoolFacts, project: NetworkProject) -> ProjectView:
    own = {item.library_code: item for item in facts.current(facts.measures) if item.library_code in project.measures}
    rows = {item.id for item in own.values()}
    events = [item for item in facts.events if item.measure in rows and item.is_held(facts.as_of)]
    events.sort(key=lambda item: (item.held_on or facts.as_of, item.id), reverse=True)
    takeable = {item.id for item in pack.school_measures()}
    measures = [_measure(pack, code, own.get(code), code in takeable) for code in project.measures]
    return ProjectView(project, tuple(measures), tuple(events))


def _measure(pack: Pack, code: str, taken: MeasureFact | None, may_be_taken: bool) -> ProjectMeasure:
    known = pack.measure(code)
    title = taken.label if taken is not None else known.title if known is not None else code
    state = _STATES.get(taken.state or "", "") if taken is not None else ""
    if taken is None and known is not None and not may_be_taken:
        state = f"исполняет: {executors(pack, known)}"
    return ProjectMeasure(code, title, taken.id if taken is not None else "", state, may_be_taken and taken is None)

"""The desk of a reviewer: its schools with their state, remarks; the centre's decisions on packages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeRequest, Set
from shnor_desktop.domain.methodology import Level, Pack
from shnor_desktop.exchange.package_json import SCHOOL_PACKAGE
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.review import Remark, ReviewDecision
from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import MAP, form_view_of
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.remark_feed import day_of, is_open
from shnor_desktop.services.remark_places import Places
from shnor_desktop.services.remark_threads import due_requests, open_remarks, require_ahead
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind
from shnor_desktop.storage.records import PackageRecord

LONGEST_CAPTION = 400


@dataclass(frozen=True, slots=True)
class RiskLevel:
    """How many factors of a school stand at each level, and the worst of them."""

    level: Level
    high: int
    medium: int
    low: int
    unknown: int


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school as the centre's desk lists it."""

    id: str
    code: str
    name: str
    locality: str
    state: str
    """Code of the decision on the newest package: received, accepted, returned; empty before the first one."""
    package: PackageRecord | None
    answered: int
    questions: int
    risk: RiskLevel
    open_remarks: int
    conflicts: int
    programme_state: str
    measures: int

    @property
    def completeness(self) -> int:
        """Percent of the diagnostic map that is answered."""
        return round(100 * self.answered / self.questions) if self.questions else 0


@dataclass(frozen=True, slots=True)
class RemarkDraft:
    """A remark of the centre to a place in a school's data; `row` and `field` may be empty."""

    entity: str
    row: str
    field: str
    caption: str
    body: str
    kind: str = "remark"
    due: str = ""


def schools(workspace: Workspace) -> list[SchoolLine]:
    """Every school of the centre, by name."""
    require_kind(workspace, StoreKind.MUNICIPAL, StoreKind.METHODIST)
    lines = [school_line(workspace, owner) for owner in school_ids(workspace)]
    return sorted(lines, key=lambda line: (line.name.casefold(), line.code))


def school_ids(workspace: Workspace) -> list[str]:
    """The ids of the schools in this store; what a centre keeps of its own is none."""
    with workspace.reading() as reader:
        return [owner for owner in reader.schools() if owner != workspace.centre]


def school_line(workspace: Workspace, school: str) -> SchoolLine:
    """One school; kept until its data or its packages change."""
    with workspace.reading() as reader:
        digest = reader.projection_digest(school)
        found = reader.records.packages(school)
        incoming = [one for one in found if one.direction == "in" and one.kind == SCHOOL_PACKAGE]
        conflicts = reader.conflict_count(school)
    newest = max(incoming, key=lambda record: (record.number, record.made_at), default=None)
    return _line(_Key(workspace, workspace.pack_of(school)), school, digest, newest, conflicts)


class _Key:
    """Lets a workspace stand in a cache key: equal for one store and one methodology."""

    def __init__(self, workspace: Workspace, pack: Pack) -> None:
        self.workspace = workspace
        self.pack = pack
        self._identity = (workspace.store_id, pack.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other._identity == self._identity

    def __hash__(self) -> int:
        return hash(self._identity)


@lru_cache(maxsize=512)
def _line(key: _Key, school: str, digest: str, newest: PackageRecord | None, conflicts: int) -> SchoolLine:
    workspace = key.workspace
    facts = read_facts(workspace, school)
    view = form_view_of(key.pack, facts, MAP)
    levels = [assessment.level for assessment in view.profile]
    card = records.row(workspace, School, school, school)
    decisions = records.rows(workspace, ReviewDecision, school)
    decided = next((d.decision for d in decisions if newest and d.package == newest.id), None)
    programme = facts.programme
    return SchoolLine(
        id=school,
        code=(card.code if card else None) or "",
        name=(card.short_name if card else None) or "",
        locality=(card.locality if card else None) or "",
        state=decided or ("received" if newest else ""),
        package=newest,
        answered=sum(block.answered for block in view.blocks),
        questions=len(view.questions),
        risk=_risk(levels),
        open_remarks=sum(1 for remark in facts.remarks if is_open(remark.kind, remark.state)),
        conflicts=conflicts,
        programme_state=(programme.state if programme else None) or "",
        measures=len(facts.measures),
    )


def _risk(levels: list[Level]) -> RiskLevel:
    counts = {level: levels.count(level) for level in Level}
    worst = next((level for level in (Level.HIGH, Level.MEDIUM, Level.LOW) if counts[level]), Level.UNKNOWN)
    return RiskLevel(worst, counts[Level.HIGH], counts[Level.MEDIUM], counts[Level.LOW], counts[Level.UNKNOWN])


def remarks(workspace: Workspace, school: str | None = None) -> list[Remark]:
    """The remarks to a school, newest first."""
    found = records.rows(workspace, Remark, school)
    return sorted(found, key=lambda remark: (remark.made_on or "", remark.id), reverse=True)


def leave_remark(workspace: Workspace, school: str, draft: RemarkDraft) -> Done:
    """Leave a remark; it stays with its field, measure or paragraph and keeps what stood there.

    KnownError remarks.empty_body, .due_is_past, value.*.
    """
    require_kind(workspace, StoreKind.MUNICIPAL, StoreKind.METHODIST)
    if not draft.body.strip():
        raise KnownError("remarks.empty_body")
    due = str(parse_value(info_of(Remark).fields["due_on"], draft.due) or "")
    require_ahead(workspace, day_of(due))
    values = {
        "kind": draft.kind,
        "target_entity": draft.entity,
        "target_row": draft.row,
        "target_field": draft.field,
        "target_caption": draft.caption[:LONGEST_CAPTION],
        "body": draft.body,
        "author": workspace.identity.certificate.name,
        "made_on": today(workspace),
        "state": "new",
        "quoted": Places(workspace, school).now(draft.entity, draft.row, draft.field).text,
        "due_on": due,
    }
    return records.begin(workspace, Remark, values, school)


def decide_package(
    workspace: Workspace,
    school: str,
    decision: str,
    comment: str = "",
    due: str = "",
    *,
    must_close: Collection[str] = (),
    despite_open: bool = False,
) -> Done:
    """Decide on the newest package of a school: received, accepted or returned «на доработку» with a date.

    `must_close` names the remarks that have to be mended by that date. KnownError remarks.still_open where a package
    is accepted although remarks stand open, unless `despite_open` says that a person knows; .due_needed, .due_is_past.
    """
    require_kind(workspace, StoreKind.MUNICIPAL)
    line = school_line(workspace, school)
    if line.package is None:
        raise KnownError("package.nothing_to_answer")
    left = len(open_remarks(workspace, school)) if decision == "accepted" else 0
    if left and not despite_open:
        raise KnownError("remarks.still_open", count=left)
    if must_close and not due:
        raise KnownError("remarks.due_needed")
    info = info_of(ReviewDecision)
    row = records.row_id_for(workspace, info, {"package": line.package.id}, school)
    values: dict[str, WireValue] = {
        "package": line.package.id,
        "package_name": line.package.file_name,
        "package_number": line.package.number,
        "received_on": today(workspace).isoformat(),
        "decision": decision,
        "comment": comment or None,
        "due_on": parse_value(info.fields["due_on"], due),
    }
    requests: list[ChangeRequest] = [Set(info.log_name, row, name, value) for name, value in values.items()]
    requests += due_requests(workspace, must_close, due)
    batch = workspace.write(requests, "решение по пакету", school)
    return Done("решение по пакету", row, batch.name if batch else "")

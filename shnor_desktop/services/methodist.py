"""The desk of a methodist or curator: what was left in a school goes to the school and to its centre in one file.

A visit package holds what the methodist wrote and nothing else: the data of a school come from the school alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.package_json import VISIT, Party
from shnor_desktop.models.review import Remark
from shnor_desktop.services import packages, records
from shnor_desktop.services.centre import SchoolLine, school_ids, school_line
from shnor_desktop.services.leaving import Leaving, leaving_of
from shnor_desktop.services.lesson_visits import visits_view
from shnor_desktop.services.package_drafts import Draft, draft, draft_of
from shnor_desktop.services.packages import Exported
from shnor_desktop.services.remark_feed import remark_line
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind
from shnor_desktop.storage.log_store import SentBatch
from shnor_desktop.storage.store import WriteTransaction

_HANDED = "visit_handed"
"""Kept by school: how many steps of this desk the newest visit package held."""


@dataclass(frozen=True, slots=True)
class CuratedSchool:
    """A school as its methodist sees it: what is open, and what of the own work was not handed over yet."""

    line: SchoolLine
    visits: int
    planned: int
    open_remarks: int
    fixed_remarks: int
    to_hand: int
    """Steps of the methodist's work since the newest visit package; 0 when everything was handed over."""


def curated_schools(workspace: Workspace) -> list[CuratedSchool]:
    """The schools whose packages were taken in, by name."""
    require_kind(workspace, StoreKind.METHODIST)
    schools = school_ids(workspace)
    with workspace.writing() as transaction:
        local = _own_replicas(workspace, transaction)
        vectors = {school: transaction.log.vector(school) for school in schools}
        handed = transaction.records.kept(_HANDED)
    written = {
        school: sum(head.sequence for replica, head in vector.items() if replica in local)
        for school, vector in vectors.items()
    }
    found = [_curated(workspace, school, written[school] - int(handed.get(school, 0))) for school in schools]
    return sorted(found, key=lambda one: (one.line.name.casefold(), one.line.code))


def _curated(workspace: Workspace, school: str, to_hand: int) -> CuratedSchool:
    lines = [remark_line(remark) for remark in records.rows(workspace, Remark, school)]
    cards = [card for card in visits_view(workspace, school).cards if card.visit.kind == "methodist"]
    return CuratedSchool(
        line=school_line(workspace, school),
        visits=len(cards),
        planned=sum(1 for card in cards if card.is_planned),
        open_remarks=sum(1 for line in lines if line.is_open),
        fixed_remarks=sum(1 for line in lines if line.state == "fixed"),
        to_hand=max(0, to_hand),
    )


def visit_draft(workspace: Workspace, transaction: WriteTransaction, school: str) -> Draft:
    """Everything that this desk wrote of a school, with its own seals. KnownError methodist.nothing_to_hand."""
    own = _own_batches(workspace, transaction, school)
    if not own:
        raise KnownError("methodist.nothing_to_hand")
    receiver = draft(workspace, transaction, school).receiver
    found = draft_of(workspace, transaction, school, receiver, own, lambda _item, _place: True)
    replicas = {item.batch.replica for item in own}
    return replace(found, seals=tuple(seal for seal in found.seals if seal.replica in replicas))


def export_visit(workspace: Workspace, school: str, folder: Path, *, plain: bool = False) -> Exported:
    """Write remarks and visits of a school for the school and for its centre.

    It is encrypted where the keys of both are known. KnownError methodist.nothing_to_hand and those of packages.
    """
    require_kind(workspace, StoreKind.METHODIST)
    now = workspace.clock.now()
    with workspace.writing() as transaction:
        head = packages.seal(workspace, transaction, school, now)
        found = visit_draft(workspace, transaction, school)
        centre = _centre(transaction)
        transaction.records.keep(_HANDED, school, str(len(found.batches)))
    if head is not None:
        workspace.remember_sealed(school, head)
    manifest = packages.manifest_of(workspace, found, VISIT, None, now)
    return packages.write_package(workspace, folder, found, manifest, now, plain=plain, also=(centre,))


def leaving_visit(workspace: Workspace, school: str) -> Leaving:
    """What the file would carry. KnownError methodist.nothing_to_hand."""
    with workspace.writing() as transaction:
        found = visit_draft(workspace, transaction, school)
    return leaving_of(found)


def _own_replicas(workspace: Workspace, transaction: WriteTransaction) -> frozenset[str]:
    """This desk on this computer, now and before a store was restored."""
    local = {one.replica for one in transaction.records.replicas() if one.is_local}
    return frozenset((*local, workspace.writer.replica))


def _own_batches(workspace: Workspace, transaction: WriteTransaction, school: str) -> Sequence[SentBatch]:
    own = _own_replicas(workspace, transaction)
    others = {replica: head for replica, head in transaction.log.vector(school).items() if replica not in own}
    return [item for item in transaction.log.since(school, others) if item.batch.replica in own]


def _centre(transaction: WriteTransaction) -> Party:
    """The newest centre that is confirmed here; one without a key while none is."""
    found = [one for one in transaction.records.signers() if one.role == WriterRole.MUNICIPAL]
    newest = max(found, key=lambda one: one.trusted_at, default=None)
    if newest is None:
        return Party(code="", name="муниципальный центр", role=WriterRole.MUNICIPAL, fingerprint="")
    return Party(newest.code, newest.name, newest.role, newest.fingerprint)

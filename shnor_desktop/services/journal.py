"""The journal of packages in words: what was made, what came, where it stands."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.russian import short_date
from shnor_desktop.exchange.package_json import EVERY_SCHOOL
from shnor_desktop.models.review import ReviewDecision
from shnor_desktop.models.school import School
from shnor_desktop.services import qualified_signatures, records
from shnor_desktop.services.arrivals import VerdictCode
from shnor_desktop.services.delivery import superseded_by
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.records import PackageRecord

STATES = {
    "prepared": "подготовлен",
    "handed": "передан",
    "received": "получен центром",
    "accepted": "принят",
    "returned": "на доработке",
}
KINDS = {
    "school": "данные школы",
    "receipt": "квитанция центра",
    "methodology": "методика",
    "delegation": "часть работы коллеге",
    "returned": "часть работы от коллеги",
    "request": "запрос на подключение",
    "invitation": "приглашение",
    "visit": "посещение методиста",
}
WAITING = frozenset({"prepared", "handed", "received"})


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One package of the journal; `path` is where it was written, for one that was made here."""

    id: str
    is_outgoing: bool
    kind: str
    """In words, with «УКЭП: есть» where the head has signed."""
    file_name: str
    number: int
    school: str
    made_on: str
    state: str
    state_words: str
    path: Path | None
    school_name: str
    decision_words: str
    superseded_by: int = 0
    """The number of the newer package that holds what this one held; 0 where there is none."""
    made_at: str = ""

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come: nobody answers a methodology."""
        return self.is_outgoing and self.state in WAITING and self.school != EVERY_SCHOOL and not self.superseded_by


def journal(workspace: Workspace, school: str | None = None) -> list[PackageLine]:
    """The packages of this desk, or of one school at a centre; newest first."""
    with workspace.reading() as reader:
        found = reader.records.packages(school)
        signed = qualified_signatures.short_words(reader.records)
    owners = {record.school for record in found}
    decisions = {
        decision.package: decision for owner in owners for decision in records.rows(workspace, ReviewDecision, owner)
    }
    with workspace.reading() as reader:
        cards = {owner: reader.row(School, owner, owner) for owner in owners}
    names = {owner: (card.short_name or "") if card else "" for owner, card in cards.items()}
    names[EVERY_SCHOOL] = "для всех школ"
    newer = superseded_by(found)
    lines = [_line(one, decisions.get(one.id), names[one.school], newer.get(one.id, 0)) for one in found]
    return [replace(line, kind=f"{line.kind} · {signed[line.id]}") if line.id in signed else line for line in lines]


def _line(record: PackageRecord, decision: ReviewDecision | None, school_name: str, newer: int) -> PackageLine:
    details = json.loads(record.details)
    outgoing = record.direction == "out"
    folder = details.get("folder")
    words = STATES.get(record.state, record.state) if outgoing else VerdictCode(record.state).caption
    if not outgoing and decision is not None and decision.decision:
        words = STATES.get(decision.decision, words)
    words = f"заменён пакетом № {newer}" if newer else words
    comment = ""
    if decision is not None:
        due = f"Доработать до {_day(decision.due_on)}. " if decision.due_on else ""
        comment = f"{due}{decision.comment or ''}".strip()
    return PackageLine(
        id=record.id,
        is_outgoing=outgoing,
        kind=KINDS.get(record.kind, record.kind),
        file_name=record.file_name,
        number=record.number,
        school=record.school,
        made_on=short_date(parse_utc(record.made_at).astimezone().date()),
        state=record.state,
        state_words=words,
        path=Path(folder) / record.file_name if folder else None,
        school_name=school_name,
        decision_words=comment,
        superseded_by=newer,
        made_at=record.made_at,
    )


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))

"""Versions of the programme («редакции»): kept at every step of its way and by hand, read, compared, brought back.

A version is a row with the digest of its text; the text is a blob of the school and travels with the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.log import Batch, ChangeRequest, Restore, Set
from shnor_desktop.domain.programme_difference import (
    ProgrammeContent,
    ProgrammeDifference,
    compare,
    content_bytes,
    read_content,
)
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.programme import ProgrammeParagraph, ProgrammeVersion
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import programme_text, records
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.programme import current_of
from shnor_desktop.services.programme_content import content_of_facts
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

KIND = "programme_version"
"""The kind of the blob that holds a version's text."""
NOW = "now"
"""What is compared with a version: the programme as it stands."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A kept version in words; `is_at_hand` is False while its text has not arrived."""

    id: str
    number: int
    state: str
    day: str
    note: str
    author: str
    content: str
    is_at_hand: bool = True

    @property
    def title(self) -> str:
        """«Редакция 2 — принята педсоветом»."""
        return f"Редакция {self.number} — {self.state}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions laid beside each other, named in words."""

    old: str
    new: str
    difference: ProgrammeDifference


def versions(workspace: Workspace, school: str | None = None) -> tuple[VersionLine, ...]:
    """The versions of the current programme, newest first."""
    return versions_of(workspace, read_facts(workspace, school), school)


def versions_of(workspace: Workspace, facts: SchoolFacts, school: str | None = None) -> tuple[VersionLine, ...]:
    """The same from facts that were read already."""
    if facts.programme is None:
        return ()
    owner = school or workspace.school
    programme = facts.programme.id
    captions = {item.code: item.caption for item in workspace.pack_of(school).programme_states}
    found = [item for item in records.rows(workspace, ProgrammeVersion, owner) if item.programme == programme]
    authors = _authors(workspace, owner) if found else {}
    with workspace.reading() as reader:
        there = {name for name, _ in reader.records.blobs(owner)} if found else set()
    found.sort(key=lambda item: (item.number or 0, item.made_on or "", item.id), reverse=True)
    return tuple(
        VersionLine(
            id=item.id,
            number=item.number or 0,
            state=captions.get(item.state or "", item.state or ""),
            day=_day(item.made_on),
            note=item.note or "",
            author=authors.get(item.id, ""),
            content=item.content or "",
            is_at_hand=item.content in there,
        )
        for item in found
    )


def save_version(workspace: Workspace, note: str = "") -> Done:
    """«Сохранить редакцию»; KnownError programme.version_same where nothing changed since the newest one."""
    facts = read_facts(workspace)
    programme = current_of(facts)
    words = parse_value(info_of(ProgrammeVersion).fields["note"], note)
    content = content_of_facts(workspace.pack, facts)
    known = versions_of(workspace, facts)
    if known and known[0].is_at_hand and _same(content_of(workspace, known[0].id), content):
        raise KnownError("programme.version_same", number=known[0].number)
    number = known[0].number + 1 if known else 1
    kept = _Kept(facts, programme.state or "draft", str(words or ""), number)
    operation = f"сохранена редакция {number}"
    batch = _write(workspace, [], operation, [kept])
    return Done(operation, programme.id, batch.name if batch else "")


def write_with_versions(
    workspace: Workspace, requests: Sequence[ChangeRequest], operation: str, before: SchoolFacts, after: SchoolFacts
) -> Batch | None:
    """Write a step of the programme's way and keep the text that it was made with, as one unit of work.

    The first step keeps the draft as well: it is what the council was given.
    """
    known = versions_of(workspace, before)
    number = known[0].number + 1 if known else 1
    was = (before.programme and before.programme.state) or "draft"
    state = (after.programme and after.programme.state) or "draft"
    kept = []
    if not known and was != state:
        kept.append(_Kept(before, was, "до первого шага", number))
    kept.append(_Kept(after, state, "", number + len(kept)))
    return _write(workspace, requests, operation, kept)


def content_of(workspace: Workspace, version: str, school: str | None = None) -> ProgrammeContent:
    """The text of a version by its row, or of the programme now.

    KnownError programme.version_absent where its text is not at hand, programme.version_unreadable, .version_newer.
    """
    if version == NOW:
        return content_of_facts(workspace.pack_of(school), read_facts(workspace, school))
    owner = school or workspace.school
    row = records.row(workspace, ProgrammeVersion, version, owner)
    with workspace.reading() as reader:
        data = reader.records.blob(owner, row.content) if row is not None and row.content else None
    if data is None:
        raise KnownError("programme.version_absent", number=str(row.number) if row is not None else "?")
    return read_content(data)


def difference(workspace: Workspace, old: str, new: str, school: str | None = None) -> Comparison:
    """What the second has otherwise than the first; each is a row of a version, or NOW."""
    found = compare(content_of(workspace, old, school), content_of(workspace, new, school))
    names = {line.id: f"{line.title}, {line.day}" for line in versions(workspace, school)}
    names[NOW] = f"как сейчас, {short_date(today(workspace))}"
    return Comparison(names.get(old, ""), names.get(new, ""), found)


def chosen_pair(workspace: Workspace, which: str, school: str | None = None) -> tuple[str, str] | None:
    """The two that «2:3», «2:now» or two ids name; without a choice the newest against now, else the newest two.

    None where there is nothing to compare. KnownError programme.no_such_version.
    """
    lines = versions(workspace, school)
    if not which:
        if not lines:
            return None
        is_same = len(lines) > 1 and difference(workspace, lines[0].id, NOW, school).difference.is_empty
        return (lines[1].id, lines[0].id) if is_same else (lines[0].id, NOW)
    by_name = {line.id: line.id for line in lines} | {str(line.number): line.id for line in reversed(lines)}
    by_name |= {NOW: NOW, "": NOW}
    first, _, second = which.partition(":")
    for name in (first, second):
        if name not in by_name:
            raise KnownError("programme.no_such_version", which=name[:40])
    return by_name[first], by_name[second]


def bring_paragraph_back(workspace: Workspace, section: str, paragraph: str, text: str) -> Done:
    """«Вернуть этот абзац»: the earlier words as an ordinary edit; a paragraph that was removed stands again."""
    row = records.row(workspace, ProgrammeParagraph, paragraph)
    if row is None:
        return programme_text.add_paragraph(workspace, section, text)
    name = ProgrammeParagraph.log_name
    operation = "возвращён абзац программы"
    requests: list[ChangeRequest] = [Set(name, paragraph, "body", text), Set(name, paragraph, "generated", False)]
    if row.hidden:
        requests.append(Restore(name, paragraph))
    batch = workspace.write(requests, operation)
    return Done(operation, paragraph, batch.name if batch else "")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A version that is about to be kept."""

    facts: SchoolFacts
    state: str
    note: str
    number: int


def _write(
    workspace: Workspace, requests: Sequence[ChangeRequest], operation: str, kept: Sequence[_Kept]
) -> Batch | None:
    pack, day = workspace.pack, today(workspace)
    with workspace.writing() as transaction:
        wanted = list(requests)
        for one in kept:
            data = content_bytes(content_of_facts(pack, one.facts))
            digest = transaction.records.put_blob(workspace.school, KIND, data)
            wanted += _requests(workspace, one, digest, day)
        batch = workspace.append(transaction, wanted, operation)
    if batch is not None:
        workspace.undo_stack.done.append(batch.name)
        workspace.undo_stack.undone.clear()
    return batch


def _requests(workspace: Workspace, kept: _Kept, digest: str, day: date) -> list[ChangeRequest]:
    row = new_row_id(workspace.clock.now())
    values = {
        "programme": kept.facts.programme.id if kept.facts.programme else None,
        "number": kept.number,
        "state": kept.state,
        "made_on": day.isoformat(),
        "note": kept.note or None,
        "content": digest,
    }
    name = ProgrammeVersion.log_name
    return [Set(name, row, field, value) for field, value in values.items() if value is not None]


def _same(one: ProgrammeContent, other: ProgrammeContent) -> bool:
    return one.state == other.state and compare(one, other).is_empty


def _authors(workspace: Workspace, school: str) -> dict[str, str]:
    """Who kept each version, by its row: the computer that wrote it."""
    lines = records.history(workspace, ProgrammeVersion.log_name, "", school)
    with workspace.reading() as reader:
        names = {one.replica: one.name for one in reader.records.replicas()}
    here = workspace.writer.replica
    return {
        line.key.row: "этот компьютер" if line.replica == here else names.get(line.replica, "другой компьютер")
        for line in lines
        if line.key.field == "content"
    }


def _day(text: str | None) -> str:
    try:
        return short_date(date.fromisoformat(text or ""))
    except ValueError:
        return text or ""

"""The text of the programme, paragraph by paragraph: write, split, move, remove, mark as read."""

from __future__ import annotations

from collections.abc import Sequence

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import ParagraphFact, SchoolFacts
from shnor_desktop.domain.log import Set
from shnor_desktop.domain.positions import position_at
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.programme import ProgrammeParagraph
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import current_of
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

_LOG_NAME = ProgrammeParagraph.log_name


def paragraphs_of(facts: SchoolFacts, section: str) -> tuple[ParagraphFact, ...]:
    """The paragraphs of a section of the current programme, in order."""
    own = [item for item in facts.current(facts.paragraphs) if item.section == section]
    return tuple(sorted(own, key=lambda item: (item.position or "", item.id)))


def add_paragraph(workspace: Workspace, section: str, body: str = "", index: int | None = None) -> Done:
    """Write a new paragraph into a section, at `index` or at the end."""
    facts = read_facts(workspace)
    programme = current_of(facts)
    positions = _positions(paragraphs_of(facts, section))
    position = position_at(positions, len(positions) if index is None else index)
    values = {"programme": programme.id, "section": section, "position": position, "body": body, "generated": False}
    return records.begin(workspace, ProgrammeParagraph, values)


def edit_paragraph(workspace: Workspace, row: str, body: str) -> Done:
    """Change the text; the mark «составлен программой» goes."""
    return records.edit_many(workspace, _LOG_NAME, row, {"body": body, "generated": False})


def mark_read(workspace: Workspace, rows: Sequence[str]) -> Done:
    """Say that drafted paragraphs were read and are right as they are."""
    operation = "прочитано: черновик программы"
    batch = workspace.write([Set(_LOG_NAME, row, "generated", False) for row in rows], operation)
    return Done(operation, rows[0] if rows else "", batch.name if batch else "")


def split_paragraph(workspace: Workspace, row: str, offset: int) -> Done:
    """Divide a paragraph at a place of its text; nothing at its very beginning or end."""
    paragraph, own = _find(workspace, row)
    body = paragraph.body or ""
    first, second = body[:offset].rstrip(), body[offset:].lstrip()
    if not first or not second:
        return Done("", row)
    position = position_at(_positions(own), own.index(paragraph) + 1)
    new = new_row_id(workspace.clock.now())
    values = {
        "programme": paragraph.programme,
        "section": paragraph.section,
        "position": position,
        "body": second,
        "generated": False,
    }
    requests = [Set(_LOG_NAME, row, "body", first), Set(_LOG_NAME, row, "generated", False)]
    requests += [Set(_LOG_NAME, new, name, value) for name, value in values.items()]
    operation = "разделён абзац программы"
    batch = workspace.write(requests, operation)
    return Done(operation, new, batch.name if batch else "")


def move_paragraph(workspace: Workspace, row: str, index: int) -> Done:
    """Put a paragraph at another place of its section."""
    paragraph, own = _find(workspace, row)
    others = [item for item in own if item.id != row]
    if own.index(paragraph) == index:
        return Done("", row)
    position = position_at(_positions(others), min(max(index, 0), len(others)))
    return records.edit(workspace, _LOG_NAME, row, "position", position)


def remove_paragraph(workspace: Workspace, row: str) -> Done:
    """Take a paragraph out; Ctrl+Z and the history bring it back, a new draft does not."""
    return records.remove(workspace, _LOG_NAME, row)


def _find(workspace: Workspace, row: str) -> tuple[ParagraphFact, list[ParagraphFact]]:
    facts = read_facts(workspace)
    found = next((item for item in facts.paragraphs if item.id == row), None)
    if found is None:
        raise BugError(f"no paragraph {row!r}")
    return found, list(paragraphs_of(facts, found.section or ""))


def _positions(paragraphs: Sequence[ParagraphFact]) -> list[str]:
    return [item.position or "" for item in paragraphs]

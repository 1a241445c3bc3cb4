"""«Данные изменились: обновить?»: paragraphs whose data are others now than when the program drafted them.

What a person wrote is never overwritten: an edited paragraph is only offered the figures put in their places.
"""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.log import ChangeRequest, Set
from shnor_desktop.domain.programme_difference import Piece, replacements, same_spaces, word_difference
from shnor_desktop.models.identity import keyed_row_id
from shnor_desktop.models.programme import ProgrammeParagraph
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import draft_source
from shnor_desktop.services.programme_drafts import DraftSource, draft_paragraphs, draft_values
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

_LOG_NAME = ProgrammeParagraph.log_name


@dataclass(frozen=True, slots=True)
class StaleDraft:
    """A paragraph whose draft would read otherwise today.

    `pieces` are what the draft has otherwise; `suggestion` is the text that «Обновить» would write, empty where
    the old words are not found in an edited text and a person has to look.
    """

    row: str
    then: str
    now: str
    pieces: tuple[Piece, ...]
    is_edited: bool
    suggestion: str


def stale_drafts(source: DraftSource) -> dict[str, StaleDraft]:
    """The paragraphs of the current programme whose data changed, by their rows."""
    facts = source.facts
    drafts = _drafts_of_today(source)
    found = {}
    for paragraph in facts.current(facts.paragraphs):
        now = drafts.get(paragraph.id, "")
        then, body = paragraph.drafted or "", (paragraph.body or "").strip()
        if not now or not then or not body or same_spaces(now) in (same_spaces(then), same_spaces(body)):
            continue
        is_edited = same_spaces(body) != same_spaces(then.strip())
        suggestion = _with_figures(body, then, now) if is_edited else now
        pieces = word_difference(then, now)
        found[paragraph.id] = StaleDraft(paragraph.id, then, now, pieces, is_edited, suggestion)
    return found


def renew(workspace: Workspace, row: str) -> Done:
    """«Обновить»: the new draft, or in an edited text the new figures alone; Ctrl+Z brings the old words back."""
    found = _find(workspace, row)
    if not found.suggestion:
        return Done("", row)
    values: dict[str, str | bool] = {"body": found.suggestion, "drafted": found.now, "generated": not found.is_edited}
    return _write(workspace, row, values, "обновлён абзац по данным")


def leave(workspace: Workspace, row: str) -> Done:
    """«Оставить как есть»: it is asked again only when the data change further."""
    return _write(workspace, row, {"drafted": _find(workspace, row).now}, "абзац оставлен как есть")


def _drafts_of_today(source: DraftSource) -> dict[str, str]:
    facts = source.facts
    if facts.programme is None or facts.school is None:
        return {}
    values = draft_values(source)
    return {
        keyed_row_id(facts.school.id, _LOG_NAME, (facts.programme.id, section.code, str(index))): body
        for section in source.pack.programme_sections
        for index, body in enumerate(draft_paragraphs(source, section, values))
    }


def _with_figures(body: str, then: str, now: str) -> str:
    """The edited text with what the draft replaced, where it still stands in it once; empty if it does nowhere."""
    changed = body = same_spaces(body)
    for old, new in replacements(then, now):
        if old and changed.count(old) == 1:
            changed = changed.replace(old, new)
    return changed if changed != body else ""


def _find(workspace: Workspace, row: str) -> StaleDraft:
    facts: SchoolFacts = read_facts(workspace)
    found = stale_drafts(draft_source(workspace, facts)).get(row)
    if found is None:
        raise BugError(f"no stale draft {row!r}")
    return found


def _write(workspace: Workspace, row: str, values: dict[str, str | bool], operation: str) -> Done:
    requests: list[ChangeRequest] = [Set(_LOG_NAME, row, name, value) for name, value in values.items()]
    batch = workspace.write(requests, operation)
    return Done(operation, row, batch.name if batch else "")

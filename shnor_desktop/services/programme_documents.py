"""The comparison of two versions of the programme as a document."""

from __future__ import annotations

from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.programme_changes import ProgrammeChangesFacts, programme_changes_document
from shnor_desktop.services.document_facts import full_name
from shnor_desktop.services.programme import current_of
from shnor_desktop.services.programme_drafts import DraftSource
from shnor_desktop.services.programme_versions import chosen_pair, difference
from shnor_desktop.services.workspace import Workspace


def make_changes(workspace: Workspace, source: DraftSource, school: str | None, which: str = "") -> Document:
    """«Изменения в программе»; `which` names two versions («1:2», «2:now»).

    KnownError programme.not_begun, programme.no_such_version, programme.version_absent.
    """
    title = current_of(source.facts).title or ""
    pair = chosen_pair(workspace, which, school)
    if pair is None:
        return programme_changes_document(ProgrammeChangesFacts(full_name(source), title))
    found = difference(workspace, *pair, school)
    return programme_changes_document(
        ProgrammeChangesFacts(full_name(source), title, found.old, found.new, found.difference)
    )

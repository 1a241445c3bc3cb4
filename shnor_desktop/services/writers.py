"""Who wrote a change, in words: a colleague by the author of the batch, anybody else by the copy it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shnor_desktop.models.teamwork import Delegation
from shnor_desktop.services import records
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.reading import HistoryLine

HERE, ELSEWHERE = "этот компьютер", "другой компьютер"
AUTHOR_LENGTH = 32
"""So many letters of a key's fingerprint name its holder as the author of a batch."""


@dataclass(frozen=True, slots=True)
class WriterNames:
    """The names that a store knows."""

    replica: str
    replicas: Mapping[str, str]
    colleagues: Mapping[str, str]

    def of(self, line: HistoryLine) -> str:
        """«этот компьютер», the colleague, the school or the centre."""
        colleague = self.colleagues.get(line.author)
        if colleague:
            return colleague
        return HERE if line.replica == self.replica else self.replicas.get(line.replica) or ELSEWHERE


def writer_names(workspace: Workspace, school: str | None = None) -> WriterNames:
    """Read them."""
    given = records.rows(workspace, Delegation, school)
    with workspace.reading() as reader:
        replicas = {one.replica: one.name for one in reader.records.replicas()}
    colleagues = {(one.fingerprint or "")[:AUTHOR_LENGTH]: one.colleague or "" for one in given if one.fingerprint}
    return WriterNames(workspace.writer.replica, replicas, colleagues)

"""The files that a school put beside its rows, as a reviewer reads them: what each is beside, how large, since when."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.models.registry import entities
from shnor_desktop.services import records
from shnor_desktop.services.attachments import AttachedFile, all_files
from shnor_desktop.services.workspace import Workspace

MISSING = "самого файла здесь нет"


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A file with the row that it stands beside, in words."""

    file: AttachedFile
    beside: str

    @property
    def facts(self) -> str:
        """«1,4 МБ · 02.09.2024», or that only the row came."""
        parts = (self.file.size_words, self.file.added, self.file.note, "" if self.file.is_here else MISSING)
        return " · ".join(part for part in parts if part)


def review_files(workspace: Workspace, school: str) -> list[ReviewFile]:
    """Every file of a school, by what it stands beside."""
    files = all_files(workspace, school)
    titles: dict[str, dict[str, str]] = {}
    found = []
    for file in files:
        info = entities().get(file.owner.entity)
        if info is None:
            continue
        if info.log_name not in titles:
            titles[info.log_name] = dict(records.reference_choices(workspace, info.log_name, school))
        title = titles[info.log_name].get(file.owner.row, "")
        found.append(ReviewFile(file, f"{info.caption}: {title}" if title and title != info.caption else info.caption))
    return sorted(found, key=lambda one: (one.beside, one.file.name))

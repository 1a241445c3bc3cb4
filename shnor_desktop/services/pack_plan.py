"""A plan of Word or Excel taken into the draft of a methodology, as one step that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.russian import plural
from shnor_desktop.services import pack_drafts
from shnor_desktop.services.pack_structure import Plain
from shnor_desktop.services.plan_import import PlanFile, read_plan_file
from shnor_desktop.services.plan_to_pack import PackParts, pack_parts
from shnor_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PlanForPack:
    """What a file holds, and the rows of the methodology that come of it."""

    file: PlanFile
    parts: PackParts

    @property
    def words(self) -> str:
        """«4 раздела, 14 мероприятий, 3 новых исполнителя»."""
        parts = self.parts
        counts = (
            plural(len(parts.sections), "раздел", "раздела", "разделов"),
            plural(len(parts.measures), "мероприятие", "мероприятия", "мероприятий"),
            plural(len(parts.roles), "новый исполнитель", "новых исполнителя", "новых исполнителей"),
        )
        return ", ".join(words for words in counts if not words.startswith("0"))


def read_plan(workspace: Workspace, path: Path) -> PlanForPack:
    """Read a plan for the draft. KnownError roadmap_import.*, pack_editing.no_draft, .faulty."""
    draft = pack_drafts.read_draft(workspace)
    if draft is None:
        raise KnownError("pack_editing.no_draft")
    if draft.examined.pack is None:
        raise KnownError("pack_editing.plan_needs_sound_draft")
    file = read_plan_file(path)
    return PlanForPack(file, pack_parts(draft.examined.pack, file))


def take_plan(workspace: Workspace, plan: PlanForPack) -> str:
    """Add the rows to the draft; what was done, in words. KnownError pack_editing.no_draft."""
    parts = plan.parts

    def change(plain: Plain) -> Plain:
        added = {"roles": parts.roles, "plan_sections": parts.sections, "measures": parts.measures}
        return {**plain, **{name: [*plain.get(name, []), *rows] for name, rows in added.items() if rows}}

    words = f"загружен план «{plan.file.name}»: {plan.words}"
    pack_drafts.change(workspace, words[:200], change)
    return words

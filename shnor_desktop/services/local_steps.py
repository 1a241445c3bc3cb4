"""Steps of Ctrl+Z that are no batches of the log, because they change what belongs to this copy alone."""

from __future__ import annotations

from shnor_desktop.services import pack_drafts, pack_moving
from shnor_desktop.services.workspace import Workspace


def is_local(step: str) -> bool:
    """Whether a step of the undo stack is one of these."""
    return pack_moving.is_move(step) or pack_drafts.is_step(step)


def words(workspace: Workspace, step: str) -> str:
    """The name of a step for the status line."""
    return (
        pack_moving.move_words(workspace, step)
        if pack_moving.is_move(step)
        else pack_drafts.step_words(workspace, step)
    )


def take_back(workspace: Workspace, step: str) -> str:
    """Take a step back; the name of the inverse step, empty where something else stands on it."""
    back = pack_moving.take_back if pack_moving.is_move(step) else pack_drafts.take_back
    return back(workspace, step)

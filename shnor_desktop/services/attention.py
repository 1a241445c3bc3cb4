"""What the channels have to say at the badge and in the status line; next to nothing is loaded for it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from shnor_desktop.services.delivery import DeliveryState, deliveries_of
from shnor_desktop.services.workspace import Workspace

_CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Attention:
    """Packages that wait to be sent, what waits for a person, whether any channel is on."""

    to_send: int = 0
    for_person: int = 0
    is_on: bool = False

    @property
    def words(self) -> str:
        """For the status line; nothing while all is well."""
        if self.for_person:
            return f"обмен: нужно внимание ({self.for_person})"
        return f"ждёт отправки: {self.to_send}" if self.to_send else ""


def attention(workspace: Workspace) -> Attention:
    """Read it; off the interface thread."""
    with workspace.reading() as reader:
        if not any(json.loads(body)["is_on"] for body in reader.records.kept(_CHANNEL).values()):
            return Attention()
        waiting = [one for one in deliveries_of(reader.records).values() if one.state is DeliveryState.WAITING]
    from shnor_desktop.services import inbox  # not before a channel is on

    stuck = sum(1 for one in waiting if one.needs_person)
    return Attention(len(waiting) - stuck, stuck + len(inbox.waiting(workspace)), is_on=True)

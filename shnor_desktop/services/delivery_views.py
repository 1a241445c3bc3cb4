"""How a package stands on its way, in the words of the page: the track of its states, what went wrong."""

from __future__ import annotations

from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.services.delivery import Delivery, DeliveryState
from shnor_desktop.services.journal import PackageLine
from shnor_desktop.system.wording import explain

_TRACK = ("prepared", "handed", "received", "accepted")
_GONE, _AHEAD = "●", "○"


def marks(line: PackageLine) -> str:
    """«●●○○»: how far a package went; one that came, or that a newer one stands for, has no track."""
    if not line.is_outgoing or line.superseded_by or line.state not in (*_TRACK, "returned"):
        return ""
    at = len(_TRACK) if line.state == "returned" else _TRACK.index(line.state) + 1
    return f"{_GONE * at}{_AHEAD * (len(_TRACK) - at)}"


def delivery_words(delivery: Delivery | None) -> tuple[str, bool]:
    """What is said of a package under the journal, and whether it is trouble."""
    if delivery is None:
        return "", False
    failure = delivery.failure
    if failure is not None and delivery.state is DeliveryState.WAITING:
        message = explain(failure)
        return f"{message.what} {message.means} {message.do}", True
    if delivery.proofs:
        last = delivery.proofs[-1]
        when = parse_utc(last.at).astimezone().strftime("%d.%m.%Y %H:%M")
        return f"Передан {when}: {last.channel}, {last.where}. {last.answer}.", False
    return "Ждёт отправки: уйдёт, как только будет связь.", False

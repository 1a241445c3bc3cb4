"""What can be measured, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks import autosave, clicks, exchange, gaps, start
from benchmarks.figures import Outcome
from benchmarks.materials import Materials

SUBJECTS: Mapping[str, Callable[[Materials, int], list[Outcome]]] = {
    "start": start.measure,
    "autosave": autosave.measure,
    "export": exchange.export_figures,
    "verify": exchange.verify_figures,
    "import": exchange.import_figures,
    "gaps": gaps.measure,
    "clicks": clicks.measure,
}

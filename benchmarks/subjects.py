"""What can be measured, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks import autosave, clicks, exchange, exchange_many, exchange_workbooks, gaps, start
from benchmarks.figures import Outcome
from benchmarks.materials import Materials

SUBJECTS: Mapping[str, Callable[[Materials, int], list[Outcome]]] = {
    "start": start.measure,
    "autosave": autosave.measure,
    "export": exchange.export_figures,
    "verify": exchange.verify_figures,
    "import": exchange.import_figures,
    "exchange": exchange_many.measure,
    "workbooks": exchange_workbooks.measure,
    "gaps": gaps.measure,
    "clicks": clicks.measure,
}

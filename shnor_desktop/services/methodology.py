"""The methodologies that are at hand: listed, shown, validated, chosen."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology.project_year import moved_day
from shnor_desktop.domain.metrics import known_metric_names
from shnor_desktop.domain.russian import plural
from shnor_desktop.methodologies.findings import PackProblem
from shnor_desktop.methodologies.loader import LoadedPacks, load_pack, load_packs
from shnor_desktop.system.paths import resource

DEFAULT_PACK = "tyumen-2024"


class Packs:
    """The sound packs and what is wrong with the others."""

    def __init__(self, packs: Sequence[Pack], problems: Sequence[PackProblem] = ()) -> None:
        self._packs = packs
        self._problems = problems

    @property
    def packs(self) -> Sequence[Pack]:
        """Every sound pack."""
        return self._packs

    @property
    def problems(self) -> Sequence[PackProblem]:
        """What is wrong with the others."""
        return self._problems

    def get(self, pack_id: str) -> Pack:
        """A pack by its id; KnownError methodology.unknown."""
        pack = self.find(pack_id)
        if pack is None:
            raise KnownError("methodology.unknown", id=pack_id)
        return pack

    def find(self, pack_id: str) -> Pack | None:
        """A pack by its id, None where the program has none of it."""
        return next((pack for pack in self.packs if pack.id == pack_id), None)


class FolderPacks(Packs):
    """The packs of a folder, each read when it is asked for: a desk works by one of them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(())
        self._folder = folder
        self._known: dict[str, Pack] = {}
        self._loaded: LoadedPacks | None = None
        self._lock = threading.Lock()

    @property
    def packs(self) -> Sequence[Pack]:
        """Every sound pack; all of them are read now."""
        return self._all().packs

    @property
    def problems(self) -> Sequence[PackProblem]:
        """What is wrong with the others; all of them are read now."""
        return self._all().problems

    def find(self, pack_id: str) -> Pack | None:
        """A pack by its id: the folder of that name alone, where it holds it."""
        with self._lock:
            if self._loaded is None and pack_id not in self._known:
                self._read(pack_id)
            if self._loaded is None and pack_id in self._known:
                return self._known[pack_id]
        return super().find(pack_id)

    def _read(self, name: str) -> None:
        folder = self._folder / name
        if name and folder.parent == self._folder and (folder / "pack.toml").is_file():
            pack, _ = load_pack(folder, known_metric_names())
            if pack is not None and pack.id == name:
                self._known[name] = pack

    def _all(self) -> LoadedPacks:
        with self._lock:
            if self._loaded is None:
                self._loaded = load_packs(self._folder, known_metric_names())
            return self._loaded


@dataclass(frozen=True, slots=True)
class StageDays:
    """A stage with its days, as it is shown before a desk is begun."""

    title: str
    start: date
    end: date

    def moved(self, years: int) -> StageDays:
        """The same days of another year."""
        return StageDays(self.title, moved_day(self.start, years), moved_day(self.end, years))


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A methodology as somebody who begins a desk chooses it."""

    id: str
    title: str
    words: str
    """Region, period, source and what is in it, in a few sentences."""
    first_year: int
    stages: tuple[StageDays, ...]

    def stages_in(self, year: int) -> tuple[StageDays, ...]:
        """The stages of a project that begins in `year`."""
        return tuple(one.moved(year - self.first_year) for one in self.stages)

    def likely_year(self, today: date) -> int:
        """The first year of a project that runs today, else this year."""
        for year in (today.year, today.year - 1, today.year - 2):
            if any(stage.start <= today <= stage.end for stage in self.stages_in(year)):
                return year
        return today.year


def pack_choices() -> tuple[PackChoice, ...]:
    """The methodologies of the program to begin a desk with."""
    return tuple(
        PackChoice(
            pack.id,
            pack.title,
            _words(pack),
            pack.period_start.year,
            tuple(StageDays(f"Этап {one.number}. {one.title}", one.start, one.end) for one in pack.stages),
        )
        for pack in load_methodologies().packs
    )


def _words(pack: Pack) -> str:
    period = f"{pack.period_start:%d.%m.%Y} — {pack.period_end:%d.%m.%Y}"
    unsure = " (срок источник не называет)" if pack.period_unconfirmed else ""
    source = f" Источник: {pack.source_title.rstrip('.')}." if pack.source_title else ""
    asked = sum(len(form.questions()) for form in pack.forms)
    counts = (
        plural(len(pack.measures), "мероприятие", "мероприятия", "мероприятий"),
        plural(len(pack.indicators), "показатель", "показателя", "показателей"),
        plural(asked, "вопрос в формах", "вопроса в формах", "вопросов в формах"),
    )
    return f"{pack.region}, {period}{unsure}.{source} {', '.join(counts)}."


def load_methodologies(folder: Path | None = None) -> Packs:
    """The packs of the program, or of another folder."""
    return FolderPacks(folder or resource("methodologies"))

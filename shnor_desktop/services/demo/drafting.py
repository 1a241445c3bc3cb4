"""A demo school being written: typed values go through the same parsing as a person's, in a few large steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from shnor_desktop.domain.log import ChangeRequest, Set
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.demo.library import People, SchoolProfile
from shnor_desktop.services.demo.seeding import DemoClock, Seeded
from shnor_desktop.services.records import fields_of, row_id_for
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Teacher:
    """A person of the demo's staff list, as the later steps need them."""

    id: str
    name: str
    position: str
    subjects: tuple[str, ...]
    category: str


class SchoolDraft:
    """One demo school under way: its workspace, its profile, what is drawn already."""

    def __init__(
        self, workspace: Workspace, profile: SchoolProfile, seeded: Seeded, clock: DemoClock, as_of: date
    ) -> None:
        self.workspace = workspace
        self.profile = profile
        self.seeded = seeded
        self.clock = clock
        self.as_of = as_of
        self.people = People(seeded.random)
        self.staff: list[Teacher] = []
        self.class_sizes: list[int] = []
        self.pupils_at_risk = 0
        self.events: list[Mapping[str, Any]] = []
        self.partners: list[str] = []
        self._requests: list[ChangeRequest] = []
        self._fields: dict[type[Entity], dict[str, FieldInfo]] = {}

    @property
    def random(self) -> Random:
        """The numbers of this school."""
        return self.seeded.random

    @property
    def pack(self) -> Pack:
        """The methodology."""
        return self.workspace.pack

    def add(self, cls: type[Entity], values: Mapping[str, object]) -> str:
        """A row to be written with the next step; returns its id."""
        info = info_of(cls)
        parsed = {name: parse_value(self._field(cls, name), value) for name, value in values.items()}
        row = row_id_for(self.workspace, info, parsed) if info.natural_key else self.seeded.row_id()
        self._requests += [Set(info.log_name, row, name, value) for name, value in parsed.items() if value is not None]
        return row

    def change(self, cls: type[Entity], row: str, values: Mapping[str, object]) -> None:
        """Fields of a row to be changed with the next step."""
        for name, value in values.items():
            parsed = parse_value(self._field(cls, name), value)
            self._requests.append(Set(cls.log_name, row, name, parsed))

    def write(self, operation: str, day: date) -> None:
        """Write what is waiting as one step of that day; a day after the demo's today is today."""
        self.clock.move_to(min(day, self.as_of))
        with self.workspace.writing() as transaction:
            self.workspace.append(transaction, self._requests, operation)
        self._requests = []

    def _field(self, cls: type[Entity], name: str) -> FieldInfo:
        if cls not in self._fields:
            self._fields[cls] = fields_of(self.workspace, cls)
        return self._fields[cls][name]

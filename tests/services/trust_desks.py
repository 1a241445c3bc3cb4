"""A centre with an authority and desks that it enrols, each with a profile of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shnor_desktop.exchange import authority
from shnor_desktop.services import authority_desk, enrolment, packages
from shnor_desktop.services.arrivals import Verdict, import_package
from shnor_desktop.services.desks import create_school_desk, open_desk
from shnor_desktop.services.enrolment_requests import RequestReason
from shnor_desktop.services.joining import begin_joining
from shnor_desktop.services.workspace import Profile, Workspace
from tests.clock import FixedClock
from tests.services.exchange_desks import CARD, Desks

PERSON = "Образцова Анна Ивановна"
PASSPHRASE = "лодка груша маяк узор"


@dataclass(frozen=True, slots=True)
class TrustDesks:
    """Desks that meet by files on a flash drive; `folder` holds stores and profiles."""

    desks: Desks
    folder: Path
    opened: list[Workspace] = field(default_factory=list)

    @property
    def school(self) -> Workspace:
        """The first computer of the school."""
        return self.desks.school

    @property
    def centre(self) -> Workspace:
        """The centre."""
        return self.desks.centre

    @property
    def flash(self) -> Path:
        """The flash drive."""
        return self.desks.flash

    @property
    def clock(self) -> FixedClock:
        """The clock of all of them."""
        return self.desks.clock

    def ask(self, desk: Workspace, reason: str = RequestReason.NEW) -> str:
        """A request goes from a desk to the centre; its id."""
        file = enrolment.request(desk, self.flash, PERSON, reason).path
        verdict = import_package(self.centre, file)
        assert verdict.code.is_fine, verdict.message
        return authority_desk.requests(self.centre)[0].id

    def answer(
        self, desk: Workspace, request: str, *, school: str | None = None, lost: tuple[str, ...] = ()
    ) -> Verdict:
        """The invitation goes back."""
        made = authority_desk.invite(self.centre, request, PASSPHRASE, self.flash, school=school, lost=lost)
        return import_package(desk, made.path, self.centre.identity.certificate.fingerprint_words)

    def enrol(self, desk: Workspace, reason: str = RequestReason.NEW, *, school: str | None = None) -> Verdict:
        """Both at once."""
        verdict = self.answer(desk, self.ask(desk, reason), school=school)
        assert verdict.code.is_fine, verdict.message
        return verdict

    def meet_all(self) -> None:
        """The school learns from an answer of the centre who else writes about it."""
        answer = packages.export_receipt(self.centre, self.school.school, self.flash).path
        verdict = import_package(self.school, answer)
        assert verdict.code.is_fine, verdict

    def send(self, desk: Workspace, *, full: bool = False) -> Path:
        """A package of a school's desk."""
        return packages.export_package(desk, self.flash, full=full).path

    def second(self, name: str = "deputy", role: str = "school", code: str = CARD.code) -> Workspace:
        """Another computer, which waits for its invitation."""
        profile = Profile(self.folder / f"{name}-profile")
        found = begin_joining(self.folder / f"{name}.db", role, PERSON, code, self.clock, name=name, profile=profile)
        self.opened.append(found)
        return found

    def other_school(self, name: str = "other") -> Workspace:
        """A school of its own."""
        card = type(CARD)("72-099", "МАОУ «Степная СОШ»")
        found = create_school_desk(
            self.folder / f"{name}.db", card, self.clock, profile=Profile(self.folder / f"{name}-profile")
        )
        self.opened.append(found)
        return found

    def reopened(self, desk: Workspace) -> Workspace:
        """The same desk after the program was closed and opened."""
        path, profile = desk.store.path, desk.profile
        desk.close()
        found = open_desk(path, self.clock, profile=profile)
        self.opened.append(found)
        return found


def same(one: Workspace, other: Workspace, school: str) -> bool:
    """Whether both hold the same of a school."""
    with one.reading() as ours, other.reading() as theirs:
        return ours.projection_digest(school) == theirs.projection_digest(school)


@pytest.fixture
def light_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """The derivation takes a second by intention; what is tested here is not how long it takes."""
    monkeypatch.setattr(authority, "COST", 4)


@pytest.fixture
def trust(desks: Desks, tmp_path: Path, light_passphrases: None) -> TrustDesks:
    """A centre whose authority exists, and a school that is not enrolled yet."""
    authority_desk.create(desks.centre, PASSPHRASE)
    return TrustDesks(desks, tmp_path)

"""Mentors: whom the methodology wants to have one, who has, who has none and why, when they met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.facts import MentorMeetingFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import short_date
from shnor_desktop.services.development import TeacherCard, development_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MentoredTeacher:
    """A teacher with the mentor, or the reason why there is none; `state` is empty while nothing is said."""

    card: TeacherCard
    state: str
    reason: str
    meetings: tuple[MentorMeetingFact, ...]

    @property
    def words(self) -> str:
        """«наставник: Иванова А. И.», «не требуется: …», «не решено»."""
        if self.state == "has":
            return f"наставник: {self.card.mentor}" if self.card.mentor else "наставник не назван"
        if not self.state:
            return "нет ИОМ: наставник не назван" if self.card.plan is None else "не сказано, есть ли наставник"
        return f"{self.card.mentor}: {self.reason}" if self.reason else f"{self.card.mentor}: причина не названа"

    @property
    def is_settled(self) -> bool:
        """A mentor who is named, or a reason why there is none."""
        return bool(self.card.mentor) if self.state == "has" else bool(self.state and self.reason)

    @property
    def met(self) -> str:
        """«встреч 3, последняя 12.03.2024»; empty without meetings."""
        days = [item.held_on for item in self.meetings if item.held_on]
        return f"встреч {len(self.meetings)}, последняя {short_date(max(days))}" if days else ""


@dataclass(frozen=True, slots=True)
class MentoringView:
    """The rule of the methodology, the teachers it names, and the others who have a mentor."""

    rule: str
    wanted: tuple[MentoredTeacher, ...]
    others: tuple[MentoredTeacher, ...]

    @property
    def words(self) -> str:
        """«Наставник есть у 3 из 5; не требуется 1; не решено 1»."""
        counts = {
            "не требуется": sum(1 for item in self.wanted if item.state == "not_needed"),
            "нет возможности": sum(1 for item in self.wanted if item.state == "impossible"),
            "не решено": sum(1 for item in self.wanted if not item.is_settled and item.state in ("", "has")),
        }
        has = sum(1 for item in self.wanted if item.state == "has" and item.is_settled)
        said = [f"{words}: {count}" for words, count in counts.items() if count]
        return "; ".join([f"Наставник есть у {has} из {len(self.wanted)}", *said]) + "." if self.wanted else ""

    def teacher(self, row: str) -> MentoredTeacher | None:
        """The entry of a teacher."""
        return next((item for item in (*self.wanted, *self.others) if item.card.teacher.id == row), None)


def mentoring_of(pack: Pack, facts: SchoolFacts) -> MentoringView:
    """From facts that were read already; those of whom nothing is decided come first."""
    made = [_entry(card, facts) for card in development_of(pack, facts).cards]
    wanted = sorted((item for item in made if item.card.is_core), key=lambda item: item.is_settled)
    others = tuple(item for item in made if not item.card.is_core and item.state == "has")
    return MentoringView(pack.mentor_rule.text, tuple(wanted), others)


def mentoring_view(workspace: Workspace, school: str | None = None) -> MentoringView:
    """The mentors of a school."""
    return mentoring_of(workspace.pack_of(school), read_facts(workspace, school))


def _entry(card: TeacherCard, facts: SchoolFacts) -> MentoredTeacher:
    plan = card.plan
    meetings = [item for item in facts.mentor_meetings if plan is not None and item.plan == plan.id]
    meetings.sort(key=lambda item: (item.held_on or date.max, item.id), reverse=True)
    state, reason = (plan.mentoring or "", (plan.mentoring_reason or "").strip()) if plan else ("", "")
    return MentoredTeacher(card, state, reason, tuple(meetings))

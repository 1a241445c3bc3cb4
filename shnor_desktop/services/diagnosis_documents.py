"""What the printed map says besides the answers: the wave, the causes, the expert."""

from __future__ import annotations

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.waves import wave_named
from shnor_desktop.reports.documents.diagnostic_map import CauseFacts
from shnor_desktop.services.causes import causes_of
from shnor_desktop.services.diagnosis import FormView, QuestionView
from shnor_desktop.services.programme_drafts import DraftSource, period_words


def wave_title(pack: Pack, view: FormView) -> str:
    """«Входная карта, 2024 г.; проект: 1 февраля — 31 декабря 2024 г.»."""
    wave = wave_named(pack, view.form.id, view.wave)
    period = period_words(pack.period_start, pack.period_end)
    return f"{wave.title}; проект: {period}" if wave else period


def cause_facts(source: DraftSource, view: FormView) -> tuple[CauseFacts, ...]:
    """The causes that the school judged in this wave."""
    groups = causes_of(source.pack, source.facts, view.profile, view.wave)
    return tuple(
        CauseFacts(item.cause.title, group.title, item.level, item.facts, item.problem.label if item.problem else "")
        for group in groups
        for item in group.causes
        if item.level is not None
    )


def expert_words(view: QuestionView) -> str:
    """«Эксперт: 9 из 20 (45 %), расходится со школой. По посещённым урокам»."""
    if view.expert is None:
        return ""
    row = view.expert.row
    differs = ", расходится со школой" if view.expert.differs else ""
    shown = f"Эксперт: {view.expert.shown or 'без значения'}{differs}."
    return f"{shown} {row.comment}" if row.comment else shown

"""The facts of the report on a wave of monitoring; the wave is named, else it is the one that is due or was last."""

from __future__ import annotations

from collections import Counter

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.domain.waves import Wave, waves_of
from shnor_desktop.models.roadmap import MEASURE_STATES
from shnor_desktop.reports.documents.monitoring import MonitoringFacts, WaveBlock, WaveLine
from shnor_desktop.services.diagnosis import QuestionView, form_view_of
from shnor_desktop.services.document_facts import full_name
from shnor_desktop.services.indicators import indicator_lines_of, sizes_of
from shnor_desktop.services.programme_drafts import DraftSource, draft_values
from shnor_desktop.services.stages import stages_of
from shnor_desktop.services.waves import AnswerChange, Comparison, compare_waves


def monitoring_facts(source: DraftSource, which: str = "") -> MonitoringFacts:
    """Everything of the report; KnownError monitoring.no_such_wave, monitoring.no_waves."""
    pack, facts = source.pack, source.facts
    wave = _wave(pack, facts, which)
    earlier = [one for one in waves_of(pack, wave.form) if one.number < wave.number]
    before = earlier[-1] if earlier else None
    view = form_view_of(pack, facts, wave.form, wave.id)
    compared = compare_waves(pack, facts, wave.form, before.id, wave.id) if before else None
    changes = {one.question: one for one in compared.answers} if compared else {}
    answered = sum(1 for one in view.questions if one.is_answered)
    blocks = tuple(
        WaveBlock(
            f"{place}. {block.block.title}",
            tuple(_line(f"{place}.{at}", one, changes) for at, one in enumerate(block.questions, 1)),
        )
        for place, block in enumerate(view.blocks, 1)
    )
    indicators = [one for one in indicator_lines_of(pack.indicators, facts, sizes_of(pack)) if one.value is not None]
    return MonitoringFacts(
        title=f"Отчёт о мониторинге. {view.form.title}",
        school=full_name(source),
        wave=_words(wave),
        before=_words(before) if before else "",
        as_of=facts.as_of,
        methodology=f"{pack.title}, версия {pack.version}",
        answered=f"{answered} из {len(view.questions)}",
        blocks=blocks,
        tasks=_tasks(pack, facts, wave),
        indicators=tuple((one.title, one.previous or "—", one.shown, one.judged or "—") for one in indicators),
        measures=_measures(facts),
        conclusion=_conclusion(answered, len(view.questions), compared, facts),
        signatory=draft_values(source)["director_name"],
    )


def _wave(pack: Pack, facts: SchoolFacts, which: str) -> Wave:
    """The named wave, else the first that is not over, else the last one."""
    waves = sorted(
        (one for wave in pack.monitoring_waves for one in waves_of(pack, wave.form) if one.id == wave.id),
        key=lambda one: (one.due, one.id),
    )
    if not waves:
        raise KnownError("monitoring.no_waves", methodology=pack.title)
    if which:
        found = next((one for one in waves if one.id == which), None)
        if found is None:
            raise KnownError("monitoring.no_such_wave", wave=which, known=", ".join(one.id for one in waves))
        return found
    return next((one for one in waves if one.due >= facts.as_of), waves[-1])


def _words(wave: Wave) -> str:
    return f"{wave.title} ({short_date(wave.start)} — {short_date(wave.due)})"


def _line(number: str, view: QuestionView, changes: dict[str, AnswerChange]) -> WaveLine:
    change = changes.get(view.question.code)
    typed = view.typed
    notes = [(typed and typed.evidence) or "", (typed and typed.comment) or "", (change and change.note) or ""]
    return WaveLine(
        number,
        view.question.caption,
        change.before if change else "",
        "не применимо" if typed and typed.not_applicable else view.shown,
        change.words if change else "",
        "\n".join(note for note in notes if note),
    )


def _tasks(pack: Pack, facts: SchoolFacts, wave: Wave) -> tuple[tuple[str, str, str], ...]:
    """The school's tasks of the stages that run while the wave is collected."""
    found = []
    for stage in stages_of(pack, facts).stages:
        if stage.stage.start > wave.due or stage.stage.end < wave.start:
            continue
        for task in stage.own_tasks:
            done = short_date(task.done_on) if task.done_on else "—"
            found.append((task.task.text, task.state_caption, done))
    return tuple(found)


def _measures(facts: SchoolFacts) -> tuple[tuple[str, str], ...]:
    counts = Counter(one.state or "planned" for one in facts.current(facts.measures))
    late = sum(1 for one in facts.current(facts.measures) if facts.late_day(one) is not None)
    lines = [(caption, str(counts[code])) for code, caption in MEASURE_STATES if counts[code]]
    return (*lines, ("просрочено", str(late))) if late else tuple(lines)


def _conclusion(answered: int, asked: int, compared: Comparison | None, facts: SchoolFacts) -> str:
    """What the figures say, without a judgement of people."""
    parts = [f"Форма заполнена: {answered} из {asked}."]
    if compared is not None and not compared.is_empty:
        parts.append(compared.summary)
    elif compared is not None:
        parts.append("Сравнить с прошлой волной нельзя: в ней нет ответов.")
    measures = facts.current(facts.measures)
    done = sum(1 for one in measures if one.state == "done")
    if measures:
        whole = plural(len(measures), "мероприятия", "мероприятий", "мероприятий")
        parts.append(f"Выполнено мероприятий дорожной карты: {done} из {whole}.")
    return " ".join(parts)

"""Two waves of a form side by side, and the steps that make them comparable: keep, take over, confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shnor_desktop.domain.canonical import WireValue, decimal_text
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.log import Set
from shnor_desktop.domain.methodology import Level, Pack
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.domain.scoring import Assessment, Figure
from shnor_desktop.domain.waves import (
    Change,
    Moved,
    Wave,
    answers_of,
    compare,
    compare_levels,
    counted,
    has_counts,
    is_typed,
    wave_named,
    waves_of,
)
from shnor_desktop.models.diagnostics import DiagnosticAnswer
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import MAP, FormView, QuestionView, form_view_of
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

_NOT_KEPT = "значение прошлой волны не зафиксировано"
_NO_BEFORE = "в прошлой волне ответа нет"
_NO_AFTER = "в этой волне ответа ещё нет"


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One indicator in two waves; `note` says what a reader must know: a small group, why nothing is compared."""

    question: str
    number: str
    caption: str
    before: str
    after: str
    moved: Moved
    before_level: Level
    after_level: Level
    note: str = ""

    @property
    def words(self) -> str:
        """«↗ лучше, +9,1 п. п.»."""
        return ", ".join(part for part in (self.moved.change.words, self.moved.by) if part)


@dataclass(frozen=True, slots=True)
class FactorChange:
    """The significance of a factor in two waves."""

    factor: str
    title: str
    before: Level
    after: Level
    change: Change
    note: str = ""


@dataclass(frozen=True, slots=True)
class BlockChanges:
    """The indicators of one block of the form."""

    title: str
    answers: tuple[AnswerChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A form in two waves. `unkept` of its earlier figures were computed and never kept, so they are lost."""

    form: str
    title: str
    before: Wave
    after: Wave
    factors: tuple[FactorChange, ...]
    blocks: tuple[BlockChanges, ...]
    unkept: int

    @property
    def answers(self) -> tuple[AnswerChange, ...]:
        """All indicators in the order of the form."""
        return tuple(answer for block in self.blocks for answer in block.answers)

    @property
    def counts(self) -> Mapping[Change, int]:
        """How many indicators changed which way."""
        return counted(answer.moved.change for answer in self.answers)

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be compared yet."""
        return all(answer.moved.change is Change.UNKNOWN for answer in self.answers)

    @property
    def summary(self) -> str:
        """«Показателей: 41. Лучше — 5, хуже — 2, без изменений — 20, сравнить нельзя — 14.»."""
        counts = self.counts
        names = (
            (Change.BETTER, "лучше"),
            (Change.WORSE, "хуже"),
            (Change.SAME, "без изменений"),
            (Change.OTHER, "изменилось"),
            (Change.UNKNOWN, "сравнить нельзя"),
        )
        known = ", ".join(f"{word} — {counts[change]}" for change, word in names if counts[change])
        return f"{plural(len(self.answers), 'показатель', 'показателя', 'показателей')}: {known}."


def pairs_of(pack: Pack, form: str) -> tuple[tuple[Wave, Wave], ...]:
    """Every two neighbouring waves of a form, then the first with the last where there are more than two."""
    waves = waves_of(pack, form)
    found = list(pairwise(waves))
    if len(waves) > 2:
        found.append((waves[0], waves[-1]))
    return tuple(found)


def compared_forms(pack: Pack) -> tuple[str, ...]:
    """The forms that have two waves or more, the map first."""
    forms = [form.id for form in pack.forms if len(waves_of(pack, form.id)) > 1]
    return tuple(sorted(forms, key=lambda form: form != MAP))


def usual_pair(pack: Pack, facts: SchoolFacts, form: str) -> tuple[Wave, Wave] | None:
    """The newest wave that is begun, or the second, with the one before it; None for a form of one wave."""
    waves = waves_of(pack, form)
    if len(waves) < 2:
        return None
    begun = [at for at, wave in enumerate(waves) if any(map(is_typed, answers_of(facts, form, wave.id).values()))]
    at = max(1, begun[-1] if begun else 1)
    return waves[at - 1], waves[at]


def compare_waves(pack: Pack, facts: SchoolFacts, form: str, before: str, after: str) -> Comparison:
    """«Было → стало → изменение» of each indicator and factor."""
    first, second = wave_named(pack, form, before), wave_named(pack, form, after)
    if first is None or second is None or first.number >= second.number:
        raise KnownError("waves.not_a_pair", before=before, after=after)
    old, new = (form_view_of(pack, facts, form, wave) for wave in (before, after))
    kept = {view.question.code for view in old.questions if not _is_live(view)}
    earlier = {view.question.code: view for view in old.questions}
    small = pack.identification.small_group
    blocks = tuple(
        BlockChanges(
            block.block.title,
            tuple(
                _answer_change(f"{place}.{at}", earlier[view.question.code], view, small)
                for at, view in enumerate(block.questions, 1)
            ),
        )
        for place, block in enumerate(new.blocks, 1)
    )
    factors = _factor_changes(pack, old, new, kept) if form == MAP else ()
    unkept = sum(1 for view in old.questions if _is_live(view))
    return Comparison(form, new.form.title, first, second, factors, blocks, unkept)


def comparisons(workspace: Workspace, school: str | None = None) -> tuple[Comparison, ...]:
    """Each form that has waves, in its usual pair; off the interface thread."""
    pack, facts = workspace.pack_of(school), read_facts(workspace, school)
    return comparisons_of(pack, facts)


def comparisons_of(pack: Pack, facts: SchoolFacts) -> tuple[Comparison, ...]:
    """The same from facts that were read already."""
    found = ((form, usual_pair(pack, facts, form)) for form in compared_forms(pack))
    return tuple(compare_waves(pack, facts, form, pair[0].id, pair[1].id) for form, pair in found if pair)


def keep_wave(workspace: Workspace, form: str, wave: str) -> Done:
    """Store every computed figure of a wave as it is today, one step: later data no longer change this wave."""
    view = _view(workspace, form, wave)
    comment = f"Подтверждено {short_date(today(workspace))}"
    rows = {
        item.question.code: {**_figure_values(item), "comment": comment} for item in view.questions if _is_live(item)
    }
    words = plural(len(rows), "значение", "значения", "значений")
    return _write(workspace, form, wave, rows, f"зафиксированы значения волны: {words}")


def take_previous(workspace: Workspace, form: str, wave: str, question: str) -> Done:
    """Take the earlier answer of one question over, with its counts; where it stood is said in the comment."""
    view = next((item for item in _view(workspace, form, wave).questions if item.question.code == question), None)
    if view is None or view.previous is None:
        raise KnownError("waves.nothing_before")
    return _write(workspace, form, wave, {question: _taken(view)}, f"взято прежнее: {view.question.caption}")


def take_all_previous(workspace: Workspace, form: str, wave: str) -> Done:
    """Confirm that nothing changed where nothing is answered yet; one step. KnownError waves.nothing_before."""
    rows = {item.question.code: _taken(item) for item in waiting(_view(workspace, form, wave))}
    if not rows:
        raise KnownError("waves.nothing_before")
    words = plural(len(rows), "ответ", "ответа", "ответов")
    return _write(workspace, form, wave, rows, f"подтверждено без изменений: {words}")


def waiting(view: FormView) -> tuple[QuestionView, ...]:
    """The questions of a wave without an answer, that were answered before."""
    return tuple(item for item in view.questions if not item.is_answered and item.previous is not None)


def is_over(wave: Wave, facts: SchoolFacts) -> bool:
    """Whether the day of a wave has passed."""
    return wave.due < facts.as_of


def live_figures(view: FormView) -> int:
    """How many figures of a wave still follow the newest data."""
    return sum(1 for item in view.questions if _is_live(item))


def _view(workspace: Workspace, form: str, wave: str) -> FormView:
    return form_view_of(workspace.pack, read_facts(workspace), form, wave)


def _is_live(view: QuestionView) -> bool:
    """Whether the figure shown is computed from the data of today."""
    return bool(view.origin) and isinstance(view.answer, Figure)


def _figure_values(view: QuestionView) -> dict[str, WireValue]:
    answer = view.answer
    if not isinstance(answer, Figure) or answer.value is None:
        return {}
    counts: dict[str, WireValue] = {"numerator": answer.numerator, "denominator": answer.denominator}
    return {"value": decimal_text(answer.value), **(counts if answer.denominator and has_counts(view.question) else {})}


def _taken(view: QuestionView) -> dict[str, WireValue]:
    assert view.previous is not None
    own = view.typed.comment if view.typed else None
    return {**view.previous.values(), "comment": own or f"Без изменений: {view.previous.source}"}


def _write(
    workspace: Workspace, form: str, wave: str, rows: Mapping[str, Mapping[str, WireValue]], operation: str
) -> Done:
    info = info_of(DiagnosticAnswer)
    requests: list[Set] = []
    row = ""
    for question, values in rows.items():
        key = {"form": form, "wave": wave, "question": question}
        row = records.row_id_for(workspace, info, dict(key))
        requests += [Set(info.log_name, row, name, value) for name, value in {**key, **values}.items()]
    batch = workspace.write(requests, operation) if requests else None
    return Done(operation, row, batch.name if batch else "")


def _answer_change(number: str, old: QuestionView, new: QuestionView, small: int) -> AnswerChange:
    is_unkept = _is_live(old)
    moved = Moved(Change.UNKNOWN) if is_unkept else compare(new.question, old.answer, new.answer, small)
    return AnswerChange(
        question=new.question.code,
        number=number,
        caption=new.question.caption,
        before="" if is_unkept else old.shown,
        after=new.shown,
        moved=moved,
        before_level=Level.UNKNOWN if is_unkept else old.step.level,
        after_level=new.step.level,
        note=_note(old, new, moved),
    )


def _note(old: QuestionView, new: QuestionView, moved: Moved) -> str:
    if moved.change is Change.UNKNOWN:
        if _is_live(old):
            return _NOT_KEPT
        return _NO_BEFORE if not old.is_answered else _NO_AFTER if not new.is_answered else "не применимо"
    caution = new.step.caution or old.step.caution
    today_words = "по данным на сегодня" if _is_live(new) else ""
    return "; ".join(part for part in (today_words, caution[:1].lower() + caution[1:]) if part)


def _factor_changes(pack: Pack, old: FormView, new: FormView, kept: set[str]) -> tuple[FactorChange, ...]:
    before = {item.factor: item for item in old.profile}
    found = []
    for item in new.profile:
        factor = pack.factor(item.factor)
        was = before[item.factor]
        lost = _unkept_steps(was, kept)
        was_level = Level.UNKNOWN if lost and was.override is None else was.level
        note = f"не зафиксировано: {plural(lost, 'показатель', 'показателя', 'показателей')}" if lost else ""
        change = compare_levels(was_level, item.level)
        found.append(FactorChange(item.factor, factor.title if factor else "", was_level, item.level, change, note))
    return tuple(found)


def _unkept_steps(item: Assessment, kept: set[str]) -> int:
    return sum(1 for step in item.steps if step.code not in kept and step.value)


def only_changes(answers: Sequence[AnswerChange]) -> tuple[AnswerChange, ...]:
    """Those that the filter «только изменения» keeps."""
    return tuple(answer for answer in answers if answer.moved.change.is_change)

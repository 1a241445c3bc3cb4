"""The forms of the pack as a school sees them: values filled from what is typed elsewhere, levels, the risk profile.

A filled value is computed each time and shows its origin; a row is stored only for what a person typed, replaced,
confirmed or commented. So no number is typed twice and none goes stale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from shnor_desktop.domain.canonical import WireValue, decimal_text
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import AnswerFact, ExpertFact, SchoolFacts
from shnor_desktop.domain.log import Set
from shnor_desktop.domain.methodology import Block, Form, Level, Pack, Question, QuestionKind
from shnor_desktop.domain.metrics import METRICS, MetricValue, Missing, RowRef, compute
from shnor_desktop.domain.russian import number
from shnor_desktop.domain.scoring import (
    NOT_APPLICABLE,
    Answer,
    Assessment,
    Figure,
    Override,
    Step,
    assess_answer,
    assess_pack,
    shown_answer,
)
from shnor_desktop.domain.waves import OWN_NOTES, answers_of, current_wave, differs, has_counts, typed_answer
from shnor_desktop.domain.waves import waves_of as known_waves
from shnor_desktop.models.diagnostics import DiagnosticAnswer, FactorLevel
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis_previous import Previous, previous_of
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

MAP = "diagnostic_map"
_YES, _NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class ExpertView:
    """What an expert answered to the same question; `differs` from the school as far as a reader can see."""

    row: ExpertFact
    shown: str
    differs: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with its answer. `typed` is the stored row's fact; None while the value is only filled."""

    question: Question
    answer: Answer
    shown: str
    origin: str
    """Where the value came from: «4 из 22 · из списка педагогов»; empty for a typed one."""
    computed: MetricValue | None
    computed_shown: str
    previous: Previous | None
    step: Step
    typed: AnswerFact | None
    missing: tuple[Missing, ...]
    expert: ExpertView | None = None

    @property
    def is_answered(self) -> bool:
        """Whether the question has an answer or does not apply."""
        return self.answer is not None or bool(self.typed and self.typed.not_applicable)

    @property
    def last_year(self) -> str:
        """«2023: 13,6 %»: the newest earlier answer; empty where there is none."""
        return self.previous.words if self.previous else ""

    @property
    def rows(self) -> tuple[RowRef, ...]:
        """The rows that the computed figure came from."""
        return self.computed.rows if self.computed else ()

    @property
    def lacks_evidence(self) -> bool:
        """Whether a supporting document is still to be named."""
        return self.question.evidence_required and self.is_answered and not (self.typed and self.typed.evidence)


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block of the form with its questions in the order of the paper form."""

    block: Block
    questions: tuple[QuestionView, ...]

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(1 for view in self.questions if view.is_answered)


@dataclass(frozen=True, slots=True)
class FormView:
    """A form in one wave, filled as far as it is, with the levels of all risk factors."""

    form: Form
    wave: str
    blocks: tuple[BlockView, ...]
    profile: tuple[Assessment, ...]

    @property
    def questions(self) -> tuple[QuestionView, ...]:
        """All questions in order."""
        return tuple(view for block in self.blocks for view in block.questions)

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers by the codes of their questions."""
        return {view.question.code: view.answer for view in self.questions}


def waves_of(pack: Pack, form: str) -> tuple[str, ...]:
    """The ids of the waves in which a form is collected, in their order."""
    return tuple(wave.id for wave in known_waves(pack, form))


def form_view(workspace: Workspace, form: str = MAP, wave: str = "", school: str | None = None) -> FormView:
    """A form of the pack with every value that is known; without `wave` in the one that counts now."""
    return form_view_of(workspace.pack_of(school), read_facts(workspace, school), form, wave)


def form_view_of(pack: Pack, facts: SchoolFacts, form: str = MAP, wave: str = "") -> FormView:
    """The same from facts that were read already."""
    found = pack.form(form)
    if found is None:
        raise BugError(f"the methodology has no form {form!r}")
    chosen = wave or current_wave(pack, facts, form)
    typed = answers_of(facts, form, chosen)
    experts = {e.question: e for e in facts.expert_answers if e.form == form and e.wave == chosen}
    blocks = tuple(
        BlockView(
            block,
            tuple(
                _with_expert(_view(pack, facts, (form, chosen), q, typed.get(q.code)), experts.get(q.code))
                for q in block.questions
            ),
        )
        for block in found.blocks
    )
    answers = {view.question.code: view.answer for block in blocks for view in block.questions}
    return FormView(found, chosen, blocks, risk_profile(pack, facts, answers, chosen if form == MAP else ""))


def risk_profile(
    pack: Pack, facts: SchoolFacts, answers: Mapping[str, Answer], wave: str = ""
) -> tuple[Assessment, ...]:
    """The levels of all factors; one set by hand in this wave of the map stands beside the computed one."""
    chosen = wave or current_wave(pack, facts)
    return assess_pack(pack, answers, overrides_of(facts, chosen))


def overrides_of(facts: SchoolFacts, wave: str) -> dict[str, Override]:
    """The levels that were set by hand in a wave of the map, those that say why."""
    return {
        item.factor: Override(Level(item.level), item.reason)
        for item in facts.factor_levels
        if item.factor
        and (item.wave or wave) == wave
        and item.level in set(Level)
        and (item.reason or "").strip()
        and item.reason
    }


def all_answers(pack: Pack, facts: SchoolFacts) -> dict[str, Answer]:
    """The answers of every form, each in the wave that counts now: what the check reads."""
    answers: dict[str, Answer] = {}
    for form in pack.forms:
        answers.update(form_view_of(pack, facts, form.id).answers)
    return answers


def answer_question(workspace: Workspace, form: str, wave: str, question: str, typed: Mapping[str, object]) -> Done:
    """Store what a person typed for a question: value, numerator, denominator, evidence, comment, not_applicable.

    An emptied value gives the question back to what the program computes.
    """
    asked = workspace.pack.question(question)
    if asked is None:
        raise BugError(f"no question {question!r}")
    info = info_of(DiagnosticAnswer)
    key = {"form": form, "wave": wave, "question": question}
    values: dict[str, WireValue] = {}
    for name, value in typed.items():
        values[name] = wire_answer(asked, value) if name == "value" else parse_value(info.fields[name], value)
    _require_counts(asked, values, workspace, form, wave)
    row = records.row_id_for(workspace, info, dict(key))
    stored = records.row(workspace, DiagnosticAnswer, row)
    is_answer = bool({"value", "numerator", "not_applicable"} & set(values)) and "comment" not in values
    if is_answer and stored is not None and (stored.comment or "").startswith(OWN_NOTES):
        values["comment"] = None
    requests = [Set(info.log_name, row, name, value) for name, value in {**key, **values}.items()]
    operation = f"изменено: {asked.caption}"
    batch = workspace.write(requests, operation)
    return Done(operation, row, batch.name if batch else "")


def set_factor_level(workspace: Workspace, wave: str, factor: str, level: str, reason: str) -> Done:
    """Set the level of a factor by hand; without a reason it is refused, an empty level gives the computed one back."""
    if level and not reason.strip():
        found = workspace.pack.factor(factor)
        raise KnownError("methodology.override_without_reason", factor=found.title if found else factor)
    info = info_of(FactorLevel)
    row = records.row_id_for(workspace, info, {"wave": wave, "factor": factor})
    values = {"wave": wave, "factor": factor, "level": level or None, "reason": reason.strip() or None}
    requests = [Set(info.log_name, row, name, value) for name, value in values.items()]
    operation = "изменено: значимость фактора"
    batch = workspace.write(requests, operation)
    return Done(operation, row, batch.name if batch else "")


def _with_expert(view: QuestionView, expert: ExpertFact | None) -> QuestionView:
    answer = typed_answer(view.question, expert)
    if expert is None or (answer is None and not (expert.comment or "").strip()):
        return view
    shown = shown_answer(view.question, answer)
    return replace(view, expert=ExpertView(expert, shown, differs(view.question, view.answer, answer)))


def _view(
    pack: Pack, facts: SchoolFacts, place: tuple[str, str], question: Question, typed: AnswerFact | None
) -> QuestionView:
    computed = compute(question.metric, facts) if question.metric else None
    figure = computed.figure() if computed else None
    answer = typed_answer(question, typed)
    uses_computed = answer is None
    used: Answer = figure if uses_computed else answer
    if used is None and computed is not None and computed.not_applicable:
        used = NOT_APPLICABLE
    computed_shown = shown_answer(question, figure)
    return QuestionView(
        question=question,
        answer=used,
        shown=shown_answer(question, used),
        origin=_origin(question, computed, figure) if uses_computed else "",
        computed=computed,
        computed_shown=computed_shown,
        previous=previous_of(pack, facts, *place, question, computed),
        step=assess_answer(question, used, pack.identification.small_group),
        typed=typed,
        missing=computed.missing if computed and used is None else (),
    )


def _origin(question: Question, computed: MetricValue | None, figure: Figure | None) -> str:
    if computed is None or figure is None:
        return computed.not_applicable if computed is not None else ""
    counts = ""
    if figure.numerator is not None and figure.denominator and question.kind is QuestionKind.SHARE:
        counts = f"{number(figure.numerator)} из {number(figure.denominator)} · "
    return f"{counts}{_PAGES.get(METRICS[question.metric].page, 'посчитано программой')}"


_PAGES = {
    "passport": "из паспорта школы",
    "staff": "из списка педагогов",
    "results": "из результатов",
    "partners": "из журнала событий",
    "development": "из планов развития",
    "roadmap": "из дорожной карты",
    "map": "из диагностической карты",
}


def wire_answer(question: Question, value: object) -> WireValue:
    """What a person typed for a question, as it is stored; KnownError `value.*`."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if question.kind is QuestionKind.YES_NO:
        flag = parse_value(FieldInfo("value", FieldKind.BOOLEAN, question.caption), value)
        return _YES if flag else _NO
    if question.kind is QuestionKind.CHOICE:
        choices = tuple((item.code, item.caption) for item in question.choices)
        return parse_value(FieldInfo("value", FieldKind.CHOICE, question.caption, choices=choices), value)
    if question.kind is QuestionKind.TEXT:
        return parse_value(FieldInfo("value", FieldKind.LONG_TEXT, question.caption, max_length=4000), value)
    top = Decimal(100) if question.kind in (QuestionKind.PERCENT, QuestionKind.SHARE) else question.maximum
    field = FieldInfo("value", FieldKind.DECIMAL, question.caption, minimum=question.minimum or Decimal(0), maximum=top)
    return parse_value(field, value)


def _require_counts(
    question: Question, values: Mapping[str, WireValue], workspace: Workspace, form: str, wave: str
) -> None:
    """A part is never greater than its whole; the other count may be stored already."""
    if not {"numerator", "denominator"} & set(values):
        return
    row = records.row_id_for(
        workspace, info_of(DiagnosticAnswer), {"form": form, "wave": wave, "question": question.code}
    )
    stored = records.row(workspace, DiagnosticAnswer, row)
    part = values.get("numerator", stored.numerator if stored else None)
    whole = values.get("denominator", stored.denominator if stored else None)
    if isinstance(part, int) and isinstance(whole, int) and part > whole:
        raise KnownError("value.part_exceeds_whole", field=question.caption, part=part, whole=whole)


def confirm_filled(workspace: Workspace, form: str, wave: str, view: QuestionView) -> Done:
    """Fix a computed value as the school's own answer on this day."""
    figure = view.computed.figure() if view.computed else None
    if figure is None or figure.value is None:
        raise BugError("nothing to confirm")
    is_share = has_counts(view.question) and bool(figure.denominator)
    counts = {"numerator": figure.numerator, "denominator": figure.denominator} if is_share else {}
    comment = f"Подтверждено {today(workspace).strftime('%d.%m.%Y')}"
    values = {"value": decimal_text(figure.value), **counts, "comment": comment}
    return answer_question(workspace, form, wave, view.question.code, values)

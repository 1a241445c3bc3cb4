"""How significant a risk factor is, with every step explained.

An answer gets a level by the two thresholds of its question; a factor gets a level from the levels of its
indicators. Nothing is guessed: while the missing answers could still change the result, it is unknown and the
missing questions are named. A person may set another level and says why; the computed one stays beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import (
    LEVEL_CAPTIONS,
    Aggregation,
    Factor,
    Level,
    Pack,
    Polarity,
    Question,
    QuestionKind,
)
from shnor_desktop.domain.russian import NBSP, number, percent, plural, share

POINTS: dict[Level, Decimal] = {Level.LOW: Decimal(0), Level.MEDIUM: Decimal(50), Level.HIGH: Decimal(100)}
SMALL_GROUP = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the two counts that it was made of, where it was made of counts."""

    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None


class Applicability(Enum):
    """An answer that says that the question does not concern the school."""

    NOT_APPLICABLE = "not_applicable"


NOT_APPLICABLE = Applicability.NOT_APPLICABLE

Answer = Decimal | int | str | bool | Figure | Applicability | None


@dataclass(frozen=True, slots=True)
class Step:
    """One indicator judged: what was compared with what, and the sentence that says so."""

    code: str
    caption: str
    value: str
    """As shown: «4 из 22 (18,2 %)», «да»; empty where the answer is missing."""
    thresholds: tuple[Decimal, ...]
    level: Level
    sentence: str
    weight: Decimal = Decimal(1)
    caution: str = ""
    """A warning about a small group; empty where there is none."""
    is_applicable: bool = True

    @property
    def is_missing(self) -> bool:
        """Whether an answer is waited for."""
        return self.is_applicable and self.level is Level.UNKNOWN


@dataclass(frozen=True, slots=True)
class Override:
    """A level that a person has set instead of the computed one; the reason is obligatory."""

    level: Level
    reason: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The level of one factor and how it came about."""

    factor: str
    level: Level
    """The level that counts: the override where there is one."""
    computed: Level
    score: Decimal | None
    """Points 0–100 of the known indicators; None where nothing is known."""
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    """Codes of questions without an answer."""
    summary: str
    """How the level of the factor follows from the steps."""
    override: Override | None = None

    @property
    def shown_score(self) -> int | None:
        """The points as every page, document and sentence shows them: halves go up."""
        return None if self.score is None else int(self.score.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def assess_pack(
    pack: Pack, answers: Mapping[str, Answer], overrides: Mapping[str, Override] | None = None
) -> tuple[Assessment, ...]:
    """All factors of a pack, in their order: the risk profile of a school."""
    questions = {question.code: question for form in pack.forms for question in form.questions()}
    chosen = overrides or {}
    small = pack.identification.small_group
    return tuple(assess_factor(factor, questions, answers, chosen.get(factor.code), small) for factor in pack.factors)


def assess_factor(
    factor: Factor,
    questions: Mapping[str, Question],
    answers: Mapping[str, Answer],
    override: Override | None = None,
    small_group: int = SMALL_GROUP,
) -> Assessment:
    """The level of one factor; KnownError methodology.override_without_reason for an unexplained override."""
    if override is not None and not override.reason.strip():
        raise KnownError("methodology.override_without_reason", factor=factor.title)
    steps = tuple(
        assess_answer(questions[item.question], answers.get(item.question), small_group, item.weight)
        for item in factor.indicators
    )
    computed = _computed_level(factor, steps)
    return Assessment(
        factor=factor.code,
        level=computed if override is None else override.level,
        computed=computed,
        score=_known_score(factor, steps),
        steps=steps,
        missing=tuple(step.code for step in steps if step.is_missing),
        summary=_summary(factor, steps, computed, override),
        override=override,
    )


def assess_answer(
    question: Question, answer: Answer, small_group: int = SMALL_GROUP, weight: Decimal = Decimal(1)
) -> Step:
    """The level of one answer by the thresholds of its question."""
    level, comparison = _judge(question, answer)
    shown = shown_answer(question, answer)
    judged = f"{shown} — {comparison}: значимость {LEVEL_CAPTIONS[level]}"
    return Step(
        code=question.code,
        caption=question.caption,
        value=shown,
        thresholds=question.thresholds,
        level=level,
        sentence=comparison if level is Level.UNKNOWN else judged,
        weight=weight,
        caution=_caution(answer, small_group),
        is_applicable=answer is not NOT_APPLICABLE,
    )


def shown_answer(question: Question, answer: Answer) -> str:
    """The answer as a reader sees it: «4 из 22 (18,2 %)», «да», «25 Мбит/с»; empty for none."""
    if isinstance(answer, Applicability):
        return "не применимо"
    if isinstance(answer, bool):
        return "да" if answer else "нет"
    if isinstance(answer, str):
        return next((item.caption for item in question.choices if item.code == answer), answer)
    value = numeric_value(question, answer)
    if value is None:
        return ""
    counts = _counts(question, answer)
    return share(*counts) if counts else _amount(question, value)


def numeric_value(question: Question, answer: Answer) -> Decimal | None:
    """The number of an answer; of a share without a value the percentage of its counts."""
    if isinstance(answer, bool | str | Applicability) or answer is None:
        return None
    if not isinstance(answer, Figure):
        return Decimal(answer)
    counts = _counts(question, answer)
    if answer.value is None and counts is not None:
        return Decimal(counts[0]) * 100 / Decimal(counts[1])
    return answer.value


def _counts(question: Question, answer: Answer) -> tuple[int, int] | None:
    """Numerator and denominator of a share that has both."""
    if not isinstance(answer, Figure) or question.kind not in (QuestionKind.SHARE, QuestionKind.PERCENT):
        return None
    if answer.numerator is None or not answer.denominator:
        return None
    return answer.numerator, answer.denominator


def _amount(question: Question, value: Decimal) -> str:
    if question.kind in (QuestionKind.SHARE, QuestionKind.PERCENT) or question.unit == "%":
        return percent(value)
    shown = number(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
    return f"{shown}{NBSP}{question.unit}" if question.unit else shown


def _judge(question: Question, answer: Answer) -> tuple[Level, str]:
    """The level and the words of the comparison; for an unknown level a whole sentence."""
    if answer is NOT_APPLICABLE:
        return Level.UNKNOWN, f"Не применимо: «{question.caption}»"
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        return Level.UNKNOWN, f"Нет данных: «{question.caption}»"
    if question.kind is QuestionKind.YES_NO:
        return _judge_yes_no(question, answer)
    if question.kind is QuestionKind.CHOICE:
        chosen = next((item for item in question.choices if item.code == answer), None)
        if chosen is None or chosen.level is None:
            return Level.UNKNOWN, f"По ответу на вопрос «{question.caption}» уровень не определяется"
        return chosen.level, "выбранный ответ"
    value = numeric_value(question, answer)
    if value is None:
        return Level.UNKNOWN, f"Нет данных: «{question.caption}»"
    return _judge_number(question, value)


def _judge_yes_no(question: Question, answer: Answer) -> tuple[Level, str]:
    if not isinstance(answer, bool) or question.polarity is Polarity.NONE:
        return Level.UNKNOWN, f"По ответу на вопрос «{question.caption}» уровень не определяется"
    is_good = answer is (question.polarity is Polarity.HIGHER_BETTER)
    return (Level.LOW, "благоприятный ответ") if is_good else (Level.HIGH, "ответ указывает на риск")


def _judge_number(question: Question, value: Decimal) -> tuple[Level, str]:
    if question.polarity is Polarity.NONE or len(question.thresholds) != 2:
        return Level.UNKNOWN, f"Для показателя «{question.caption}» пороги не заданы"
    low, high = question.thresholds
    low_text, high_text = _amount(question, low), _amount(question, high)
    if question.polarity is Polarity.LOWER_BETTER:
        if value >= high:
            return Level.HIGH, f"{_relation(value, high)} порога {high_text}"
        if value >= low:
            return Level.MEDIUM, f"от {low_text} до {high_text}"
        return Level.LOW, f"ниже порога {low_text}"
    if value < high:
        return Level.HIGH, f"ниже порога {high_text}"
    if value < low:
        return Level.MEDIUM, f"от {high_text} до {low_text}"
    return Level.LOW, f"{_relation(value, low)} порога {low_text}"


def _relation(value: Decimal, threshold: Decimal) -> str:
    return "на уровне" if value == threshold else "выше"


def _caution(answer: Answer, small_group: int) -> str:
    if not isinstance(answer, Figure) or answer.denominator is None or answer.denominator >= small_group:
        return ""
    return f"Малая группа (n = {answer.denominator}): один человек заметно меняет долю, судите осторожно"


def _score(steps: Iterable[Step], missing_as: Level | None = None) -> Decimal | None:
    """The weighted mean of points; missing indicators are left out or counted as `missing_as`."""
    total = weights = Decimal(0)
    for step in steps:
        level = step.level
        if not step.is_applicable:
            continue
        if level is Level.UNKNOWN:
            if missing_as is None:
                continue
            level = missing_as
        total += POINTS[level] * step.weight
        weights += step.weight
    return total / weights if weights else None


def _worst(steps: Iterable[Step], missing_as: Level | None = None) -> Decimal | None:
    """The points of the worst indicator; missing ones are left out or counted as `missing_as`."""
    points = [
        POINTS[missing_as if step.level is Level.UNKNOWN and missing_as is not None else step.level]
        for step in steps
        if step.is_applicable and (step.level is not Level.UNKNOWN or missing_as is not None)
    ]
    return max(points, default=None)


_Scorer = Callable[[Iterable[Step], Level | None], Decimal | None]
_SCORERS: dict[Aggregation, _Scorer] = {Aggregation.WEIGHTED: _score, Aggregation.WORST: _worst}


def _known_score(factor: Factor, steps: tuple[Step, ...]) -> Decimal | None:
    return _SCORERS[factor.aggregation](steps, None)


def _computed_level(factor: Factor, steps: tuple[Step, ...]) -> Level:
    """The level, where it is the same for the best and the worst of the missing answers."""
    scorer = _SCORERS[factor.aggregation]
    best = _level_of_score(factor, scorer(steps, Level.LOW))
    worst = _level_of_score(factor, scorer(steps, Level.HIGH))
    return best if best is worst else Level.UNKNOWN


def _level_of_score(factor: Factor, score: Decimal | None) -> Level:
    if score is None:
        return Level.UNKNOWN
    if factor.aggregation is Aggregation.WORST:
        return next(level for level, points in POINTS.items() if points == score)
    medium_from, high_from = factor.thresholds
    if score >= high_from:
        return Level.HIGH
    return Level.MEDIUM if score >= medium_from else Level.LOW


def _summary(factor: Factor, steps: tuple[Step, ...], computed: Level, override: Override | None) -> str:
    missing = [step for step in steps if step.is_missing]
    if computed is Level.UNKNOWN:
        names = "; ".join(f"«{step.caption}»" for step in missing)
        reason = f"не хватает данных — {names}" if missing else "ни один показатель не применим"
        text = f"Значимость пока не определена: {reason}."
    else:
        text = f"{_rule_words(factor, steps)}: значимость {LEVEL_CAPTIONS[computed]}."
        if missing:
            count = plural(len(missing), "показателю", "показателям", "показателям")
            text += f" Данных по {count} нет, но на вывод они уже не влияют."
    if override is not None:
        text += f" Изменено вручную на «{LEVEL_CAPTIONS[override.level]}». Причина: {override.reason.strip()}"
    return text


def _rule_words(factor: Factor, steps: tuple[Step, ...]) -> str:
    if factor.aggregation is Aggregation.WORST:
        return "Значимость фактора определяет худший из показателей"
    score = _known_score(factor, steps)
    shown = number((score or Decimal(0)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    medium_from, high_from = (number(border) for border in factor.thresholds)
    return f"Средний балл по показателям {shown} из 100 (средняя — от {medium_from}, высокая — от {high_from})"

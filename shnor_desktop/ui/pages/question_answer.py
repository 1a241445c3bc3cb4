"""A question of a form as its card needs it: the field to type in, the value shown, what stands beside and under it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from shnor_desktop.domain.canonical import decimal_text
from shnor_desktop.domain.findings import CheckCode
from shnor_desktop.domain.methodology import Question, QuestionKind
from shnor_desktop.domain.metrics import METRICS
from shnor_desktop.domain.russian import short_date
from shnor_desktop.domain.scoring import Figure, numeric_value
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.services.check import CheckLine
from shnor_desktop.services.diagnosis import QuestionView
from shnor_desktop.ui.forms import BadInput, FieldNotes
from shnor_desktop.ui.forms.typed_text import Value
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import Level

WHY = ("why", "почему")
ADD_MEASURE = ("add_measure", "добавить мероприятие")
DETAILS = ("details", "подтверждение и комментарий")
RESTORE = "restore"
TAKE_PREVIOUS = "take_previous"

_COUNTS = re.compile(r"(\d[\d\s\u00a0\u202f]*?)\s*(?:из|/)\s*(\d[\d\s\u00a0\u202f]*)")
_SPACES = re.compile(r"\s+")
_KINDS = {
    QuestionKind.CHOICE: FieldKind.CHOICE,
    QuestionKind.YES_NO: FieldKind.BOOLEAN,
    QuestionKind.TEXT: FieldKind.LONG_TEXT,
}
_WORRYING = (Level.HIGH, Level.MEDIUM)
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Problems:
    """What the check says of one question."""

    error: str = ""
    warning: str = ""
    is_unanswered: bool = False


def problems_of(lines: tuple[CheckLine, ...] | list[CheckLine]) -> dict[str, Problems]:
    """The findings at questions of forms, by the codes of the questions; the first of a kind is kept."""
    found: dict[str, Problems] = {}
    for line in lines:
        if line.entity != "diagnostic_answer":
            continue
        known = found.get(line.field, Problems())
        is_unanswered = line.code == CheckCode.MAP_UNANSWERED
        words = f"Нет ответа. {line.do}" if is_unanswered else f"{line.text} {line.do}".strip()
        if line.is_error and not known.error:
            known = replace(known, error=words, is_unanswered=is_unanswered)
        elif not line.is_error and not known.warning:
            known = replace(known, warning=words)
        found[line.field] = known
    return found


def field_of(question: Question) -> FieldInfo:
    """The field that a question is answered in; its name is the question's code."""
    kind = _KINDS.get(question.kind, FieldKind.DECIMAL)
    is_percent = question.kind in (QuestionKind.SHARE, QuestionKind.PERCENT)
    choices = tuple((item.code, item.caption) for item in question.choices)
    return FieldInfo(
        question.code,
        kind,
        question.caption,
        _help(question),
        unit="%" if is_percent else question.unit,
        choices=choices,
        minimum=question.minimum if question.minimum is not None else Decimal(0),
        maximum=Decimal(100) if is_percent else question.maximum,
        max_length=4000,
    )


def parse_answer(field: FieldInfo, text: str) -> Value:
    """Typed text as the value to tell: «4 из 22» is kept as the two counts, everything else goes by its field."""
    counts = _COUNTS.fullmatch(text.strip())
    if field.kind is FieldKind.DECIMAL and field.unit == "%" and counts:
        part, whole = (int(_SPACES.sub("", number)) for number in counts.groups())
        if whole == 0:
            raise BadInput("Второе число не может быть нулём: доля считается от него. Введите, из скольких.")
        if part > whole:
            raise BadInput(f"Часть ({part}) больше целого ({whole}). Исправьте одно из двух чисел.")
        return f"{part} из {whole}"
    return parse(field, text)


def typed_values(question: Question, value: object) -> Mapping[str, object]:
    """What the service is told for a value of the card; counts are forgotten where a plain value was typed."""
    counts = _COUNTS.fullmatch(value) if isinstance(value, str) and question.kind is not QuestionKind.TEXT else None
    if counts:
        part, whole = (int(_SPACES.sub("", number)) for number in counts.groups())
        return {"value": None, "numerator": part, "denominator": whole}
    if question.kind in (QuestionKind.SHARE, QuestionKind.PERCENT):
        return {"value": value, "numerator": None, "denominator": None}
    return {"value": value}


def value_of(view: QuestionView) -> object:
    """The value as the card's field keeps it."""
    answer = view.answer
    if isinstance(answer, bool | str):
        return answer
    number = numeric_value(view.question, answer)
    if number is None:
        return None
    if isinstance(answer, Figure):
        number = number.quantize(_HUNDREDTH if abs(number) < 1 else Decimal("0.1"), rounding=ROUND_HALF_UP)
    return decimal_text(number)


def is_computed(view: QuestionView) -> bool:
    """Whether the value shown came from data typed elsewhere."""
    return bool(view.origin)


def notes_of(view: QuestionView, problems: Problems, *, marks_missing: bool, offers_measures: bool) -> FieldNotes:
    """Origin, last year, level with its reason and actions, error or warning."""
    level = Level(view.step.level.value)
    is_judged = level is not Level.UNKNOWN
    origin, target = _origin(view)
    hides = problems.is_unanswered and not marks_missing
    return FieldNotes(
        origin=origin,
        origin_target=target,
        last_year=view.last_year,
        last_action=TAKE_PREVIOUS if view.previous is not None else "",
        last_hint=f"Взять прежнее: {view.previous.source}" if view.previous is not None else "",
        level=level if is_judged else None,
        level_text=reason_of(view) if is_judged else "",
        actions=_actions(view, level, offers_measures),
        error="" if hides else problems.error,
        warning=problems.warning or (view.step.caution if is_judged else ""),
    )


def reason_of(view: QuestionView) -> str:
    """«ниже порога 25 %»: the comparison that gave the level."""
    sentence = view.step.sentence.removeprefix(f"{view.step.value} — ")
    return sentence.rsplit(": значимость", 1)[0]


def details_words(view: QuestionView) -> str:
    """Evidence and comment in one line, as they stand under a folded card."""
    typed = view.typed
    if typed is None:
        return ""
    parts = [f"Подтверждение: {typed.evidence}" if typed.evidence else "", typed.comment or ""]
    return " · ".join(part for part in parts if part)


def expert_words(view: QuestionView) -> str:
    """«Эксперт: 9 из 20 (45 %). По посещённым урокам. Методист, 02.09.2024»; empty where there is no expert."""
    if view.expert is None:
        return ""
    row = view.expert.row
    differs = ", у школы иначе" if view.expert.differs else ", так же, как у школы" if view.expert.shown else ""
    made = ", ".join(part for part in (row.expert or "", short_date(row.made_on) if row.made_on else "") if part)
    shown = f"Эксперт: {view.expert.shown or 'без значения'}{differs}."
    return " ".join(part for part in (shown, (row.comment or "").strip(), f"({made})" if made else "") if part)


def _actions(view: QuestionView, level: Level, offers_measures: bool) -> tuple[tuple[str, str], ...]:
    found = []
    if level is not Level.UNKNOWN or view.rows:
        found.append(WHY)
    if offers_measures and level in _WORRYING:
        found.append(ADD_MEASURE)
    if view.typed is not None and not is_computed(view) and view.computed_shown and not view.typed.not_applicable:
        found.append((RESTORE, f"вернуть посчитанное: {view.computed_shown}"))
    found.append(DETAILS)
    return tuple(found)


def _origin(view: QuestionView) -> tuple[str, str]:
    """Words and target of the link beside the value."""
    metric = METRICS.get(view.question.metric)
    if view.typed is not None and view.typed.not_applicable:
        return "не применимо к школе", ""
    if view.origin and metric is not None:
        return view.origin, f"{metric.page}|"
    if view.missing:
        missing = view.missing[0]
        place = f"{missing.entity}:{missing.row}:{missing.field}".rstrip(":") if missing.row else ""
        return missing.sentence, f"{missing.page}|{place}"
    answer = view.answer
    if isinstance(answer, Figure) and answer.numerator is not None and answer.denominator:
        return f"{answer.numerator} из {answer.denominator} · введено школой", ""
    return "", ""


def _help(question: Question) -> str:
    parts = [question.help]
    if question.kind is QuestionKind.SHARE and question.numerator and not question.metric:
        first, second = (words[:1].lower() + words[1:] for words in (question.numerator, question.denominator))
        parts.append(f"Впишите два числа, например «4 из 22»: первое — {first}, второе — {second}.")
    return " ".join(part for part in parts if part)

"""The forms of a demo school: what a person types into the diagnostic map and the first monitoring wave.

Figures that the program fills by itself are left to it. A typed answer is drawn for the level that the profile wants
of the factors it belongs to, with numerator, denominator and, where asked, the document that confirms it.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from shnor_desktop.domain.canonical import decimal_text
from shnor_desktop.domain.methodology import Polarity, Question, QuestionKind
from shnor_desktop.domain.russian import short_date
from shnor_desktop.domain.scoring import Figure
from shnor_desktop.domain.waves import has_counts
from shnor_desktop.models.diagnostics import CauseMark, DiagnosticAnswer
from shnor_desktop.services.causes import causes_of
from shnor_desktop.services.demo.drafting import SchoolDraft
from shnor_desktop.services.demo.library import words
from shnor_desktop.services.diagnosis import MAP, form_view_of, waves_of
from shnor_desktop.services.facts import read_facts

_MAP_FILLED = date(2024, 3, 20)
_CAUSES_NAMED = date(2024, 3, 27)
_CAUSE_LEVELS = ("high", "medium", "medium", "low", "low")
_ORDER = ("low", "medium", "high")
_OUTER = {"high": Decimal("0.35"), "low": Decimal("0.35")}
_DENOMINATORS = {
    "Посещённых уроков": 36,
    "Часов учебного плана в неделю": 268,
    "Всего уроко-мест за четверть": 8600,
}


def write_map(draft: SchoolDraft, share: int = 100) -> None:
    """The diagnostic map; `share` percent of its typed questions, from the first."""
    form = draft.pack.form(MAP)
    if form is None:
        return
    typed = [question for question in form.questions() if not question.metric]
    for question in typed[: max(1, len(typed) * share // 100)]:
        _answer(draft, MAP, waves_of(draft.pack, MAP)[0], question, _MAP_FILLED)
    draft.write("заполнена диагностическая карта", _MAP_FILLED)


def write_first_waves(draft: SchoolDraft) -> None:
    """The first wave of each monitoring that the pack holds, with the computed figures of its day kept."""
    for wave in draft.pack.monitoring_waves:
        form = draft.pack.form(wave.form)
        if wave.number == 1 and form is not None and wave.due <= draft.as_of:
            for question in form.questions():
                if not question.metric:
                    _answer(draft, form.id, wave.id, question, wave.due - timedelta(days=6))
            _keep(draft, form.id, wave.id, wave.due - timedelta(days=6))
            draft.write(f"заполнен мониторинг: {form.short_title}", wave.due - timedelta(days=5))


def write_causes(draft: SchoolDraft) -> None:
    """How strong the first causes of the methodology are here; those that are strong have a problem field."""
    facts = read_facts(draft.workspace)
    working = [item for item in facts.problems if item.is_active]
    view = form_view_of(draft.pack, facts)
    groups = causes_of(draft.pack, facts, view.profile, view.wave)
    found = [cause for group in groups for cause in group.causes]
    for level, item in zip(_CAUSE_LEVELS, found, strict=False):
        aimed = {factor for measure in item.measures for factor in measure.factors}
        problem = next((one for one in working if aimed.intersection(one.factors)), None)
        strength = "medium" if level == "high" and problem is None else level
        values: dict[str, object] = {"wave": view.wave, "cause": item.cause.code, "level": strength}
        if strength != "low":
            values["facts"] = item.suggested
        if strength == "high" and problem is not None:
            values["problem"] = problem.id
        draft.add(CauseMark, values)
    if draft.pack.causes:
        draft.write("отмечены причины", _CAUSES_NAMED)


def _keep(draft: SchoolDraft, form: str, wave: str, day: date) -> None:
    """The computed figures as they were on the day of the wave."""
    view = form_view_of(draft.pack, read_facts(draft.workspace), form, wave)
    for item in view.questions:
        figure = item.answer
        if item.origin and isinstance(figure, Figure) and figure.value is not None:
            values: dict[str, object] = {
                "form": form, "wave": wave, "question": item.question.code,
                "value": decimal_text(figure.value), "comment": f"Подтверждено {short_date(day)}",
            }  # fmt: skip
            if figure.denominator and has_counts(item.question):
                values |= {"numerator": figure.numerator, "denominator": figure.denominator}
            draft.add(DiagnosticAnswer, values)


def _answer(draft: SchoolDraft, form: str, wave: str, question: Question, day: date) -> None:
    values: dict[str, object] = {"form": form, "wave": wave, "question": question.code}
    values |= _value(draft, question, _level(draft, question))
    if question.evidence_required:
        source = question.source.split(",")[0] or "Справка"
        made = day - timedelta(days=draft.random.randint(3, 40))
        values["evidence"] = f"{source}, {made.strftime('%d.%m.%Y')}, № {draft.random.randint(3, 64)}"
    draft.add(DiagnosticAnswer, values)


def _level(draft: SchoolDraft, question: Question) -> str:
    """The target of the factor where the question weighs most; a lesser indicator is one step milder."""
    found = [
        (draft.profile.target(factor.code), indicator.weight == max(item.weight for item in factor.indicators))
        for factor in draft.pack.factors
        for indicator in factor.indicators
        if indicator.question == question.code
    ]
    if not found:
        return "medium"
    levels = [target if heavy or target != "high" else "medium" for target, heavy in found]
    return max(levels, key=_ORDER.index)


def _value(draft: SchoolDraft, question: Question, level: str) -> dict[str, object]:
    match question.kind:
        case QuestionKind.YES_NO:
            is_good = level != "high"
            return {"value": "yes" if is_good is (question.polarity is not Polarity.LOWER_BETTER) else "no"}
        case QuestionKind.CHOICE:
            fitting = [item.code for item in question.choices if item.level == level]
            return {"value": (fitting or [item.code for item in question.choices])[0]}
        case QuestionKind.TEXT:
            return {"value": _text(draft, question)}
        case QuestionKind.SHARE | QuestionKind.PERCENT:
            whole = _denominator(draft, question)
            part = min(whole, max(0, int(whole * _within(draft, question, level) / 100)))
            value = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"))
            return {"value": str(value), "numerator": part, "denominator": whole}
        case _:
            return {"value": str(draft.random.randint(12, 36))}


def _text(draft: SchoolDraft, question: Question) -> str:
    found = words("texts")
    if question.code.endswith("strengths"):
        return "\n".join(found["strengths"])
    if question.code.endswith("problems"):
        return "\n".join(found["difficulties"])
    return str(draft.random.choice(found["wave_comments"]))


def _within(draft: SchoolDraft, question: Question, level: str) -> Decimal:
    """A percentage inside the band of the level."""
    if len(question.thresholds) != 2:
        return Decimal(draft.random.randint(30, 70))
    first, second = question.thresholds
    place = Decimal(draft.random.randint(25, 75)) / 100
    if question.polarity is Polarity.HIGHER_BETTER:
        bands = {
            "low": (first, first + (100 - first) * _OUTER["low"]),
            "medium": (second, first),
            "high": (second / 2, second),
        }
    else:
        bands = {"low": (first / 4, first * 9 / 10), "medium": (first, second), "high": (second, second * 3 / 2)}
    low, high = bands[level]
    return low + (min(high, Decimal(100)) - low) * place


def _denominator(draft: SchoolDraft, question: Question) -> int:
    caption = question.denominator
    if caption in _DENOMINATORS:
        return _DENOMINATORS[caption]
    lowered = caption.lower()
    if "группы риска" in lowered or "группе риска" in lowered:
        return max(10, draft.pupils_at_risk)
    if "педагог" in lowered:
        return max(6, len(draft.staff) - 4)
    if "опрошен" in lowered or "работ" in lowered:
        return max(10, draft.profile.pupils * 4 // 5)
    return max(10, draft.profile.pupils)

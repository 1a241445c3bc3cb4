"""«Почему школа попала»: the judgement in plain official Russian, every share with its counts."""

from __future__ import annotations

from shnor_desktop.domain.facts import PROCEDURES, SUBJECTS
from shnor_desktop.domain.identification.categories import CategoryJudgement, RuleJudgement, categories_of
from shnor_desktop.domain.identification.judging import IdentificationResult
from shnor_desktop.domain.identification.verdicts import Verdict
from shnor_desktop.domain.methodology import Identification, RuleKind
from shnor_desktop.domain.russian import NBSP, percent, plural, plural_form

UNCONFIRMED = "не подтверждено"


def explanation(result: IdentificationResult) -> tuple[str, ...]:
    """A paragraph a category: those that the school is in first, then what is open, then the others."""
    order = {Verdict.HOLDS: 0, Verdict.UNKNOWN: 1, Verdict.DOES_NOT: 2}
    judged = sorted(result.categories, key=lambda item: order[item.verdict])
    return tuple(paragraph(item) for item in judged)


def short_words(result: IdentificationResult) -> str:
    """One line of a table: the categories, or what is known instead."""
    held = "; ".join(item.category.title for item in result.held)
    if held and result.unknown:
        return f"{held}; ещё {plural(len(result.unknown), 'категория', 'категории', 'категорий')} — данных нет"
    if held:
        return held
    return "не определено: не хватает данных" if result.unknown else "не отнесена"


def parameters(rules: Identification) -> tuple[tuple[str, str], ...]:
    """The parameters as a table of captions and values."""
    subjects = ", ".join(SUBJECTS.get(code, code) for code in rules.subjects) or "все"
    kinds = ", ".join(PROCEDURES.get(code, code) for code in rules.kinds) or "все"
    rows = [
        ("Низкий результат процедуры", f"от{NBSP}{percent(rules.share_below_minimum)} участников ниже минимального"),
        ("Сколько процедур", f"не менее {rules.procedures} за последние {_years(rules.years)}"),
        ("Предметы", subjects),
        ("Процедуры", kinds),
        ("Малая группа", f"меньше {plural(rules.small_group, 'участника', 'участников', 'участников')}: оговаривается"),
    ]
    if rules.minimum_participants > 0:
        people = plural(rules.minimum_participants, "участника", "участников", "участников")
        rows.append(("Не учитываются", f"процедуры, где меньше {people}"))
    rows += [(item.title, _needed(item.needed, len(item.rules))) for item in categories_of(rules) if item.rules]
    return tuple(rows)


def _years(count: int) -> str:
    return f"{count}{NBSP}{plural_form(count, 'год', 'года', 'лет')}"


def _needed(needed: int, rules: int) -> str:
    if rules == 1:
        return "один признак"
    return f"не менее {needed} из {plural(rules, 'признака', 'признаков', 'признаков')}"


def paragraph(judged: CategoryJudgement) -> str:
    """Why the school is in a category, or is not, or what is missing to say."""
    title = judged.category.title
    head = {
        Verdict.HOLDS: f"Школа отнесена к категории «{title}»",
        Verdict.UNKNOWN: f"Категория «{title}» не определена: не хватает данных",
        Verdict.DOES_NOT: f"Школа не отнесена к категории «{title}»",
    }[judged.verdict]
    if not judged.rules:
        return f"{head}. В методике для неё нет ни одного признака."
    mark = f" (правило {UNCONFIRMED})" if _is_unconfirmed(judged) else ""
    shown = [item for item in judged.rules if item.verdict is judged.verdict] or list(judged.rules)
    others = [item for item in judged.rules if item not in shown]
    is_listed = judged.verdict is Verdict.UNKNOWN and bool(judged.missing)  # what is missing is said once, below
    open_signs = [item for item in shown if is_listed and item.rule.kind is not RuleKind.LOW_RESULTS]
    text = " ".join([f"{head}{mark}.", *(_sentence(item) for item in shown if item not in open_signs)])
    if open_signs:
        text += " Нет данных о признаках: " + ", ".join(f"«{item.rule.title}»" for item in open_signs) + "."
    if is_listed:
        text += " Чего не хватает: " + ". ".join(dict.fromkeys(item.sentence for item in judged.missing)) + "."
    held = [item for item in others if item.verdict is Verdict.HOLDS]
    if held:
        text += " Уже есть: " + " ".join(_sentence(item) for item in held)
    if len(judged.rules) > 1:
        text += f" Для категории нужно: {_needed(judged.category.needed, len(judged.rules))}."
    return text


def _sentence(item: RuleJudgement) -> str:
    words = item.text.rstrip(".")
    if item.rule.kind is RuleKind.LOW_RESULTS:
        return f"{words[0].upper()}{words[1:]}."
    why = item.rule.explanation.strip() if item.verdict is Verdict.HOLDS else ""
    return f"{item.rule.title}: {words}. {why}".rstrip()


def _is_unconfirmed(judged: CategoryJudgement) -> bool:
    return judged.category.unconfirmed or any(item.rule.unconfirmed for item in judged.rules)

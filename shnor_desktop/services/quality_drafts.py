"""The draft of an analytical note (справка): what the program knows of the area of a control, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shnor_desktop.domain.document_set import document_lines
from shnor_desktop.domain.facts import SUBJECTS, ControlFact, SchoolFacts, SurveyFact, VisitFact
from shnor_desktop.domain.methodology import Pack, Rubric
from shnor_desktop.domain.metrics import METRICS, compute
from shnor_desktop.domain.russian import long_date, number, percent, plural, share, short_date

FORMATIVE = "formative"
_BACK = timedelta(days=120)
_METRICS: Mapping[str, tuple[str, ...]] = {
    "results": (
        "results.share_below_minimum_russian",
        "results.share_below_minimum_math",
        "results.quality_russian",
        "results.quality_math",
    ),
    "objectivity": ("results.share_confirmed_marks", "results.share_raised_marks", "results.share_lowered_marks"),
    "management": ("roadmap.share_done", "roadmap.overdue", "development.share_teachers_with_plan"),
    "environment": ("parents.share_satisfied", "parents.share_in_governance", "extra.share_covered"),
}


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """The texts of a note; an area of which the program knows nothing gets empty lines to be written."""

    title: str
    looked_at: str
    found: str
    conclusions: str
    advice: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was looked at, what it showed, what to conclude, what to do."""

    looked_at: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


def draft_note(pack: Pack, facts: SchoolFacts, control: ControlFact) -> NoteDraft:
    """The draft of the note on a control; every figure is one that stands elsewhere in the program."""
    areas = dict(pack.code_list("control_areas"))
    seen = [maker(pack, facts, control) for maker in _makers(control)]
    looked = [line for one in seen for line in one.looked_at]
    classes = f" ({control.classes})" if control.classes else ""
    methods = dict(pack.code_list("control_methods")).get(control.method or "", "")
    first = f"Проверено: {control.label or 'тема контроля'}{classes}." + (f" Способ: {methods}." if methods else "")
    found = [line for one in seen for line in one.found]
    if not found:
        found = ["В программе нет данных по этому контролю. Напишите, что увидели: сколько, где, в каких классах."]
    conclusions = [line for one in seen for line in one.conclusions]
    if not conclusions:
        conclusions = ["Напишите вывод: что получается, что мешает, что будет, если ничего не менять."]
    advice = [line for one in seen for line in one.advice]
    title = f"{areas.get(control.area or '', 'контроль').capitalize()}: {control.label}"
    return NoteDraft(
        title[:400],
        _text([first, *looked], 4000),
        _text(found, 8000),
        _text(conclusions, 4000),
        _text(advice, 4000),
    )


def _makers(control: ControlFact) -> tuple[Callable[[Pack, SchoolFacts, ControlFact], _Seen], ...]:
    """What speaks to a control: the figures of its area, then the journals that belong to it."""
    by_area: dict[str, tuple[Callable[[Pack, SchoolFacts, ControlFact], _Seen], ...]] = {
        "results": (_figures, _latest_results),
        "objectivity": (_figures, _cross_checks),
        "teaching": (_visits, _checklist),
        "programmes": (_programmes,),
        "environment": (_figures, _surveys),
        "documents": (_papers,),
        "management": (_figures, _decisions),
    }
    return by_area.get(control.area or "", (_visits,) if control.method == "lessons" else ())


def _figures(pack: Pack, facts: SchoolFacts, control: ControlFact) -> _Seen:
    found, cautions = [], []
    for name in _METRICS.get(control.area or "", ()):
        value, metric = compute(name, facts), METRICS[name]
        if value.value is None:
            continue
        if isinstance(value.numerator, int) and value.denominator and metric.unit == "%":
            shown = share(value.numerator, value.denominator)
        else:
            shown = percent(value.value) if metric.unit == "%" else f"{number(value.value)} {metric.unit}".strip()
        year = f", {value.year} г." if value.year else ""
        found.append(f"{metric.caption}{year}: {shown}.")
        if value.warning:
            cautions.append(value.warning)
    seen = ("Показатели школы на день справки.",) if found else ()
    return _Seen(seen, tuple(found), tuple(dict.fromkeys(f"{words.rstrip('.')}." for words in cautions)))


def _latest_results(pack: Pack, facts: SchoolFacts, control: ControlFact) -> _Seen:
    years = [item.year for item in facts.results if item.year is not None]
    if not years:
        return _Seen()
    newest = [item for item in facts.results if item.year == max(years)]
    found, weak = [], []
    for item in sorted(newest, key=lambda one: one.label):
        if not item.participants or item.mark_2 is None:
            continue
        found.append(f"{item.label}: отметка «2» у {share(item.mark_2, item.participants)}.")
        if item.mark_2 * 4 >= item.participants:
            weak.append(SUBJECTS.get(item.subject or "", item.subject or ""))
    words = ", ".join(dict.fromkeys(weak))
    conclusions = (f"Не менее четверти участников не справились: {words}.",) if weak else ()
    advice = (
        (f"Разобрать задания, с которыми не справились, и провести коррекционные занятия: {words}.",) if weak else ()
    )
    return _Seen((f"Результаты {max(years)} года: {len(newest)}.",), tuple(found[:20]), conclusions, advice)


def _visits(pack: Pack, facts: SchoolFacts, control: ControlFact) -> _Seen:
    visits = _recent(facts)
    if not visits:
        return _Seen(advice=("Посетить уроки и записать карты посещения на странице «Педагоги».",))
    classes = {visit.school_class for visit in visits if visit.school_class}
    discussed = sum(1 for visit in visits if visit.discussed_on)
    looked = (
        f"Посещено {plural(len(visits), 'урок', 'урока', 'уроков')} за 120 дней; "
        f"{plural(len(classes), 'класс', 'класса', 'классов')}.",
    )
    found = [f"С учителем обсуждены {share(discussed, len(visits))} посещений."]
    timed = [visit for visit in visits if visit.lesson_minutes and visit.independent_minutes is not None]
    minutes = sum(visit.lesson_minutes or 0 for visit in timed)
    if minutes:
        own = sum(visit.independent_minutes or 0 for visit in timed)
        found.append(f"Самостоятельная работа учеников: {share(own, minutes)} минут урока.")
    advice = ("Обсудить с учителями посещения, по которым разговора ещё не было.",) if discussed < len(visits) else ()
    return _Seen(looked, tuple(found), (), advice)


def _checklist(pack: Pack, facts: SchoolFacts, control: ControlFact) -> _Seen:
    """What the cards of the visits show by criteria, of all teachers together: nobody is named."""
    visits = {visit.id: visit for visit in _recent(facts) if visit.rubric}
    if not visits:
        return _Seen()
    codes = Counter(visit.rubric for visit in visits.values())
    has_formative = FORMATIVE in codes and "формир" in control.label.casefold()
    wanted = FORMATIVE if has_formative else codes.most_common(1)[0][0]
    rubric = next((item for item in pack.rubrics if item.code == wanted), None)
    if rubric is None:
        return _Seen()
    own = [visit for visit in visits.values() if visit.rubric == wanted]
    counted = [score for score in rubric.scale if score.points is not None]
    best = max(counted, key=lambda score: score.points or 0) if counted else rubric.scale[0]
    found, weak = _by_criteria(facts, rubric, own, best.code)
    looked = (f"{rubric.title}: {plural(len(own), 'урок', 'урока', 'уроков')}.",)
    conclusions = (f"Реже всего видно: {'; '.join(weak)}.",) if weak else ()
    advice = (f"Провести методическое занятие: {weak[0].lower()}.",) if weak else ()
    return _Seen(looked, found, conclusions, advice)


def _by_criteria(
    facts: SchoolFacts, rubric: Rubric, visits: Sequence[VisitFact], best: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ids = {visit.id for visit in visits}
    found, shares = [], []
    for criterion in rubric.criteria:
        scores = [m.score for m in facts.lesson_marks if m.visit in ids and m.criterion == criterion.code and m.score]
        seen = [score for score in scores if score != "x"]
        if seen:
            full = sum(1 for score in seen if score == best)
            found.append(f"{criterion.text}: {share(full, len(seen))} уроков.")
            shares.append((full / len(seen), criterion.text))
    shares.sort()
    return tuple(found), tuple(text for part, text in shares[:3] if part < 0.5)


def _programmes(pack: Pack, facts: SchoolFacts, control: ControlFact) -> _Seen:
    newest = max((item.month for item in facts.programme_checks if item.month), default=None)
    if newest is None:
        return _Seen(advice=("Внести ежемесячную сверку рабочих программ на странице «Педагоги».",))
    rows = [item for item in facts.programme_checks if item.month == newest]
    planned, held = sum(item.planned or 0 for item in rows), sum(item.held or 0 for item in rows)
    late = [item for item in rows if item.lag]
    found = [f"Проведено {share(held, planned)} уроков по плану." if planned else "Часы по плану не указаны."]
    found += [_lag(facts, item.subject, item.school_class, item.lag, item.reason) for item in late[:15]]
    unexplained = [item for item in late if not item.correction]
    advice = ("Составить график восполнения пропущенных уроков.",) if unexplained else ()
    words = "Отставаний нет." if not late else f"Есть отставание: {plural(len(late), 'класс', 'класса', 'классов')}."
    looked = (f"Записи о выполнении рабочих программ на {short_date(newest)}: {len(rows)}.",)
    return _Seen(looked, tuple(found), (words,), advice)


def _lag(facts: SchoolFacts, subject: str | None, school_class: str | None, lag: int, reason: str | None) -> str:
    classes = {item.id: item.label for item in facts.classes}
    parts = (SUBJECTS.get(subject or "", subject or "предмет"), classes.get(school_class or "", ""))
    return f"Отставание {number(lag)} ч: {', '.join(part for part in parts if part)}; {reason or 'причина не указана'}."


def _cross_checks(pack: Pack, facts: SchoolFacts, control: ControlFact) -> _Seen:
    works = sum(item.works or 0 for item in facts.cross_checks)
    if not works:
        return _Seen()
    differing = sum(item.differing or 0 for item in facts.cross_checks)
    looked = (f"Перекрёстные проверки: {len(facts.cross_checks)}, работ {number(works)}.",)
    advice = ("Договориться о единых критериях отметки в методических объединениях.",) if differing * 10 > works else ()
    return _Seen(looked, (f"Отметка не совпала: {share(differing, works)} работ.",), (), advice)


def _surveys(pack: Pack, facts: SchoolFacts, control: ControlFact) -> _Seen:
    known = [item for item in facts.surveys if item.asked and item.satisfied is not None]
    known.sort(key=lambda item: item.held_on or date.min, reverse=True)
    found = tuple(_survey(item) for item in known[:10])
    return _Seen((f"Опросы родителей: {len(known)}.",) if known else (), found)


def _survey(item: SurveyFact) -> str:
    when = f", {long_date(item.held_on)}" if item.held_on else ""
    return f"{item.label or 'Опрос родителей'}{when}: удовлетворены {share(item.satisfied or 0, item.asked or 0)}."


def _papers(pack: Pack, facts: SchoolFacts, control: ControlFact) -> _Seen:
    acts = [line for line in document_lines(pack, facts) if line.code.startswith("act_")]
    lines = acts or [line for line in document_lines(pack, facts) if line.is_required]
    there = [line for line in lines if line.is_there]
    missing = tuple(
        f"Нет: {line.title}{f' ({line.part})' if line.part else ''}." for line in lines if not line.is_there
    )
    name = "локальных актов" if acts else "документов"
    advice = (f"Подготовить недостающие: {len(missing)}.",) if missing else ()
    words = "Комплект полон." if not missing else f"Комплект неполон: не хватает {len(missing)}."
    return _Seen(
        (f"Перечень {name} методики: {len(lines)}.",),
        (f"Есть {share(len(there), len(lines))}.", *missing),
        (words,),
        advice,
    )


def _decisions(pack: Pack, facts: SchoolFacts, control: ControlFact) -> _Seen:
    own = [item for item in facts.decisions if item.state != "cancelled"]
    if not own:
        return _Seen()
    done = [item for item in own if item.state == "done"]
    late = [item for item in own if item.is_overdue(facts.as_of)]
    found = [f"Выполнено {share(len(done), len(own))} поручений, просрочено {number(len(late))}."]
    found += [f"Просрочено: {item.label}." for item in late[:10]]
    advice = ("Назначить новые контрольные даты просроченным поручениям и выяснить, что мешает.",) if late else ()
    return _Seen((f"Поручения и решения: {len(own)}.",), tuple(found), (), advice)


def _recent(facts: SchoolFacts) -> list[VisitFact]:
    """Lessons that were visited within the last four months."""
    since = facts.as_of - _BACK
    return [visit for visit in facts.visits if visit.visited_on and since <= visit.visited_on <= facts.as_of]


def _text(lines: Sequence[str], longest: int) -> str:
    return "\n".join(line for line in lines if line)[:longest]

"""Draft texts of the programme: the templates of the methodology filled with what the school typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.facts import IndicatorFact, SchoolFacts
from shnor_desktop.domain.methodology import (
    Level,
    Pack,
    ProgrammeSection,
    SectionContent,
    fill_template,
    placeholders_in,
)
from shnor_desktop.domain.metrics import compute
from shnor_desktop.domain.russian import NBSP, long_date, number, plural, share
from shnor_desktop.domain.scoring import Assessment
from shnor_desktop.models.school import TERRITORIES, School

PLACES_OF_BUILT = {SectionContent.GOALS: frozenset({"tasks"}), SectionContent.INDICATORS: frozenset({"indicators"})}
"""What a section shows as its own table or list: a draft paragraph that repeats it is left out."""

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_RESULTS = (
    ("по русскому языку", "results.share_below_minimum_russian"),
    ("по математике", "results.share_below_minimum_math"),
    ("по всем предметам", "results.share_below_minimum_all"),
)
_CONTEXT = (
    ("обучающихся с ОВЗ и инвалидностью", "pupils.share_sen"),
    ("русский язык не родной", "pupils.share_not_native_russian"),
    ("из малообеспеченных семей", "pupils.share_low_income"),
    ("на подвозе", "pupils.share_bussed"),
)


@dataclass(frozen=True, slots=True)
class DraftSource:
    """What drafts are made of; `card` holds what the facts leave out (the founder)."""

    pack: Pack
    facts: SchoolFacts
    profile: tuple[Assessment, ...]
    card: School | None = None


def draft_paragraphs(
    source: DraftSource, section: ProgrammeSection, values: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The draft of a section; empty for one that the program builds whole, or that this school does not need.

    `values` are those of the placeholders, where many sections are drafted at once.
    """
    if section.content is SectionContent.PASSPORT:
        return ()
    if section.content is SectionContent.ANTIRISK and not source.facts.current(source.facts.antirisks):
        return ()
    values = values or draft_values(source)
    shown_below = PLACES_OF_BUILT.get(section.content, frozenset())
    paragraphs = (part.strip() for part in section.draft.split("\n\n"))
    return tuple(
        fill_template(part, values) for part in paragraphs if part and shown_below.isdisjoint(placeholders_in(part))
    )


def draft_values(source: DraftSource) -> dict[str, str]:
    """The values of the placeholders; one that is not known stays a blank to be filled by hand."""
    facts, pack = source.facts, source.pack
    school, programme = facts.school, facts.programme
    starts = (programme and programme.starts_on) or pack.period_start
    ends = (programme and programme.ends_on) or pack.period_end
    active = sorted((item for item in facts.problems if item.is_active), key=lambda item: item.rank or 99)
    short_name = (school and school.short_name) or ""
    measures = [item for item in facts.current(facts.measures) if item.state != "cancelled"]
    return {
        "school_name": short_name or ((school and school.full_name) or ""),
        "school_short_name": short_name,
        "municipality": (school and school.municipality) or "",
        "region": pack.region,
        "director_name": (school and school.director) or "",
        "founder": (source.card and source.card.founder) or "",
        "period": period_words(starts, ends),
        "year": str(ends.year),
        "staff_count": plural(len(facts.staff), "педагог", "педагога", "педагогов") if facts.staff else "",
        "pupils_count": _pupils(facts),
        "classes_count": plural(len(facts.classes), "класс", "класса", "классов") if facts.classes else "",
        "partner_school": ", ".join(item.label for item in facts.partners),
        "coordinator_name": coordinator_name(facts),
        "problem_fields": enumeration([item.label for item in active]),
        "causes": enumeration([line for item in active for line in lines_of(item.causes)]),
        "factors_high": factor_titles(source, Level.HIGH),
        "factors_medium": factor_titles(source, Level.MEDIUM),
        "goal": overall_goal(short_name),
        "tasks": enumeration([item.label for item in facts.current(facts.goals) if item.kind == "task"]),
        "indicators": enumeration([item.label for item in indicators_in_order(pack, facts)]),
        "measures": enumeration([item.label for item in measures]),
        "measures_count": plural(len(measures), "мероприятие", "мероприятия", "мероприятий"),
        "results_summary": results_summary(facts),
        "context_summary": context_summary(facts),
        **requisites(facts),
    }


def indicators_in_order(pack: Pack, facts: SchoolFacts) -> tuple[IndicatorFact, ...]:
    """The indicators of the current programme as the methodology lists them, then the school's own."""
    order = {item.id: place for place, item in enumerate(pack.indicators)}
    own = facts.current(facts.indicators)
    return tuple(sorted(own, key=lambda item: (order.get(item.code or "", len(order)), item.id)))


def requisites(facts: SchoolFacts) -> dict[str, str]:
    """Numbers and dates of the protocol and the order, as stamps print them."""
    programme = facts.programme
    if programme is None:
        return {}
    return {
        "protocol_number": programme.council_protocol or "",
        "protocol_date": long_date(programme.council_date) if programme.council_date else "",
        "order_number": programme.order_number or "",
        "order_date": long_date(programme.order_date) if programme.order_date else "",
    }


def overall_goal(school: str) -> str:
    """The goal of the whole programme, as its passport states it."""
    place = f" в {school}" if school else ""
    return f"повысить качество образования{place} за счёт устранения факторов риска, выявленных диагностической картой."


def period_words(starts: date, ends: date) -> str:
    """«февраль–декабрь 2024 года», «сентябрь 2024 года – май 2025 года»."""
    first, last = _MONTHS[starts.month - 1], _MONTHS[ends.month - 1]
    if starts.year == ends.year:
        return f"{first}–{last} {ends.year} года" if first != last else f"{last} {ends.year} года"
    return f"{first} {starts.year} года – {last} {ends.year} года"


def factor_titles(source: DraftSource, level: Level) -> str:
    """Factors of a level; «не выявлены» where there is none."""
    of_level = {item.factor for item in source.profile if item.level is level}
    titles = [f"«{factor.title}»" for factor in source.pack.factors if factor.code in of_level]
    return ", ".join(titles) or "не выявлены"


def coordinator_name(facts: SchoolFacts) -> str:
    """The municipal coordinator, where the team names one."""
    return next((item.person or "" for item in facts.assignments if item.role == "coordinator"), "")


def results_summary(facts: SchoolFacts) -> str:
    """Shares below the minimum of the newest year with their counts; empty without results."""
    parts, years = [], set()
    for caption, name in _RESULTS:
        value = compute(name, facts)
        if value.value is None or not isinstance(value.numerator, int) or not value.denominator:
            continue
        parts.append(f"{caption} {share(value.numerator, value.denominator)}")
        if value.year is not None:
            years.add(value.year)
    if not parts:
        return ""
    when = f"в {max(years)}{NBSP}году " if years else ""
    return f"{when}ниже минимального уровня {', '.join(parts)}."


def context_summary(facts: SchoolFacts) -> str:
    """Where the school is and whom it teaches, with counts; empty before the passport is filled in."""
    school = facts.school
    if school is None:
        return ""
    parts = [dict(TERRITORIES).get(school.territory or "", "")]
    if school.distance_km:
        parts.append(f"до районного центра {number(school.distance_km)}{NBSP}км")
    for caption, name in _CONTEXT:
        value = compute(name, facts)
        if value.value is not None and isinstance(value.numerator, int) and value.denominator:
            parts.append(f"{caption} {share(value.numerator, value.denominator)}")
    known = [part for part in parts if part]
    return f"{', '.join(known)}." if known else ""


def enumeration(items: Sequence[str]) -> str:
    """«первое; второе.»: a list inside a sentence; empty of nothing."""
    cleaned = [item.strip().rstrip(".;") for item in items if item.strip()]
    return f"{'; '.join(lower_first(item) for item in cleaned)}." if cleaned else ""


def lines_of(text: str | None) -> tuple[str, ...]:
    """The lines of a text that holds one item a line."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def antirisk_values(source: DraftSource, factor: str) -> Mapping[str, str]:
    """The values of the placeholders of a programme against one factor."""
    found = source.pack.factor(factor)
    template = source.pack.problem_field_of(factor)
    problems = [item for item in source.facts.problems if factor in item.factors]
    causes = [line for item in problems for line in lines_of(item.causes)] or list(template.causes if template else ())
    title = problems[0].label if problems else (template.title if template else "")
    indicators = [item.title for item in source.pack.indicators if factor in item.factors]
    return {
        **draft_values(source),
        "factor": found.title if found else factor,
        "problem_field": title,
        "causes": enumeration(causes),
        "tasks": template.task if template else "",
        "indicators": enumeration(indicators),
    }


def _pupils(facts: SchoolFacts) -> str:
    school = facts.school
    if school is None or school.pupils is None:
        return ""
    return plural(school.pupils, "обучающийся", "обучающихся", "обучающихся")


def lower_first(text: str) -> str:
    """«Дефицит кадров» → «дефицит кадров»; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() or not text[:1].isalpha() else text[0].lower() + text[1:]

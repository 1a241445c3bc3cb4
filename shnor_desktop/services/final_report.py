"""What the final report of a cycle and the outline of a talk about it hold: figures of the screens, put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from shnor_desktop.domain.methodology import Level
from shnor_desktop.domain.occurrences import plan_of
from shnor_desktop.domain.russian import plural, share, short_date
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.final_report import FinalReportFacts, StageLine, final_report_document
from shnor_desktop.reports.documents.period_report import PeriodFacts
from shnor_desktop.reports.documents.presentation import PresentationFacts, Slide, presentation_document
from shnor_desktop.services.development import development_of
from shnor_desktop.services.document_facts import full_name, goal_facts, problem_facts
from shnor_desktop.services.indicator_values import Pace, TargetView, target_views_of
from shnor_desktop.services.mentoring import mentoring_of
from shnor_desktop.services.partners import partners_of
from shnor_desktop.services.people_documents import without_names
from shnor_desktop.services.period_report import period_facts
from shnor_desktop.services.problems import in_order
from shnor_desktop.services.programme import current_of
from shnor_desktop.services.programme_drafts import DraftSource, draft_values, lines_of, results_summary
from shnor_desktop.services.roadmap import MeasureRow, RoadMapView, road_map_of

_MOST_LINES = 5
_CLOSED = ("done", "cancelled")


def make_final_report(source: DraftSource) -> Document:
    """The report on the whole programme; KnownError programme.not_begun."""
    return final_report_document(final_report_facts(source))


def make_presentation(source: DraftSource) -> Document:
    """The outline of the talk; what the school has not filled in is named instead of a slide's lines."""
    return presentation_document(presentation_facts(source))


def final_report_facts(source: DraftSource) -> FinalReportFacts:
    """Everything of the report; KnownError programme.not_begun."""
    pack, facts = source.pack, source.facts
    current_of(facts)
    values, view = draft_values(source), road_map_of(pack, facts)
    targets, told = target_views_of(pack, facts), _whole_period(source)
    reached = sum(1 for one in targets if one.pace is Pace.REACHED)
    measured = sum(1 for one in targets if one.newest is not None)
    return FinalReportFacts(
        school=full_name(source),
        period=values["period"],
        as_of=facts.as_of,
        is_over=plan_of(pack, facts).end < facts.as_of,
        goals=goal_facts(source),
        indicators=told.indicators,
        indicator_words=f"Показателей: {len(targets)}, измерено: {measured}, цель достигнута: {reached}.",
        measure_words=_measure_words(view),
        stages=tuple(_stages(view)),
        partners=tuple(_partners(source)),
        teacher_words=tuple(_teachers(source)),
        courses=told.courses,
        remains=tuple(_remaining(row) for row in _open_rows(view)),
        problems=tuple(problem.title for problem in problem_facts(source)),
        proposals=tuple(_proposals(source, targets, view)),
        signatory=values["director_name"],
    )


def presentation_facts(source: DraftSource) -> PresentationFacts:
    """Ten slides; people of the school are «педагог школы» in every line."""
    facts = source.facts
    values, view = draft_values(source), road_map_of(source.pack, facts)
    targets = target_views_of(source.pack, facts)
    director = (values["director_name"],) if values["director_name"] else ()
    people = (*(item.label for item in facts.staff), *director)
    problems = problem_facts(source)
    said: tuple[tuple[str, Sequence[str], str], ...] = (
        ("Школа", _school_lines(values), "Заполните страницу «Паспорт»."),
        ("С чего начали: факторы риска", _factors(source), "Заполните диагностическую карту."),
        (
            "Проблемные поля и их причины",
            _problems(source),
            "Выберите проблемные поля на странице «Диагностическая карта».",
        ),
        (
            "Цели программы",
            [goal.title for goal in goal_facts(source)],
            "Назовите цели на странице «Программа».",
        ),
        ("Показатели: было, цель, стало", _targets(targets), "Внесите целевые показатели и их значения."),
        ("Результаты оценочных процедур", _results(source), "Внесите результаты на странице «Результаты»."),
        ("Что сделано по дорожной карте", _road_map(view), "Составьте дорожную карту."),
        ("Школы-партнёры", _partner_lines(source), "Внесите школу-партнёра и проведённые встречи."),
        ("Педагоги: что изменилось", tuple(_teachers(source)), "Внесите педагогов и их маршруты."),
        ("Что осталось и что предлагаем", _next(source, targets, view, len(problems)), "Открытых вопросов нет."),
    )
    slides = (
        Slide(title, tuple(without_names(line, people) for line in lines[:_MOST_LINES]), f"Данных пока нет. {missing}")
        for title, lines, missing in said
    )
    return PresentationFacts(full_name(source), values["period"], facts.as_of, tuple(slides))


def _whole_period(source: DraftSource) -> PeriodFacts:
    plan = plan_of(source.pack, source.facts)
    return period_facts(source, f"{plan.start.isoformat()}..{plan.end.isoformat()}")


def _measure_words(view: RoadMapView) -> str:
    counts = view.counts
    if not counts.total:
        return "Мероприятий в дорожной карте нет."
    parts = [
        f"Выполнено {share(counts.done, counts.total)}",
        f"выполняется: {counts.in_progress}",
        f"просрочено: {counts.overdue}",
    ]
    parts += [f"снято с плана: {counts.cancelled}"] if counts.cancelled else []
    return f"{'; '.join(parts)}."


def _stages(view: RoadMapView) -> Iterator[StageLine]:
    for group in view.groups:
        rows = [row for row in group.rows if row.measure.state != "cancelled"]
        if rows:
            states = [row.measure.state for row in rows]
            late = sum(1 for row in rows if row.is_overdue)
            yield StageLine(group.title, len(rows), states.count("done"), states.count("in_progress"), late)


def _partners(source: DraftSource) -> Iterator[tuple[str, str, str, str]]:
    on = source.facts.as_of
    for item in partners_of(source.facts).partners:
        held = [event for event in item.events if event.is_held(on)]
        taken = dict.fromkeys(event.taken_into_work for event in held if event.taken_into_work)
        words = "\n".join(f"– {words}" for words in taken if words) or "не указано"
        yield item.partner.label, str(item.promised) if item.promised else "—", str(len(held)), words


def _teachers(source: DraftSource) -> Iterator[str]:
    facts = source.facts
    cards = development_of(source.pack, facts).cards
    if not cards:
        return
    planned = [card for card in cards if card.plan is not None]
    yield f"Индивидуальный маршрут есть у {share(len(planned), len(cards))} педагогов."
    grown = [card for card in planned if card.difference is not None]
    if grown:
        better = sum(1 for card in grown if card.difference is not None and card.difference > 0)
        yield f"Итоговая диагностика проведена у {len(grown)}, результат выше входного у {better}."
    mentors = mentoring_of(source.pack, facts).words
    if mentors:
        yield mentors
    finished = sum(1 for course in facts.courses if course.state == "finished")
    visited = sum(1 for visit in facts.visits if visit.visited_on is not None and visit.visited_on <= facts.as_of)
    yield f"Завершено обучений на курсах: {finished}; посещено уроков: {visited}."


def _open_rows(view: RoadMapView) -> list[MeasureRow]:
    return [row for row in view.rows if row.measure.state not in _CLOSED]


def _remaining(row: MeasureRow) -> tuple[str, str, str, str]:
    due = row.nearest.due if row.nearest is not None else None
    day = short_date(due) if isinstance(due, date) else row.measure.deadline or "—"
    state = f"{row.state}, срок прошёл" if row.is_overdue else row.state
    return row.measure.label, day, row.owner or row.measure.owner_text or "—", state


def _proposals(source: DraftSource, targets: Sequence[TargetView], view: RoadMapView) -> Iterator[str]:
    """What follows from the data: each sentence names what to decide about."""
    for one in targets:
        if one.pace in (Pace.BEHIND, Pace.WORSE) and one.newest is not None:
            value, target = one.shown(one.newest.value), one.shown(one.target)
            yield f"Показатель «{one.title}» ({value} при цели {target}): добавить мероприятия или уточнить цель."
    unmeasured = [one.title for one in targets if one.newest is None]
    if unmeasured:
        yield f"Измерить показатели: {_named(unmeasured)}."
    late = [row.measure.label for row in view.rows if row.is_overdue]
    if late:
        yield f"Назначить новые сроки с указанием причины: {_named(late)}."
    ownerless = [row.measure.label for row in _open_rows(view) if not row.owner and not row.measure.owner_text]
    if ownerless:
        yield f"Назначить ответственных: {_named(ownerless)}."
    without = [item.title for item in problem_facts(source) if not item.measures]
    if without:
        yield f"Включить в план мероприятия по проблемным полям: {_named(without)}."
    behind = [item.partner.label for item in partners_of(source.facts).partners if item.held < item.promised]
    if behind:
        yield f"Провести обещанные встречи со школами-партнёрами: {_named(behind)}."


def _named(titles: Sequence[str]) -> str:
    shown = "; ".join(f"«{title}»" for title in titles[:3])
    return shown if len(titles) <= 3 else f"{shown} и ещё {len(titles) - 3}"


def _school_lines(values: dict[str, str]) -> list[str]:
    counts = ", ".join(values[name] for name in ("pupils_count", "classes_count", "staff_count") if values[name])
    lines = [f"{values['municipality']}, {values['region']}".strip(", "), counts]
    lines += [_capital(line) for line in (values["context_summary"],)]
    return [line for line in lines if line] if counts else []


def _factors(source: DraftSource) -> list[str]:
    titles = {factor.code: factor.title for factor in source.pack.factors}
    high = [titles[item.factor] for item in source.profile if item.level is Level.HIGH and item.factor in titles]
    found = [f"Высокая значимость: {title}" for title in high]
    medium = [titles[item.factor] for item in source.profile if item.level is Level.MEDIUM and item.factor in titles]
    if len(found) < _MOST_LINES and medium:
        found.append(f"Средняя значимость: {_named(medium)}")
    return found


def _problems(source: DraftSource) -> list[str]:
    found = []
    for problem in in_order(source.facts.problems):
        if problem.is_active:
            causes = lines_of(problem.causes)
            found.append(f"{problem.label}. Причина: {causes[0]}" if causes else problem.label)
    return found


def _targets(targets: Sequence[TargetView]) -> list[str]:
    measured = [one for one in targets if one.newest is not None] or [one for one in targets if one.target is not None]
    return [
        f"{one.title}: было {one.shown(one.base)}, цель {one.shown(one.target)}, "
        f"стало {one.shown(one.newest.value if one.newest else None)}"
        for one in measured
    ]


def _results(source: DraftSource) -> list[str]:
    summary = results_summary(source.facts)
    years = sorted({item.year for item in source.facts.results if item.year is not None})
    found = [_capital(summary)] if summary else []
    if years:
        count = plural(len(source.facts.results), "результат", "результата", "результатов")
        found.append(f"Внесено: {count}, годы {years[0]}–{years[-1]}." if len(years) > 1 else f"Внесено: {count}.")
    return found


def _road_map(view: RoadMapView) -> list[str]:
    if not view.counts.total:
        return []
    stages = [f"{one.title}: выполнено {one.done} из {one.total}" for one in _stages(view)]
    return [_measure_words(view), *stages]


def _partner_lines(source: DraftSource) -> list[str]:
    found = [f"{name}: проведено встреч {held}" for name, _promised, held, _taken in _partners(source)]
    used = sum(1 for event in source.facts.events if event.used_on or event.taken_into_work)
    if found and used:
        found.append(f"Взято в работу после встреч: {plural(used, 'приём', 'приёма', 'приёмов')}.")
    return found


def _next(source: DraftSource, targets: Sequence[TargetView], view: RoadMapView, problems: int) -> list[str]:
    rest = len(_open_rows(view))
    found = [f"Мероприятий впереди и в работе: {rest}."] if rest else []
    found += [f"Проблемных полей в работе: {problems}."] if problems else []
    return [*found, *list(_proposals(source, targets, view))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

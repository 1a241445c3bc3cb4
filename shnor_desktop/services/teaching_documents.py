"""What the documents of work with teachers print: lesson card, feedback sheet, request for courses, personal card."""

from __future__ import annotations

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import CourseFact, StaffFact
from shnor_desktop.domain.methodology import Rubric
from shnor_desktop.domain.russian import number, short_date
from shnor_desktop.models.base import Entity
from shnor_desktop.models.staff import POSITIONS, SUBJECTS
from shnor_desktop.models.teaching import FeedbackCard, LessonVisit, TrainingCourse
from shnor_desktop.reports.documents.courses import CourseLine, CourseRequestFacts, MentorsFacts
from shnor_desktop.reports.documents.feedback import FeedbackCardFacts
from shnor_desktop.reports.documents.lesson_visit import CriterionFacts, FeedbackSheetFacts, LessonCardFacts
from shnor_desktop.services import records
from shnor_desktop.services.document_facts import full_name
from shnor_desktop.services.lesson_visits import VisitCard, feedback_text, rubric_of, visits_of
from shnor_desktop.services.mentoring import MentoredTeacher, mentoring_of
from shnor_desktop.services.programme_drafts import DraftSource, draft_values
from shnor_desktop.services.workspace import Workspace

_REQUISITES = ("Дата", "Учитель", "Предмет, класс", "Тема урока", "Цель посещения", "Кто посетил", "Учеников на уроке")
_MINUTES = "Длительность, из них самостоятельная работа"
_OUTCOME = ("strengths", "growth", "advice", "taken_away", "level")


def lesson_card_facts(
    workspace: Workspace, source: DraftSource, school: str | None, which: str
) -> list[LessonCardFacts]:
    """The filled card of a visit (the newest without `which`); none where no lesson was visited."""
    found = _visit(source, which)
    if found is None:
        return blank_card_facts(workspace, source, "")
    row = records.row(workspace, LessonVisit, found.visit.id, school)
    values = _shown(workspace, row)
    minutes = " мин, из них ".join(
        filter(None, (values.get("lesson_minutes", ""), values.get("independent_minutes", "")))
    )
    said = (
        values.get("visited_on", ""),
        found.teacher,
        ", ".join(filter(None, (found.subject, found.school_class))),
        found.visit.label,
        values.get("purpose", ""),
        ", ".join(filter(None, (found.visitor, found.kind))),
        values.get("pupils", ""),
        f"{minutes} мин" if minutes else "",
    )
    fields = records.fields_of(workspace, LessonVisit)
    return [
        LessonCardFacts(
            title=found.rubric.title if found.rubric else "Карта посещения урока",
            school=full_name(source),
            requisites=tuple(zip((*_REQUISITES, _MINUTES), said, strict=True)),
            scale=_scale(found.rubric),
            sections=_sections(found),
            outcome=tuple((fields[name].caption, values.get(name, "")) for name in _OUTCOME),
            visitor=found.visitor,
            teacher=found.teacher,
        )
    ]


def _sections(card: VisitCard) -> tuple[tuple[str, tuple[CriterionFacts, ...], str], ...]:
    captions = {item.code: item.caption for item in card.rubric.scale} if card.rubric else {}
    made = []
    for section in card.sections:
        criteria = tuple(
            CriterionFacts(
                mark.criterion.text, mark.criterion.obligatory, captions.get(mark.score, mark.score), mark.note
            )
            for mark in section.marks
        )
        made.append((section.title, criteria, section.words))
    return tuple(made)


def blank_card_facts(workspace: Workspace, source: DraftSource, which: str) -> list[LessonCardFacts]:
    """An empty card for paper: the rubric of the visit or the one that is named, else the first."""
    visit = next((item for item in source.facts.visits if item.id == which), None)
    rubric = rubric_of(source.pack, visit.rubric if visit else which) or next(iter(source.pack.rubrics), None)
    if rubric is None:
        return []
    fields = records.fields_of(workspace, LessonVisit)
    return [
        LessonCardFacts(
            title=rubric.title,
            school=full_name(source),
            requisites=tuple((caption, "") for caption in (*_REQUISITES, _MINUTES)),
            scale=_scale(rubric),
            sections=tuple(
                (
                    title,
                    tuple(
                        CriterionFacts(item.text, item.obligatory) for item in rubric.criteria if item.section == title
                    ),
                    "",
                )
                for title in rubric.sections()
            ),
            outcome=tuple((fields[name].caption, "") for name in _OUTCOME[:4]),
            is_blank=True,
        )
    ]


def feedback_sheet_facts(
    workspace: Workspace, source: DraftSource, school: str | None, which: str
) -> list[FeedbackSheetFacts]:
    """The sheet of a visit: the text that was written, else the draft made of what was typed."""
    found = _visit(source, which)
    if found is None:
        captions = ("Учитель", "Урок", "Тема", "Посетил")
        return [FeedbackSheetFacts(full_name(source), tuple((caption, "") for caption in captions), "")]
    visit = found.visit
    row = records.row(workspace, LessonVisit, visit.id, school)
    taken = (row.taken_away if row is not None else "") or ""
    drafted = feedback_text(found, visit.strengths or "", visit.growth or "", visit.advice or "", taken)
    return [
        FeedbackSheetFacts(
            school=full_name(source),
            requisites=(
                ("Учитель", found.teacher),
                ("Урок", found.place),
                ("Тема", visit.label),
                ("Посетил", ", ".join(filter(None, (found.visitor, found.kind)))),
            ),
            text=(visit.feedback or "").strip() or drafted,
            again=short_date(visit.again_on) if visit.again_on else "",
            visitor=found.visitor,
            teacher=found.teacher,
        )
    ]


def course_request_facts(workspace: Workspace, source: DraftSource) -> CourseRequestFacts:
    """Courses that are needed or asked for, by whom they are meant for."""
    fields = records.fields_of(workspace, TrainingCourse)
    people = {person.id: person for person in source.facts.staff}
    deficits = {item.id: item.label for item in source.facts.deficits}
    wanted = [course for course in source.facts.courses if course.state in ("needed", "requested")]
    groups: dict[str, list[CourseLine]] = {}
    for course in sorted(wanted, key=lambda item: (item.audience or "яя", _name(people, item).casefold(), item.id)):
        audience = records.shown(fields["audience"], course.audience) if course.audience else "Не указано, для кого"
        groups.setdefault(audience[:1].upper() + audience[1:], []).append(_line(course, people, deficits))
    providers = {course.provider for course in wanted if course.provider}
    return CourseRequestFacts(
        school=full_name(source),
        to_whom=providers.pop() if len(providers) == 1 else "",
        groups=tuple((audience, tuple(lines)) for audience, lines in groups.items()),
        signatory=draft_values(source)["director_name"],
    )


def mentors_facts(source: DraftSource) -> MentorsFacts:
    """The coverage by mentors: those whom the methodology names, then the others who have one."""
    view = mentoring_of(source.pack, source.facts)
    groups = (("Методика предлагает наставника", view.wanted), ("Другие педагоги с наставником", view.others))
    return MentorsFacts(
        school=full_name(source),
        rule=view.rule,
        summary=view.words,
        groups=tuple((title, tuple(_mentored(item) for item in items)) for title, items in groups if items),
        signatory=draft_values(source)["director_name"],
    )


def feedback_card_facts(
    workspace: Workspace, source: DraftSource, school: str | None, which: str
) -> FeedbackCardFacts | None:
    """The one card that was asked for, by its id; None without one: cards are never printed together.

    An empty one, for a form to fill in, where the school has no card.
    """
    row = records.row(workspace, FeedbackCard, which, school) if which else None
    if row is None and (which or records.rows(workspace, FeedbackCard, school)):
        return None
    row = row or FeedbackCard()
    values = _shown(workspace, row)
    people = {person.id: person.label for person in source.facts.staff}
    fields = records.fields_of(workspace, FeedbackCard)
    teacher, given_by = people.get(row.teacher or "", ""), people.get(row.given_by or "", "")
    names = ("given_on", "strengths", "growth", "support", "agreed", "again_on")
    said = tuple((fields[name].caption, values.get(name, "")) for name in names)
    return FeedbackCardFacts(full_name(source), (("Педагог", teacher), *said), teacher, given_by)


def _visit(source: DraftSource, which: str) -> VisitCard | None:
    """The visit by its id, else the newest that was held; KnownError document.no_such_row."""
    view = visits_of(source.pack, source.facts)
    if which:
        found = view.card(which)
        if found is None:
            raise KnownError("teaching.visit_gone")
        return found
    return next((card for card in view.cards if not card.is_planned), None)


def _shown(workspace: Workspace, row: Entity | None) -> dict[str, str]:
    if row is None:
        return {}
    fields = records.fields_of(workspace, type(row))
    return {name: records.shown(field, getattr(row, name)) for name, field in fields.items()}


def _scale(rubric: Rubric | None) -> tuple[tuple[str, str], ...]:
    if rubric is None:
        return ()
    is_counted = any(item.points is not None for item in rubric.scale)
    return tuple((item.code if is_counted else item.caption, item.caption) for item in rubric.scale)


def _mentored(item: MentoredTeacher) -> tuple[str, str, str, str]:
    subjects = ", ".join(dict(SUBJECTS).get(code, code) for code in item.card.teacher.subjects)
    words = item.words.removeprefix("наставник: ")
    return item.card.teacher.label, subjects, words, item.met


def _name(people: dict[str, StaffFact], course: CourseFact) -> str:
    person = people.get(course.teacher or "")
    return person.label if person else ""


def _line(course: CourseFact, people: dict[str, StaffFact], deficits: dict[str, str]) -> CourseLine:
    person = people.get(course.teacher or "")
    subjects = [dict(SUBJECTS).get(code, code) for code in person.subjects] if person else []
    position = dict(POSITIONS).get(person.position or "", "") if person else ""
    deficit = deficits.get(course.deficit or "", "")
    last = person.last_training if person else None
    return CourseLine(
        teacher=_name(people, course) or "не указан",
        position=", ".join(filter(None, (position, *subjects))),
        title=course.label,
        hours=number(course.hours) if course.hours is not None else "",
        wanted_by=short_date(course.wanted_by) if course.wanted_by else "",
        reason=f"дефицит: {deficit}" if deficit else f"последние курсы {short_date(last)}" if last else "",
    )

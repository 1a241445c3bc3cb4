"""Courses of further training: who needs them and why, the request, what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import CourseFact, SchoolFacts, StaffFact
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.metrics.staff import TRAINING_YEARS, is_training_overdue, teaches_core_subject
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.staff import SUBJECTS, StaffMember
from shnor_desktop.models.teaching import TrainingCourse
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

_LEADERS = ("director", "deputy")
_SPECIALISTS = ("psychologist", "speech_therapist", "social_teacher")
_TITLE_LIMIT = 400


@dataclass(frozen=True, slots=True)
class CourseNeed:
    """A teacher who needs courses that nobody asked for yet; `key` names it among the others."""

    key: str
    teacher: str
    name: str
    title: str
    why: str
    audience: str
    deficit: str = ""
    wanted_by: date | None = None


@dataclass(frozen=True, slots=True)
class CoursesView:
    """The needs, and the courses that are written down but not asked for."""

    needs: tuple[CourseNeed, ...]
    unsent: tuple[CourseFact, ...]

    @property
    def words(self) -> str:
        """«Нужны курсы: 3 по сроку, 2 по дефицитам ИОМ»; empty when nobody needs any."""
        by_deficit = sum(1 for need in self.needs if need.deficit)
        overdue = len(self.needs) - by_deficit
        parts = [f"{overdue} по сроку" if overdue else "", f"{by_deficit} по дефицитам ИОМ" if by_deficit else ""]
        return f"Нужны курсы: {', '.join(filter(None, parts))}." if self.needs else ""


def courses_of(facts: SchoolFacts) -> CoursesView:
    """Who has had no courses for three years and is not on any; then the deficits that no course is written for."""
    needs = [*_overdue(facts), *_deficits(facts)]
    return CoursesView(tuple(needs), tuple(item for item in facts.courses if item.state == "needed"))


def courses_view(workspace: Workspace, school: str | None = None) -> CoursesView:
    """The same of a school."""
    return courses_of(read_facts(workspace, school))


def request_courses(workspace: Workspace, keys: Collection[str] = ()) -> Done:
    """Write down the needs of these keys (all without keys) as rows of the register, as one step.

    KnownError teaching.no_needs.
    """
    wanted = [need for need in courses_view(workspace).needs if not keys or need.key in keys]
    if not wanted:
        raise KnownError("teaching.no_needs")
    name, requests = TrainingCourse.log_name, list[ChangeRequest]()
    row = ""
    for need in wanted:
        row = new_row_id(workspace.clock.now())
        requests.append(Restore(name, row))
        values = {
            "teacher": need.teacher,
            "title": need.title,
            "audience": need.audience,
            "deficit": need.deficit or None,
            "wanted_by": need.wanted_by.isoformat() if need.wanted_by else None,
            "state": "needed",
        }
        requests += [Set(name, row, field, value) for field, value in values.items() if value is not None]
    count = plural(len(wanted), "строка", "строки", "строк")
    operation = f"внесено в заявку на курсы: {count}"
    batch = workspace.write(requests, operation)
    return Done(operation, row, batch.name if batch else "")


def mark_sent(workspace: Workspace) -> Done:
    """The request was handed over today: every needed course is asked for; KnownError teaching.nothing_to_send."""
    unsent = courses_view(workspace).unsent
    if not unsent:
        raise KnownError("teaching.nothing_to_send")
    day, name = today(workspace).isoformat(), TrainingCourse.log_name
    requests = [
        change
        for course in unsent
        for change in (Set(name, course.id, "state", "requested"), Set(name, course.id, "requested_on", day))
    ]
    operation = f"отправлена заявка на курсы: {plural(len(unsent), 'строка', 'строки', 'строк')}"
    batch = workspace.write(requests, operation)
    return Done(operation, batch=batch.name if batch else "")


def training_note(workspace: Workspace, school: str | None = None) -> dict[str, str]:
    """Words for «Кадры» by person: courses of the register that are later than what the list says."""
    facts = read_facts(workspace, school)
    listed = {row.id: row.last_training or "" for row in records.rows(workspace, StaffMember, school)}
    found: dict[str, str] = {}
    for course in sorted(facts.courses, key=lambda item: item.ends_on or date.min):
        if not course.teacher or course.ends_on is None or not course.is_over(facts.as_of):
            continue
        if course.ends_on.isoformat() > listed.get(course.teacher, ""):
            words = f"Считаются курсы «{course.label}», {short_date(course.ends_on)}"
            found[course.teacher] = f"{words}: внесены на странице «Педагоги»"
    return found


def _overdue(facts: SchoolFacts) -> list[CourseNeed]:
    busy = {course.teacher for course in facts.courses if course.is_open}
    made = []
    for person in sorted(facts.staff, key=lambda item: item.label.casefold()):
        if person.id in busy or not is_training_overdue(person, facts.as_of):
            continue
        last = person.last_training
        why = f"с последних курсов прошло больше {TRAINING_YEARS} лет" if last else "в списке нет курсов"
        made.append(
            CourseNeed(f"staff:{person.id}", person.id, person.label, _usual_title(person), why, _audience(person))
        )
    return made


def _deficits(facts: SchoolFacts) -> list[CourseNeed]:
    written = {course.deficit for course in facts.courses if course.state != "refused"}
    plans = {plan.id: plan for plan in facts.plans if plan.state != "done"}
    people = {person.id: person for person in facts.staff}
    made = []
    for item in facts.deficits:
        plan = plans.get(item.plan or "")
        person = people.get(plan.teacher or "") if plan else None
        if plan is None or person is None or item.id in written or item.level == "low" or not item.label:
            continue
        title = item.label[:1].upper() + item.label[1:_TITLE_LIMIT]
        key, why = f"deficit:{item.id}", f"дефицит ИОМ: {item.label}"
        made.append(CourseNeed(key, person.id, person.label, title, why, _audience(person), item.id, plan.ends_on))
    return sorted(made, key=lambda need: need.name.casefold())


def _usual_title(person: StaffFact) -> str:
    if person.position in _LEADERS and not person.subjects:
        return "Управление школой в эффективном режиме"
    subjects = ", ".join(dict(SUBJECTS).get(code, code) for code in person.subjects)
    return f"Повышение квалификации: {subjects}" if subjects else "Повышение квалификации по должности"


def _audience(person: StaffFact) -> str:
    if person.position in _LEADERS:
        return "directors"
    if teaches_core_subject(person):
        return "russian_math"
    return "specialists" if person.position in _SPECIALISTS else "teachers"

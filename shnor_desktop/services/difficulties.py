"""The register of difficulties: filled from what was done insufficiently, answered by measures and by training.

It speaks of a class and a skill. Teachers are offered training by the subject that they teach, all of them alike.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.canonical import WireValue, decimal_text
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import SUBJECTS, DifficultyFact, SchoolFacts, StaffFact
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.occurrences import deadlines_of
from shnor_desktop.domain.positions import position_at
from shnor_desktop.domain.result_reading import ResultCard, SkillReading
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.models.development_plans import DevelopmentDeficit
from shnor_desktop.models.difficulties import LearningDifficulty
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.models.teaching import TrainingCourse
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import current_of, ensure_programme
from shnor_desktop.services.records import Done, fields_of, row_id_for
from shnor_desktop.services.result_reading import factors_of
from shnor_desktop.services.roadmap import with_dates_read
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

_LOG_NAME = LearningDifficulty.log_name
_TENTH = Decimal("0.1")
_PRIMARY = range(1, 5)
_TAUGHT_AS: Mapping[str, str] = {
    "russian": "russian", "literature": "russian", "literary_reading": "primary", "math": "math", "math_base": "math",
    "world_around": "primary", "history": "history", "social_studies": "history", "english": "foreign",
    "german": "foreign", "french": "foreign", "physics": "physics", "chemistry": "chemistry", "biology": "biology",
    "geography": "geography", "informatics": "informatics",
}  # fmt: skip
"""The subject of the staff list that a subject of a procedure is taught in."""


@dataclass(frozen=True, slots=True)
class RedSkill:
    """A skill done insufficiently, with its card; `row` is its line of the register and `is_there` whether it is."""

    card: ResultCard
    skill: SkillReading
    row: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class Trainee:
    """A teacher of the subject. `plan` is the development plan in force; `has_course` says that one is needed yet."""

    teacher: StaffFact
    plan: str
    has_course: bool
    has_deficit: bool


def red_skills(workspace: Workspace, cards: Sequence[ResultCard], school: str | None = None) -> tuple[RedSkill, ...]:
    """Everything red of the cards with its place in the register; nothing of groups too small to speak of."""
    rules = workspace.pack_of(school).result_reading
    if rules is None:
        return ()
    facts = read_facts(workspace, school)
    there = {item.id for item in facts.difficulties}
    found = []
    for card in cards:
        for skill in card.red_skills:
            if skill.n is None or skill.n < rules.samples.group or not card.grade or not card.subject:
                continue
            row = row_id_for(workspace, info_of(LearningDifficulty), known_values(card, skill), school)
            found.append(RedSkill(card, skill, row, row in there))
    return tuple(found)


def add_to_register(workspace: Workspace, red: Sequence[RedSkill]) -> Done:
    """Write those that are not there yet as one step, with everything that is known of them.

    KnownError difficulties.all_there.
    """
    wanted = {one.row: one for one in red if not one.is_there}
    if not wanted:
        raise KnownError("difficulties.all_there")
    requests: list[ChangeRequest] = []
    for row, one in wanted.items():
        requests.append(Restore(_LOG_NAME, row))
        values = known_values(one.card, one.skill)
        requests += [Set(_LOG_NAME, row, name, value) for name, value in values.items() if value is not None]
    operation = f"внесено в реестр затруднений: {plural(len(wanted), 'строка', 'строки', 'строк')}"
    batch = workspace.write(requests, operation)
    return Done(operation, next(iter(wanted)), batch.name if batch else "")


def add_measure(workspace: Workspace, row: str) -> Done:
    """A measure of the road map that answers a difficulty, linked to it; the programme is begun first if need be.

    `Done.row` is the measure. KnownError difficulties.measure_there.
    """
    facts = read_facts(workspace)
    if facts.programme is None:
        ensure_programme(workspace)
        facts = read_facts(workspace)
    difficulty = _found(facts, row)
    if any(item.id == difficulty.measure for item in facts.measures):
        raise KnownError("difficulties.measure_there")
    measure = new_row_id(workspace.clock.now())
    values = with_dates_read(_measure_values(workspace, facts, difficulty), deadlines_of(workspace.pack, facts))
    requests: list[ChangeRequest] = [Restore(Measure.log_name, measure)]
    fields = fields_of(workspace, Measure)
    for name, value in values.items():
        if value is not None:
            requests.append(Set(Measure.log_name, measure, name, parse_value(fields[name], value)))
    requests.append(Set(_LOG_NAME, row, "measure", measure))
    if difficulty.state in (None, "open"):
        requests.append(Set(_LOG_NAME, row, "state", "in_work"))
    operation = "добавлено мероприятие по затруднению"
    batch = workspace.write(requests, operation)
    return Done(operation, measure, batch.name if batch else "")


def trainees(workspace: Workspace, row: str, school: str | None = None) -> tuple[Trainee, ...]:
    """Everyone who teaches the subject of a difficulty, in the order of the alphabet: nobody is judged by results."""
    facts = read_facts(workspace, school)
    return trainees_of(facts, _found(facts, row))


def trainees_of(facts: SchoolFacts, difficulty: DifficultyFact) -> tuple[Trainee, ...]:
    """The same from facts that were read already."""
    subject = _taught_as(difficulty)
    title = training_title(difficulty)
    plans = {plan.teacher: plan.id for plan in facts.plans if plan.teacher and plan.state not in ("done", "cancelled")}
    courses = {course.teacher for course in facts.courses if course.is_open and course.title == title}
    deficits = {item.plan for item in facts.deficits if item.description == title}
    found = [
        Trainee(person, plans.get(person.id, ""), person.id in courses, plans.get(person.id) in deficits)
        for person in facts.staff
        if subject and subject in person.subjects
    ]
    return tuple(sorted(found, key=lambda item: item.teacher.label.casefold()))


def ask_for_training(workspace: Workspace, row: str, teachers: Collection[str], *, courses: bool = True) -> Done:
    """Courses that are needed, or deficits in the development plans of those who have one, for the chosen teachers.

    One step. KnownError difficulties.nobody_to_train where nothing is left to write.
    """
    facts = read_facts(workspace)
    difficulty = _found(facts, row)
    chosen = [one for one in trainees_of(facts, difficulty) if one.teacher.id in teachers]
    requests: list[ChangeRequest] = []
    count = 0
    for one in chosen:
        made = _course(workspace, difficulty, one) if courses else _deficit(workspace, difficulty, one)
        requests += made
        count += bool(made)
    if not count:
        raise KnownError("difficulties.nobody_to_train")
    if difficulty.training_need in (None, "no"):
        requests.append(Set(_LOG_NAME, row, "training_need", "method"))
    what = "курсы" if courses else "дефицит в ИОМ"
    operation = f"по затруднению внесено ({what}): {plural(count, 'педагог', 'педагога', 'педагогов')}"
    batch = workspace.write(requests, operation)
    return Done(operation, row, batch.name if batch else "")


def training_title(difficulty: DifficultyFact) -> str:
    """What the training is about, without a figure and without a judgement of anybody."""
    subject = SUBJECTS.get(difficulty.subject or "", difficulty.subject or "")
    return f"Содержание и методика: {difficulty.skill or ''} ({subject}, {difficulty.grade} класс)"[:400]


def known_values(card: ResultCard, skill: SkillReading) -> dict[str, WireValue]:
    """Everything that the program knows of a difficulty, by the fields of the register."""
    newest = next((year.sheet for year in card.years if year.year == card.task_year), None)
    return {
        "subject": card.subject,
        "grade": card.grade,
        "year": card.task_year,
        "skill": skill.name[:400],
        "sheet": newest,
        "tasks": skill.codes[:100],
        "percent": None if skill.percent is None else decimal_text(skill.percent.quantize(_TENTH)),
        "pupils": skill.failed,
        "state": "open",
    }


def _measure_values(workspace: Workspace, facts: SchoolFacts, difficulty: DifficultyFact) -> dict[str, object]:
    pack = workspace.pack
    factors = factors_of(pack, difficulty.subject or "")
    active = sorted((item for item in facts.problems if item.is_active), key=lambda item: item.rank or 99)
    problem = next((item.id for factor in factors for item in active if factor in item.factors), None)
    tasks = [goal for goal in facts.current(facts.goals) if goal.kind == "task"]
    positions = sorted(item.position or "" for item in facts.current(facts.measures) if item.stage is None)
    subject = SUBJECTS.get(difficulty.subject or "", difficulty.subject or "")
    about = f"«{difficulty.skill}» ({subject}, {difficulty.grade} класс)"
    return {
        "programme": current_of(facts).id,
        "position": position_at(positions, len(positions)),
        "title": f"Работа над затруднением {about}"[:500],
        "problem": problem,
        "task": next((goal.id for goal in tasks if goal.problem == problem), None) if problem else None,
        "owner": difficulty.owner,
        "deadline": f"до {short_date(difficulty.due_on)}" if difficulty.due_on else None,
        "due_on": difficulty.due_on,
        "expected": f"Проверочная работа показывает, что умение {about} освоено большинством обучающихся."[:1000],
        "evidence": "Анализ проверочной работы",
        "state": "planned",
    }


def _course(workspace: Workspace, difficulty: DifficultyFact, one: Trainee) -> list[ChangeRequest]:
    if one.has_course:
        return []
    row, name = new_row_id(workspace.clock.now()), TrainingCourse.log_name
    known = dict(workspace.pack.code_list("course_audiences"))
    audience = "russian_math" if _taught_as(difficulty) in ("russian", "math") else "teachers"
    values = {
        "teacher": one.teacher.id,
        "title": training_title(difficulty),
        "audience": audience if audience in known else None,
        "state": "needed",
    }
    return [Restore(name, row), *[Set(name, row, field, value) for field, value in values.items() if value]]


def _deficit(workspace: Workspace, difficulty: DifficultyFact, one: Trainee) -> list[ChangeRequest]:
    if not one.plan or one.has_deficit:
        return []
    row, name = new_row_id(workspace.clock.now()), DevelopmentDeficit.log_name
    kinds = [code for code, _caption in workspace.pack.code_list("deficit_kinds")]
    wanted = "subject" if difficulty.training_need == "content" else "methodical"
    values = {
        "plan": one.plan,
        "kind": wanted if wanted in kinds else next(iter(kinds), None),
        "description": training_title(difficulty),
    }
    return [Restore(name, row), *[Set(name, row, field, value) for field, value in values.items() if value]]


def _taught_as(difficulty: DifficultyFact) -> str:
    if difficulty.grade in _PRIMARY and _TAUGHT_AS.get(difficulty.subject or "") != "foreign":
        return "primary"
    return _TAUGHT_AS.get(difficulty.subject or "", "")


def _found(facts: SchoolFacts, row: str) -> DifficultyFact:
    found = next((item for item in facts.difficulties if item.id == row), None)
    if found is None:
        raise BugError(f"no difficulty {row!r}")
    return found

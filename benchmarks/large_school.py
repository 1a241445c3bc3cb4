"""A school as large as they come: 2,000 pupils, 150 teachers, a programme of 600 measures, years of journals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from shnor_desktop.domain.log import ChangeRequest, Set
from shnor_desktop.models.base import Entity
from shnor_desktop.models.partners import PartnerEvent, PartnerSchool
from shnor_desktop.models.programme import Goal, Programme
from shnor_desktop.models.pupils import ParentConsultation, PupilStep, RiskPupil
from shnor_desktop.models.quality import Decision, QualityControl
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.results import ResultSheet
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.models.school import School, SchoolClass
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.models.teaching import LessonVisit
from shnor_desktop.services import records
from shnor_desktop.services.desks import SchoolCard, create_school_desk
from shnor_desktop.services.programme import ensure_programme
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

PUPILS, TEACHERS, MEASURES = 2_000, 150, 600
_YEAR = 2024
_SUBJECTS = ("russian", "math", "physics", "history", "biology", "geography", "chemistry")
_NAMES = ("Ёлкина-Подъячева", "Д’Артаньянц", "Щербакова", "Петрова-Водкина", "О’Генри")


def make(path: Path, pupils: int = PUPILS, teachers: int = TEACHERS, measures: int = MEASURES) -> None:
    """Make the store, closed."""
    card = SchoolCard("72-999", "МБОУ «Большая СОШ»", "Большая школа " * 12, "Район", kind="secondary")
    workspace = create_school_desk(path, card, system_clock(), is_demo=True)
    try:
        fill(workspace, pupils, teachers, measures)
    finally:
        workspace.close()


def fill(workspace: Workspace, pupils: int, teachers: int, measures: int) -> None:
    """Write everything in a few units of work."""
    rows = _Rows(workspace)
    records.edit_many(workspace, School.log_name, workspace.school, {"pupils": pupils, "project_year": _YEAR})
    grades = [(grade, letter) for grade in range(1, 12) for letter in "АБВГДЕ"][: max(1, pupils // 30)]
    classes = [rows.put(SchoolClass, grade=g, letter=letter, pupils=pupils // len(grades)) for g, letter in grades]
    people = [rows.put(StaffMember, **_person(at)) for at in range(teachers)]
    rows.write("классы и педагоги")
    for at in range(min(300, pupils // 5)):
        rows.put(ResultSheet, **_sheet(at))
    ensure_programme(workspace)
    programme = records.rows(workspace, Programme)[0].id
    goal = rows.put(Goal, programme=programme, kind="goal", title="Повысить качество результатов", position="a0")
    tasks = [
        rows.put(Goal, programme=programme, kind="task", goal=goal, title=f"Задача {at}", position=f"b{at}")
        for at in range(10)
    ]
    for at in range(measures):
        rows.put(Measure, programme=programme, task=tasks[at % 10], owner=people[at % len(people)], **_measure(at))
    rows.write("дорожная карта")
    partner = rows.put(PartnerSchool, name="Гимназия № 1", topics="Математика", promised_events=12)
    for at in range(min(400, pupils // 5)):
        person, room = people[at % len(people)], classes[at % len(classes)]
        day = _day(at)
        rows.put(PartnerEvent, partner=partner, held_on=day, form="seminar", topic=f"Встреча {at}", own_participants=3)
        rows.put(LessonVisit, visited_on=day, kind="mutual", teacher=person, school_class=room, topic=f"Урок {at}")
        rows.put(ParentConsultation, held_on=day, school_class=room, topic=f"Вопрос {at}", parents=1, given_by=person)
        rows.put(Decision, title=f"Поручение {at}", owner=person, due_on=day, state="open")
        rows.put(QualityControl, year=_YEAR, title=f"Контроль {at}", due_on=day, owner=person, state="planned")
        pupil = rows.put(RiskPupil, code=f"{at:04d}", school_class=room, since=day, state="supported", curator=person)
        rows.put(PupilStep, pupil=pupil, title=f"Шаг {at}", owner=person, due_on=day, state="planned")
    rows.write("журналы")


class _Rows:
    """Rows that are written together."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._requests: list[ChangeRequest] = []

    def put(self, cls: type[Entity], **values: object) -> str:
        """Begin a row; its id."""
        info = info_of(cls)
        parsed = {name: parse_value(info.fields[name], value) for name, value in values.items() if value is not None}
        row = records.row_id_for(self._workspace, info, parsed)
        self._requests += [Set(info.log_name, row, name, value) for name, value in parsed.items()]
        return row

    def write(self, operation: str) -> None:
        """Write them as few units of work."""
        for part in _parts(self._requests, 5_000):
            self._workspace.write(part, operation)
        self._requests = []


def _parts(requests: Sequence[ChangeRequest], size: int) -> Iterator[Sequence[ChangeRequest]]:
    for at in range(0, len(requests), size):
        yield requests[at : at + size]


def _person(at: int) -> dict[str, object]:
    name = f"{_NAMES[at % len(_NAMES)]} Имя{at} Отчествовна"
    subject = ["russian", "math", "physics", "history"][at % 4]
    return {
        "full_name": name,
        "position": "teacher",
        "subjects": [subject],
        "birth_year": 1960 + at % 40,
        "education": "higher",
        "experience": at % 40,
        "category": ("highest", "first", "none")[at % 3],
    }


def _sheet(at: int) -> dict[str, object]:
    marks = {f"mark_{mark}": 5 for mark in (2, 3, 4, 5)}
    place = {"procedure": "vpr", "subject": _SUBJECTS[at % 7], "grade": 4 + at // 7 % 8, "year": 2019 + at // 56 % 6}
    return {**place, "participants": 20, **marks, "lowered": 5, "confirmed": 10, "raised": 5}


def _measure(at: int) -> dict[str, object]:
    return {
        "position": f"a{at:05d}",
        "title": f"Мероприятие {at}: заседание методического объединения учителей по разбору результатов",
        "stage": ("I", "II", "III", "IV")[at % 4],
        "deadline": ("ежемесячно", "до 30 ноября", "1 раз в квартал", "в течение года")[at % 4],
        "due_on": _day(at),
        "expected": "План работы и справка",
        "evidence": "протокол",
        "state": ("planned", "in_progress", "done")[at % 3],
    }


def _day(at: int) -> str:
    return (date(_YEAR, 9, 1) + timedelta(days=at % 240)).isoformat()

"""A small school made up for the tests of the services: nine people, two subjects, one weak place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.models.results import ResultSheet
from shnor_desktop.models.school import SchoolClass
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.services.desks import SchoolCard, create_school_desk, open_desk
from shnor_desktop.services.diagnosis import MAP, answer_question, form_view
from shnor_desktop.services.methodology import Packs, load_methodologies
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.paths import data_folder
from tests.clock import FixedClock

CARD = SchoolCard(
    code="72-014",
    short_name="МАОУ «Лесная СОШ»",
    full_name="Муниципальное автономное общеобразовательное учреждение «Лесная средняя общеобразовательная школа»",
    municipality="Лесной муниципальный район",
    locality="село Лесное",
    director="Образцова Анна Ивановна",
    kind="secondary",
    territory="village",
    support_level="regional",
)
PASSPORT = {
    "pupils": 120, "pupils_as_of": "2024-03-01", "pupils_sen": 6, "pupils_not_native": 2, "pupils_single_parent": 30,
    "pupils_low_income": 40, "pupils_large_family": 35, "pupils_unemployed": 8, "pupils_on_register": 3,
    "pupils_guardianship": 2, "parents_higher_education": 15, "pupils_at_risk": 42, "pupils_bussed": 20,
    "distance_km": "34", "computers": 30, "internet_mbps": "60", "vacancies": 0, "founder": "Администрация района",
}  # fmt: skip
SUBJECTS = ("russian", "math", "physics", "primary", "primary", "history", "foreign", "pe", "russian")


def make_school_workspace(tmp_path: Path, clock: Clock) -> Workspace:
    """The desk of a school of which only its card is known."""
    return create_school_desk(tmp_path / "school.shnor-db", CARD, clock, is_demo=True, packs=_packs())


def make_diagnosed_school(tmp_path: Path, clock: Clock) -> Workspace:
    """The desk of a school with passport, classes, staff, results and a map whose high factor is «failure_risk».

    It is typed once a run; each test gets a copy of the store and of the profile that wrote it.
    """
    store, profile = tmp_path / "school.shnor-db", data_folder() / "profile"
    if not _typed_once:
        workspace = make_school_workspace(tmp_path, FixedClock())
        fill_passport_and_staff(workspace)
        fill_results(workspace)
        fill_map(workspace)
        workspace.close()
        _typed_once[Path("store")] = store.read_bytes()
        for path in profile.rglob("*"):
            if path.is_file():
                _typed_once[path.relative_to(profile)] = path.read_bytes()
    for name, data in _typed_once.items():
        target = store if name == Path("store") else profile / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return open_desk(store, clock, packs=_packs())


_typed_once: dict[Path, bytes] = {}


@cache
def _packs() -> Packs:
    return load_methodologies()


def fill_passport_and_staff(workspace: Workspace) -> None:
    """The whole passport, six classes, nine teachers of whom one has the highest category."""
    records.edit_many(workspace, "school", workspace.school, PASSPORT)
    for grade in (4, 5, 6, 7, 8, 9):
        records.begin(workspace, SchoolClass, {"grade": grade, "letter": "А", "pupils": 20})
    for place, subject in enumerate(SUBJECTS):
        values = {
            "full_name": f"Педагог{'абвгдежзи'[place]} Имя Отчество",
            "position": "primary_teacher" if subject == "primary" else "teacher",
            "subjects": [subject],
            "birth_year": 1960 + 4 * place,
            "education": "higher",
            "experience": 30 - 3 * place,
            "category": "highest" if place == 0 else "first",
            "last_training": "2023-06-01",
            "workload": "22",
        }
        records.begin(workspace, StaffMember, values)


def fill_results(workspace: Workspace) -> None:
    """Two years of Russian and mathematics: eight of twenty below the minimum."""
    for subject in ("russian", "math"):
        for year in (2022, 2023):
            values = {
                "procedure": "vpr", "subject": subject, "grade": 5, "year": year, "participants": 20,
                "mark_2": 8, "mark_3": 8, "mark_4": 3, "mark_5": 1, "lowered": 8, "confirmed": 11, "raised": 1,
            }  # fmt: skip
            records.begin(workspace, ResultSheet, values)


def fill_map(workspace: Workspace) -> None:
    """Answer what the program cannot compute: calm answers everywhere."""
    view = form_view(workspace)
    for question in view.questions:
        if question.is_answered:
            continue
        asked = question.question
        value: object = "спокойно"
        if asked.choices:
            value = next((item.code for item in asked.choices if item.level == "low"), asked.choices[0].code)
        elif asked.kind == "yes_no":
            value = "да"
        elif asked.kind != "text":
            value = _calm(asked.thresholds, asked.polarity)
        answer_question(workspace, MAP, view.wave, asked.code, {"value": value, "evidence": "Справка № 1"})


def _calm(thresholds: tuple[object, ...], polarity: str) -> str:
    if not thresholds:
        return "10"
    return str(thresholds[0]) if polarity == "higher_better" else "0"

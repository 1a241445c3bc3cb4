"""The lists of the passport: buildings, classes, team, and what is counted by levels, offers and surveys."""

from __future__ import annotations

from shnor_desktop.models.education import EducationLevel, ExtraOffer, ParentSurvey, StudyDirection
from shnor_desktop.models.school import Building, SchoolClass
from shnor_desktop.models.support import Assignment
from shnor_desktop.ui.pages.record_rows import RecordSpec

BUILDINGS = RecordSpec(
    cls=Building,
    columns=("name", "pupils", "is_branch"),
    add="Добавить здание",
    empty_title="Здания и филиалы",
    empty_text="Заполняется, если у школы больше одного здания или есть филиал: они отчитываются отдельно.",
    widths={"name": 22},
)
CLASSES = RecordSpec(
    cls=SchoolClass,
    columns=("grade", "letter", "pupils", "building"),
    add="Добавить класс",
    empty_title="Классы",
    empty_text="Классы этого учебного года и сколько в них учится. Список можно вставить из Excel: Ctrl+V.",
    stretching=("building",),
    widths={"grade": 9, "letter": 7, "pupils": 11, "building": 16},
)
TEAM = RecordSpec(
    cls=Assignment,
    columns=("person", "role", "organisation"),
    add="Добавить участника",
    empty_title="Команда и сопровождение",
    empty_text="Кто в школе отвечает за проект и кто сопровождает её: куратор, методист, наставник.",
    first=("role", "staff", "person"),
    titles={"person": "Кто"},
    widths={"person": 20, "role": 20, "organisation": 18},
)
LEVELS = RecordSpec(
    cls=EducationLevel,
    columns=("year", "level", "pupils_in_depth", "independent_minutes"),
    add="Добавить уровень",
    empty_title="Уровни образования",
    empty_text=(
        "По каждому уровню и учебному году: сколько учатся углублённо и сколько минут посещённых уроков заняла "
        "самостоятельная работа. Доли программа посчитает сама."
    ),
    titles={"year": "Год", "pupils_in_depth": "Углублённо", "independent_minutes": "Сам. работа, мин"},
    widths={"year": 7, "level": 20, "pupils_in_depth": 10, "independent_minutes": 15},
    stretching=("level",),
    newest_first="year",
)
DIRECTIONS = RecordSpec(
    cls=StudyDirection,
    columns=("title", "kind", "grades"),
    add="Добавить направление",
    empty_title="Углублённое и профильное изучение",
    empty_text="Предметы и профили, которые школа ведёт углублённо в этом году. Программа посчитает, сколько их.",
    widths={"title": 20, "kind": 20, "grades": 9},
)
OFFERS = RecordSpec(
    cls=ExtraOffer,
    columns=("title", "sphere", "pupils", "is_outside"),
    add="Добавить объединение",
    empty_title="Дополнительное образование",
    empty_text=(
        "Кружки, секции и программы, которые доступны ученикам в школе и рядом с ней. "
        "Список можно вставить из Excel: Ctrl+V."
    ),
    first=("title", "sphere"),
    titles={"title": "Объединение", "pupils": "Чел."},
    widths={"title": 20, "sphere": 19, "pupils": 6, "is_outside": 9},
)
SURVEYS = RecordSpec(
    cls=ParentSurvey,
    columns=("held_on", "question", "asked", "satisfied"),
    add="Добавить опрос",
    empty_title="Опросы родителей",
    empty_text="Когда спрашивали родителей, сколько ответили и сколько удовлетворены: из этого получится доля.",
    titles={"asked": "Ответили", "satisfied": "Довольны"},
    widths={"held_on": 11, "question": 22, "asked": 9, "satisfied": 9},
    stretching=("question",),
    newest_first="held_on",
)
LISTS = {spec.log_name: spec for spec in (BUILDINGS, CLASSES, TEAM, LEVELS, DIRECTIONS, OFFERS, SURVEYS)}
"""Every list of the passport by the log name of its entity."""

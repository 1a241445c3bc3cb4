"""The teaching staff."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import boolean, choice, choices, date, decimal, integer, text

POSITIONS = (
    ("director", "директор"),
    ("deputy", "заместитель директора"),
    ("teacher", "учитель"),
    ("primary_teacher", "учитель начальных классов"),
    ("psychologist", "педагог-психолог"),
    ("speech_therapist", "учитель-логопед, дефектолог"),
    ("social_teacher", "социальный педагог"),
    ("educator", "воспитатель"),
    ("extra_teacher", "педагог дополнительного образования"),
    ("other", "другая"),
)
SUBJECTS = (
    ("russian", "русский язык и литература"),
    ("math", "математика"),
    ("primary", "начальные классы"),
    ("physics", "физика"),
    ("chemistry", "химия"),
    ("biology", "биология"),
    ("geography", "география"),
    ("history", "история и обществознание"),
    ("foreign", "иностранный язык"),
    ("informatics", "информатика"),
    ("pe", "физическая культура"),
    ("art", "искусство"),
    ("technology", "труд (технология)"),
    ("safety", "основы безопасности и защиты Родины"),
)
CATEGORIES = (("highest", "высшая"), ("first", "первая"), ("conformity", "соответствие должности"), ("none", "нет"))
EDUCATION = (("higher", "высшее"), ("secondary", "среднее профессиональное"), ("student", "получает высшее"))


class StaffMember(Entity):
    """One person of the staff list; results of pupils never rate a person."""

    __tablename__ = "staff_member"
    log_name = "staff_member"
    caption = "Педагог"
    plural = "Кадры"
    natural_key = ("full_name", "birth_year")
    title_field = "full_name"

    full_name: Mapped[str | None] = text("Фамилия, имя, отчество", personal=True, required=True, max_length=200)
    position: Mapped[str | None] = choice("Должность", POSITIONS, required=True)
    subjects: Mapped[list[str] | None] = choices("Предметы", SUBJECTS, "Все предметы, которые ведёт педагог.")
    birth_year: Mapped[int | None] = integer("Год рождения", personal=True, required=True, minimum=1930, maximum=2010)
    education: Mapped[str | None] = choice("Образование", EDUCATION, required=True)
    experience: Mapped[int | None] = integer("Педагогический стаж", unit="лет", required=True, maximum=70)
    category: Mapped[str | None] = choice("Квалификационная категория", CATEGORIES, required=True)
    last_training: Mapped[str | None] = date(
        "Последние курсы повышения квалификации", "Дата окончания; раз в три года."
    )
    training_hours: Mapped[int | None] = integer("Объём курсов", unit="ч", maximum=2000)
    workload: Mapped[Decimal | None] = decimal("Нагрузка", unit="ч в неделю", maximum=80)
    is_external: Mapped[bool | None] = boolean("Внешний совместитель")
    retired: Mapped[bool | None] = boolean(
        "Пенсионного возраста", "Отмечается, если назначена пенсия по старости.", personal=True
    )
    project_technology: Mapped[bool | None] = boolean("Применяет проектную технологию на уроках")
    trained_for_categories: Mapped[bool | None] = boolean(
        "Прошёл курсы по работе с разными категориями обучающихся", "Дети с ОВЗ, с неродным русским, группа риска."
    )

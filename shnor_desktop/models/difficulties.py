"""The register of difficulties (реестр затруднений): what pupils cannot do yet, why, and what is done about it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import choice, date, decimal, integer, long_text, reference, text
from shnor_desktop.models.results import RESULT_SUBJECTS

DIFFICULTY_STATES = (
    ("open", "выявлено"),
    ("in_work", "в работе"),
    ("checked", "проверяется"),
    ("overcome", "преодолено"),
    ("remains", "сохраняется"),
)
TRAINING_NEEDS = (("no", "нет"), ("content", "по содержанию предмета"), ("method", "по методике преподавания"))


class LearningDifficulty(Entity):
    """One skill of a subject and grade that was done badly; it speaks of a class, never of a pupil or a teacher."""

    __tablename__ = "learning_difficulty"
    log_name = "learning_difficulty"
    caption = "Затруднение"
    plural = "Реестр затруднений"
    natural_key = ("subject", "grade", "year", "skill")
    title_field = "skill"

    subject: Mapped[str | None] = choice("Предмет", RESULT_SUBJECTS, required=True)
    grade: Mapped[int | None] = integer("Класс", required=True, minimum=1, maximum=12)
    year: Mapped[int | None] = integer("Год", required=True, minimum=2000, maximum=2100)
    skill: Mapped[str | None] = text("Умение", "Что не получается у большинства.", required=True, max_length=400)
    sheet: Mapped[str | None] = reference("Работа", "result_sheet", "По какой работе выявлено.")
    tasks: Mapped[str | None] = text("Задания", "Номера через запятую.", max_length=100)
    percent: Mapped[Decimal | None] = decimal("Выполнение", unit="%", maximum=100)
    pupils: Mapped[int | None] = integer(
        "Сколько учеников не справились", "Набрали меньше половины баллов за эти задания.", unit="чел."
    )
    cause: Mapped[str | None] = choice("Вероятная причина", code_list="difficulty_causes")
    cause_note: Mapped[str | None] = long_text("Почему так", max_length=2000)
    action: Mapped[str | None] = long_text("Что делаем", "На уроках и вне их.", max_length=2000)
    owner: Mapped[str | None] = reference("Ответственный", "staff_member", personal=True)
    due_on: Mapped[str | None] = date("Проверить до")
    training_need: Mapped[str | None] = choice("Нужно ли обучение учителей", TRAINING_NEEDS)
    measure: Mapped[str | None] = reference("Мероприятие дорожной карты", "measure")
    state: Mapped[str | None] = choice("Состояние", DIFFICULTY_STATES, required=True)
    checked_on: Mapped[str | None] = date("Проверено")
    percent_after: Mapped[Decimal | None] = decimal("Выполнение при проверке", unit="%", maximum=100)

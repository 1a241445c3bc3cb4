"""Pupils at risk by code, their plans and progress, rehearsals of exams, parents, contests; no name of a pupil."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from shnor_desktop.domain.facts.pupils import EXAMS
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import boolean, choice, choices, date, decimal, integer, long_text, reference, text
from shnor_desktop.models.results import RESULT_SUBJECTS

PUPIL_STATES = (("watched", "под наблюдением"), ("supported", "идёт работа"), ("left", "снят с учёта риска"))
STEP_STATES = (("planned", "запланировано"), ("done", "выполнено"), ("cancelled", "отменено"))
PROGRESS_KINDS = (("entry", "входная"), ("current", "текущая"), ("final", "итоговая"))
CONTEST_FOR = (("pupils", "ученики"), ("teachers", "педагоги"), ("classes", "классы"), ("school", "школа"))
CONTEST_LEVELS = (("school", "школьный"), ("municipal", "муниципальный"), ("region", "региональный"), ("all", "выше"))


class RiskPupil(Entity):
    """A pupil of the risk group under a code of the school; who stands behind it is kept on paper by the school."""

    __tablename__ = "risk_pupil"
    log_name = "risk_pupil"
    caption = "Ученик группы риска"
    plural = "Группа риска"
    natural_key = ("code",)
    title_field = "code"

    code: Mapped[str | None] = text(
        "Код ученика",
        "Например 7-03. Фамилию не пишите: список кодов школа хранит на бумаге.",
        required=True,
        max_length=20,
        is_code=True,
    )
    school_class: Mapped[str | None] = reference("Класс", "school_class", required=True)
    risks: Mapped[list[str] | None] = choices("В чём риск", code_list="pupil_risks", required=True)
    subjects: Mapped[list[str] | None] = choices("Предметы", RESULT_SUBJECTS, "По каким предметам трудности.")
    since: Mapped[str | None] = date("На учёте с", required=True)
    until: Mapped[str | None] = date("Снят")
    curator: Mapped[str | None] = reference("Кто сопровождает", "staff_member", personal=True, required=True)
    parents_informed_on: Mapped[str | None] = date("Родители извещены")
    state: Mapped[str | None] = choice("Состояние", PUPIL_STATES, required=True)
    outcome: Mapped[str | None] = long_text("Итог", "Без имён и диагнозов.", max_length=1000)


class FailureCause(Entity):
    """A cause of a pupil's failure in the workbook of causes, with what is advised."""

    __tablename__ = "failure_cause"
    log_name = "failure_cause"
    caption = "Причина неуспешности"
    plural = "Рабочая тетрадь причин"
    natural_key = ("pupil", "cause", "subject")
    parent = "pupil"
    title_field = "cause"

    pupil: Mapped[str | None] = reference("Ученик", "risk_pupil", required=True)
    cause: Mapped[str | None] = choice("Причина", code_list="failure_causes", required=True)
    subject: Mapped[str | None] = choice("Предмет", RESULT_SUBJECTS)
    seen_in: Mapped[str | None] = text("В чём видно", "Наблюдение, без диагнозов.", required=True, max_length=400)
    advice: Mapped[str | None] = long_text("Рекомендация", "Психолога, учителя.", max_length=2000)
    is_removed: Mapped[bool | None] = boolean("Причина устранена")


class PupilStep(Entity):
    """One step of a pupil's plan of preventing failure."""

    __tablename__ = "pupil_step"
    log_name = "pupil_step"
    caption = "Шаг плана"
    plural = "План профилактики неуспешности"
    parent = "pupil"
    title_field = "title"

    pupil: Mapped[str | None] = reference("Ученик", "risk_pupil", required=True)
    title: Mapped[str | None] = text("Что делаем", required=True, max_length=400)
    subject: Mapped[str | None] = choice("Предмет", RESULT_SUBJECTS)
    owner: Mapped[str | None] = reference("Кто", "staff_member", personal=True, required=True)
    due_on: Mapped[str | None] = date("Срок", required=True)
    state: Mapped[str | None] = choice("Выполнение", STEP_STATES, required=True)
    done_on: Mapped[str | None] = date("Выполнено")
    result: Mapped[str | None] = long_text("Результат", max_length=1000)


class PupilProgress(Entity):
    """How far a pupil came: a measurement of one day in one subject."""

    __tablename__ = "pupil_progress"
    log_name = "pupil_progress"
    caption = "Измерение"
    plural = "Индивидуальный прогресс"
    natural_key = ("pupil", "subject", "measured_on")
    parent = "pupil"
    title_field = "measured_on"

    pupil: Mapped[str | None] = reference("Ученик", "risk_pupil", required=True)
    subject: Mapped[str | None] = choice("Предмет", RESULT_SUBJECTS, required=True)
    measured_on: Mapped[str | None] = date("Дата", required=True)
    kind: Mapped[str | None] = choice("Диагностика", PROGRESS_KINDS, required=True)
    percent: Mapped[Decimal | None] = decimal("Выполнено заданий", unit="%", maximum=100, required=True)
    note: Mapped[str | None] = text("Что изменилось", max_length=400)


class RehearsalExam(Entity):
    """A rehearsal of an exam, what it showed, and when the parents heard of it."""

    __tablename__ = "rehearsal_exam"
    log_name = "rehearsal_exam"
    caption = "Репетиционный экзамен"
    plural = "Репетиционные экзамены"
    natural_key = ("exam", "subject", "grade", "held_on")
    title_field = "held_on"

    exam: Mapped[str | None] = choice("Экзамен", tuple(EXAMS.items()), required=True)
    subject: Mapped[str | None] = choice("Предмет", RESULT_SUBJECTS, required=True)
    grade: Mapped[int | None] = integer("Класс", required=True, minimum=4, maximum=12)
    held_on: Mapped[str | None] = date("Дата", required=True)
    participants: Mapped[int | None] = integer("Участников", unit="чел.", required=True)
    below_minimum: Mapped[int | None] = integer("Ниже минимума", unit="чел.", required=True)
    mean_score: Mapped[Decimal | None] = decimal("Средний первичный балл", unit="балла")
    analysis: Mapped[str | None] = long_text("Что показал анализ", required=True, max_length=2000)
    correction: Mapped[str | None] = long_text("Что изменили в подготовке", max_length=2000)
    parents_informed_on: Mapped[str | None] = date("Родители извещены")
    informed_how: Mapped[str | None] = choice("Как извещены", code_list="informing_ways")


class ParentConsultation(Entity):
    """An entry of the journal of consultations; the parent signs on paper."""

    __tablename__ = "parent_consultation"
    log_name = "parent_consultation"
    caption = "Консультация родителей"
    plural = "Журнал консультаций"
    title_field = "topic"

    held_on: Mapped[str | None] = date("Дата", required=True)
    school_class: Mapped[str | None] = reference("Класс", "school_class")
    pupil: Mapped[str | None] = reference("Код ученика", "risk_pupil", "Если консультация о нём.")
    form: Mapped[str | None] = choice("Форма", code_list="consultation_forms", required=True)
    topic: Mapped[str | None] = text("Вопрос", "Без имён и диагнозов.", required=True, max_length=400)
    parents: Mapped[int | None] = integer("Родителей", unit="чел.", required=True)
    given_by: Mapped[str | None] = reference("Кто консультировал", "staff_member", personal=True, required=True)
    advice: Mapped[str | None] = long_text("Что посоветовали", required=True, max_length=2000)
    is_signed: Mapped[bool | None] = boolean("Подпись родителя получена", "В печатном журнале.")


class ParentEvent(Entity):
    """An event for parents or with them: a school for parents, a meeting, a project, a public examination."""

    __tablename__ = "parent_event"
    log_name = "parent_event"
    caption = "Мероприятие для родителей"
    plural = "Школа для родителей"
    title_field = "topic"

    held_on: Mapped[str | None] = date("Дата", required=True)
    direction: Mapped[str | None] = choice("Направление", code_list="parent_directions", required=True)
    topic: Mapped[str | None] = text("Тема", required=True, max_length=400)
    parents: Mapped[int | None] = integer("Родителей", unit="чел.", required=True)
    lead: Mapped[str | None] = reference("Кто провёл", "staff_member", personal=True)
    lead_text: Mapped[str | None] = text("Приглашённый", personal=True, max_length=200)
    outcome: Mapped[str | None] = long_text("Итог", required=True, max_length=2000)
    measure: Mapped[str | None] = reference("Мероприятие дорожной карты", "measure")


class GovernanceMeeting(Entity):
    """A meeting of a body of self-government where parents or pupils take part."""

    __tablename__ = "governance_meeting"
    log_name = "governance_meeting"
    caption = "Заседание органа управления"
    plural = "Государственно-общественное управление"
    title_field = "question"

    held_on: Mapped[str | None] = date("Дата", required=True)
    body: Mapped[str | None] = choice("Орган", code_list="governance_bodies", required=True)
    question: Mapped[str | None] = text("Вопрос", required=True, max_length=400)
    parents: Mapped[int | None] = integer("Участвовало родителей", unit="чел.", required=True)
    pupils: Mapped[int | None] = integer("Участвовало учеников", unit="чел.")
    decided: Mapped[str | None] = long_text("Решение", required=True, max_length=2000)


class Contest(Entity):
    """Participation in a contest."""

    __tablename__ = "contest"
    log_name = "contest"
    caption = "Участие в конкурсе"
    plural = "Конкурсы"
    title_field = "title"

    held_on: Mapped[str | None] = date("Дата", required=True)
    title: Mapped[str | None] = text("Конкурс", required=True, max_length=400)
    who: Mapped[str | None] = choice("Кто участвует", CONTEST_FOR, required=True)
    level: Mapped[str | None] = choice("Уровень", CONTEST_LEVELS, required=True)
    participants: Mapped[int | None] = integer("Участников", unit="чел.", required=True)
    winners: Mapped[int | None] = integer("Победителей и призёров", unit="чел.")
    result: Mapped[str | None] = text("Итог", max_length=400)
    teacher: Mapped[str | None] = reference("Кто готовил", "staff_member", personal=True)


class SubjectGroup(Entity):
    """An inter-school group in a subject that pupils of the school attend (районная предметная школа)."""

    __tablename__ = "subject_group"
    log_name = "subject_group"
    caption = "Предметная школа"
    plural = "Предметные школы"
    title_field = "title"

    title: Mapped[str | None] = text("Название", required=True, max_length=200)
    subject: Mapped[str | None] = choice("Предмет", RESULT_SUBJECTS, required=True)
    host: Mapped[str | None] = text("Где проходит", max_length=300)
    schedule: Mapped[str | None] = text("Расписание", required=True, max_length=200)
    pupils: Mapped[int | None] = integer("Учеников школы", unit="чел.", required=True)
    codes: Mapped[str | None] = text("Коды учеников", "Через запятую, без фамилий.", max_length=400)


class GroupLesson(Entity):
    """One session of a subject group and who came."""

    __tablename__ = "group_lesson"
    log_name = "group_lesson"
    caption = "Занятие"
    plural = "Занятия предметной школы"
    natural_key = ("subject_group", "held_on")
    parent = "subject_group"
    title_field = "topic"

    subject_group: Mapped[str | None] = reference("Предметная школа", "subject_group", required=True)
    held_on: Mapped[str | None] = date("Дата", required=True)
    topic: Mapped[str | None] = text("Тема", required=True, max_length=300)
    attended: Mapped[int | None] = integer("Пришли", unit="чел.", required=True)


class SupportRecord(Entity):
    """Psychological and pedagogical support of exams and of pupils at risk; no diagnoses."""

    __tablename__ = "support_record"
    log_name = "support_record"
    caption = "Занятие сопровождения"
    plural = "Психолого-педагогическое сопровождение"
    title_field = "topic"

    held_on: Mapped[str | None] = date("Дата", required=True)
    form: Mapped[str | None] = choice("Форма", code_list="support_forms", required=True)
    topic: Mapped[str | None] = text("Тема", "Без имён и диагнозов.", required=True, max_length=400)
    grade: Mapped[int | None] = integer("Класс", minimum=1, maximum=12)
    participants: Mapped[int | None] = integer("Участников", unit="чел.", required=True)
    specialist: Mapped[str | None] = reference("Специалист", "staff_member", personal=True)
    specialist_text: Mapped[str | None] = text("Специалист из другой организации", personal=True, max_length=200)
    advice: Mapped[str | None] = long_text("Рекомендации", max_length=2000)

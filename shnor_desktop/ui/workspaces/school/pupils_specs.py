"""How the registers of pupils and parents are shown: columns, what is asked first, what stands where nothing is yet."""

from __future__ import annotations

from shnor_desktop.models.education import ParentSurvey
from shnor_desktop.models.pupils import (
    Contest,
    FailureCause,
    GovernanceMeeting,
    GroupLesson,
    ParentConsultation,
    ParentEvent,
    PupilProgress,
    PupilStep,
    RehearsalExam,
    RiskPupil,
    SubjectGroup,
    SupportRecord,
)
from shnor_desktop.services.pupils import with_advice
from shnor_desktop.ui.pages.record_rows import RecordSpec

RISK = RecordSpec(
    cls=RiskPupil,
    columns=("code", "school_class", "state", "risks"),
    add="Добавить ученика",
    empty_title="Группа риска",
    empty_text="Ученики, которым нужна помощь, под кодами школы: причины, план, продвижение. Фамилии не пишите: список "
    "кодов школа хранит на бумаге.",
    first=("code", "school_class", "risks", "since", "curator"),
    begun_with={"state": "watched"},
    titles={"code": "Код"},
    widths={"code": 11, "school_class": 7, "state": 16, "risks": 20},
    stretching=("risks",),
    row_lines=2,
)
CAUSES = RecordSpec(
    cls=FailureCause,
    columns=("cause", "is_removed"),
    add="Добавить причину",
    empty_title="Рабочая тетрадь причин",
    empty_text="Почему ученик не успевает и в чём это видно. Рекомендацию к причине даёт методика, её можно изменить.",
    first=("cause", "seen_in"),
    titles={"is_removed": "Устранена"},
    widths={"cause": 26, "is_removed": 11},
    filled=with_advice,
)
STEPS = RecordSpec(
    cls=PupilStep,
    columns=("due_on", "title", "state"),
    add="Добавить шаг",
    empty_title="План профилактики",
    empty_text="Что делаем, кто и к какому сроку. Шаги стоят в календаре и на странице «Сегодня».",
    first=("title", "owner", "due_on"),
    begun_with={"state": "planned"},
    widths={"due_on": 14, "title": 22, "state": 15},
    stretching=("title",),
)
PROGRESS = RecordSpec(
    cls=PupilProgress,
    columns=("measured_on", "subject", "percent"),
    add="Добавить измерение",
    empty_title="Индивидуальный прогресс",
    empty_text="Сколько заданий выполнено на входе, по ходу и в итоге. По двум измерениям видно продвижение.",
    first=("subject", "measured_on", "kind", "percent"),
    titles={"percent": "Выполнено, %"},
    widths={"measured_on": 14, "subject": 18, "percent": 12},
    stretching=("subject",),
    newest_first="measured_on",
)
REHEARSALS = RecordSpec(
    cls=RehearsalExam,
    columns=("held_on", "exam", "subject", "grade", "below_minimum", "parents_informed_on"),
    add="Внести экзамен",
    empty_title="Репетиционные экзамены",
    empty_text="Дата, предмет, сколько участвовало и сколько ниже минимума, что показал анализ и когда об этом узнали "
    "родители.",
    first=("exam", "subject", "grade", "held_on", "participants", "below_minimum"),
    titles={"below_minimum": "Ниже мин.", "parents_informed_on": "Извещены"},
    widths={"held_on": 14, "exam": 7, "subject": 16, "grade": 7, "below_minimum": 10, "parents_informed_on": 12},
    stretching=("subject",),
    newest_first="held_on",
    takes_files=True,
)
GROUPS = RecordSpec(
    cls=SubjectGroup,
    columns=("title", "subject", "pupils"),
    add="Добавить группу",
    empty_title="Предметная школа",
    empty_text="Межшкольная группа по предмету, куда ходят ученики школы: расписание, коды учеников, занятия.",
    first=("title", "subject", "schedule", "pupils"),
    widths={"title": 26, "subject": 15, "pupils": 10},
)
LESSONS = RecordSpec(
    cls=GroupLesson,
    columns=("held_on", "topic", "attended"),
    add="Записать занятие",
    empty_title="Занятия",
    empty_text="Дата, тема и сколько учеников пришло.",
    first=("held_on", "topic", "attended"),
    widths={"held_on": 14, "topic": 22, "attended": 9},
    stretching=("topic",),
    newest_first="held_on",
)
SUPPORT = RecordSpec(
    cls=SupportRecord,
    columns=("held_on", "form", "topic", "participants"),
    add="Записать занятие",
    empty_title="Психолого-педагогическое сопровождение",
    empty_text="Занятия и консультации перед экзаменами и с группой риска: тема, сколько человек, рекомендации. "
    "Без имён и диагнозов.",
    first=("held_on", "form", "topic", "participants"),
    widths={"held_on": 14, "form": 18, "topic": 24, "participants": 11},
    row_lines=2,
    stretching=("topic",),
    newest_first="held_on",
)
CONSULTATIONS = RecordSpec(
    cls=ParentConsultation,
    columns=("held_on", "school_class", "topic", "is_signed"),
    add="Записать консультацию",
    empty_title="Журнал консультаций",
    empty_text="О чём спросили и что посоветовали. Журнал печатается с графой для подписи и с пустыми строками.",
    first=("held_on", "form", "topic", "given_by"),
    begun_with={"parents": "1"},
    titles={"is_signed": "Подпись"},
    row_lines=2,
    widths={"held_on": 14, "school_class": 7, "topic": 26, "is_signed": 9},
    stretching=("topic",),
    newest_first="held_on",
)
EVENTS = RecordSpec(
    cls=ParentEvent,
    columns=("held_on", "direction", "topic", "parents"),
    add="Записать мероприятие",
    empty_title="Школа для родителей",
    empty_text="Лектории, собрания, проекты, общественная экспертиза: пять направлений, не реже двух раз за год.",
    first=("held_on", "direction", "topic", "parents"),
    widths={"held_on": 14, "direction": 20, "topic": 24, "parents": 10},
    row_lines=2,
    stretching=("topic",),
    newest_first="held_on",
    takes_files=True,
)
SURVEYS = RecordSpec(
    cls=ParentSurvey,
    columns=("held_on", "question", "asked", "satisfied"),
    add="Внести опрос",
    empty_title="Опросы родителей",
    empty_text="Дата, вопрос, сколько ответили и сколько довольны. Сравниваются опросы с одним и тем же вопросом.",
    first=("held_on", "question", "asked", "satisfied"),
    titles={"satisfied": "Довольны"},
    widths={"held_on": 14, "question": 28, "asked": 10, "satisfied": 10},
    row_lines=2,
    stretching=("question",),
    newest_first="held_on",
    takes_files=True,
)
GOVERNANCE = RecordSpec(
    cls=GovernanceMeeting,
    columns=("held_on", "body", "question", "parents"),
    add="Записать заседание",
    empty_title="Управление школой вместе с родителями",
    empty_text="Заседания управляющего совета и других органов: вопрос, сколько родителей участвовало, решение.",
    first=("held_on", "body", "question", "parents"),
    titles={"parents": "Родителей"},
    row_lines=2,
    widths={"held_on": 14, "body": 18, "question": 26, "parents": 10},
    stretching=("question",),
    newest_first="held_on",
    takes_files=True,
)
CONTESTS = RecordSpec(
    cls=Contest,
    columns=("held_on", "title", "level", "participants", "winners"),
    add="Записать конкурс",
    empty_title="Конкурсы",
    empty_text="В каких конкурсах участвуют ученики, педагоги, классы и школа и что из этого вышло.",
    first=("held_on", "title", "who", "level", "participants"),
    titles={"winners": "Призёров"},
    row_lines=2,
    widths={"held_on": 14, "title": 24, "level": 15, "participants": 11, "winners": 10},
    stretching=("title",),
    newest_first="held_on",
    takes_files=True,
)

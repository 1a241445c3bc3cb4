"""Facts of an invented school for the tests of the printed forms."""

from __future__ import annotations

from datetime import UTC, date, datetime

from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.reports.documents.cover import CountFacts, CoverFacts
from shnor_desktop.reports.documents.diagnostic_map import AnswerBlock, AnswerFacts, DiagnosticMapFacts, FactorFacts
from shnor_desktop.reports.documents.problem_fields import ProblemFieldFacts
from shnor_desktop.reports.documents.programme import (
    AntiriskFacts,
    GoalFacts,
    IndicatorFacts,
    ProgrammeFacts,
    ProgrammeSection,
    RiskFacts,
    SectionContent,
)
from shnor_desktop.reports.documents.receipt import ReceiptFacts, RemarkFacts
from shnor_desktop.reports.documents.requisites import StampFacts
from shnor_desktop.reports.documents.road_map import MeasureFacts, RoadMapFacts, RoadMapGroup

SCHOOL = "Муниципальное автономное общеобразовательное учреждение «Заречная средняя общеобразовательная школа»"
CENTRE = "Муниципальный методический центр Заречного района"
PROGRAMME = "Программа перехода школы в эффективный режим работы"
LONG_WORD = "превысокомногорассмотрительствующийпревысокомногорассмотрительствующий"

STAMPS = (
    StampFacts(
        "ПРИНЯТА",
        ("решением педагогического совета",),
        document="Протокол",
        number="4",
        day=date(2024, 3, 28),
    ),
    StampFacts(
        "СОГЛАСОВАНА",
        position="Начальник управления образования администрации Заречного района",
        person="",
        document="",
    ),
    StampFacts("УТВЕРЖДЕНА", (), "Директор школы", "А. Б. Образцова", "Приказ"),
)

MEASURES = (
    MeasureFacts(
        "Разработка и утверждение индивидуальных образовательных маршрутов педагогов по результатам диагностики",
        "апрель, по результатам оценочных процедур",
        "Заместитель директора по учебно-воспитательной работе, руководители методических объединений",
        "Индивидуальный образовательный маршрут есть у каждого учителя русского языка и математики",
        "Приказ, папка маршрутов",
        "выполнено",
    ),
    MeasureFacts(
        "Единый методический день со школой-партнёром",
        "не реже 1 раза в квартал",
        "Директор",
        "Приёмы работы с трудными темами взяты в работу",
        "Программа дня, листы обратной связи",
    ),
    MeasureFacts("Родительский лекторий", "ежемесячно", "Социальный педагог"),
)
STAGES = (
    RoadMapGroup("Этап II. Формирование программных документов (март — апрель 2024 г.)", MEASURES[:1]),
    RoadMapGroup("Этап III. Реализация запланированных мер (апрель — ноябрь 2024 г.)", MEASURES[1:] * 9),
    RoadMapGroup("Этап IV. Оценка и корректировка (декабрь 2024 г.)", ()),
)

PROBLEMS = (
    ProblemFieldFacts(
        "Учащиеся 5–7 классов не справляются с текстовыми задачами по математике",
        "ВПР по математике, 6 класс: отметку «2» получили 7 из 18 (38,9 %)",
        ("Педагоги мало используют приёмы смыслового чтения", "Пробелы начальной школы не выявляются вовремя"),
        ("Высокая доля обучающихся с рисками учебной неуспешности",),
        ("Входная диагностика читательской грамотности", "Методический день «Текст на уроке математики»"),
    ),
    ProblemFieldFacts("Дефицит педагогических кадров"),
)

PROGRAMME_FACTS = ProgrammeFacts(
    title=PROGRAMME,
    school=SCHOOL,
    period="2024 год",
    place="с. Заречное",
    year="2024",
    stamps=STAMPS,
    founder="Управление образования администрации Заречного района",
    draft_mark="ПРОЕКТ",
    passport=(
        ("Наименование программы", PROGRAMME),
        ("Основание для разработки", "Приказ об участии в проекте адресной методической помощи"),
        ("Срок реализации", "01.02.2024 — 31.12.2024"),
        ("Разработчики", ""),
        ("Ожидаемые результаты", "Доля участников ВПР, получивших «2», не выше 15 %.\n" + LONG_WORD),
    ),
    sections=(
        ProgrammeSection(
            "1.",
            "Введение",
            (
                "Программа определяет, что школа — участник проекта делает в 2024 году, чтобы качество образования "
                "стало устойчивым, и в каких условиях она работает. " * 4,
                "Второй абзац с <img src='file:///etc/passwd'/> и «5 < 6 & 7».",
            ),
        ),
        ProgrammeSection("2.", "Проблемное поле", (), SectionContent.PROBLEM_FIELDS),
        ProgrammeSection("3.", "Цели и задачи", ("Цели вытекают из проблемных полей.",), SectionContent.GOALS),
        ProgrammeSection("4.", "Целевые показатели", (), SectionContent.INDICATORS),
        ProgrammeSection("5.", "Дорожная карта", (), SectionContent.ROAD_MAP),
        ProgrammeSection("6.", "Управление программой", ("Директор рассматривает ход программы ежемесячно.",)),
    ),
    problem_fields=PROBLEMS,
    goals=(
        GoalFacts(
            "Снизить долю обучающихся с рисками учебной неуспешности",
            ("Выявить пробелы каждого ученика", "Научить педагогов приёмам смыслового чтения"),
            PROBLEMS[0].title,
        ),
        GoalFacts("Закрыть вакансии"),
    ),
    indicators=(
        IndicatorFacts("Доля участников ВПР по математике, получивших «2»", "%", "38,9", "15", "01.03.2024"),
        IndicatorFacts("Учителей с наставником", "человек", "2", "6", "", "4", "6"),
    ),
    road_map=STAGES,
    antirisk=(
        AntiriskFacts(
            "Высокая доля обучающихся с рисками учебной неуспешности",
            "Антирисковая программа «Успех каждого»",
            "Снизить долю обучающихся с рисками учебной неуспешности до 15 %",
            ("Диагностика", "Индивидуальные маршруты"),
            ("Доля снижена",),
            ("Единый методический день со школой-партнёром",),
        ),
    ),
    risks=(RiskFacts("Уход учителя математики", "Дистанционные уроки школы-партнёра"),),
)

ROAD_MAP_FACTS = RoadMapFacts(
    "Дорожная карта",
    SCHOOL,
    "2024 год",
    STAGES,
    STAMPS[2:],
    signatory="А. Б. Образцова",
    with_status=True,
)

ANSWERS = tuple(
    AnswerFacts(
        f"1.{number}",
        "Доля педагогических работников, имеющих высшую квалификационную категорию",
        "18,2 %",
        "4 из 22",
        "13,6 %",
        "список педагогов, 01.03.2024",
        level,
        "Двое готовят документы к аттестации в мае" if number % 2 else "",
        "Приказ от 12.01.2024 № 7",
        unconfirmed=number == 1,
    )
    for number, level in enumerate([*Level, None], start=1)
)
FACTORS = (
    FactorFacts(
        "Дефицит педагогических кадров", Level.HIGH, 80, "Вакансии: 2 из 24 (8,3 %); порог высокой значимости 5 %"
    ),
    FactorFacts(
        "Недостаточная предметная и методическая компетентность педагогических работников",
        Level.MEDIUM,
        45,
        "Высшая категория: 4 из 22 (18,2 %)",
        "Учтены результаты диагностики 2024 года",
    ),
    FactorFacts("Низкий уровень оснащения школы", Level.LOW, 10),
    FactorFacts("Низкий уровень вовлечённости родителей", Level.UNKNOWN),
)
DIAGNOSTIC_MAP_FACTS = DiagnosticMapFacts(
    title="Диагностическая карта",
    school=SCHOOL,
    period="2024 год",
    as_of=date(2024, 3, 1),
    methodology="Тюменская модель, 2024, версия 1.0",
    blocks=(
        AnswerBlock("1", "Кадры", ANSWERS),
        AnswerBlock("2", "Результаты", ()),
        AnswerBlock("3", "Ресурсы", ANSWERS),
    ),
    factors=FACTORS,
    problem_fields=PROBLEMS,
    conclusions=("Главное проблемное поле — работа с текстом на уроках математики.",),
    completeness="34 из 41 (82,9 %)",
    signatory="А. Б. Образцова",
)

COVER_FACTS = CoverFacts(
    kind="данные школы, полный",
    sequence=3,
    file_name="720101-A1B2_2024-04-29_school_3.shnor",
    sender=SCHOOL,
    receiver=CENTRE,
    made_at=datetime(2024, 4, 29, 9, 5, tzinfo=UTC),
    methodology="Тюменская модель, 2024, версия 1.0",
    counts=(
        CountFacts("Паспорт школы", 1),
        CountFacts("Ответы диагностической карты", 41),
        CountFacts("Мероприятия дорожной карты", 1230),
    ),
    fingerprint="01234 56789 01234 56789 01234 56789 01234 56789",
    sender_code="720101",
    previous="№ 2 от 01.04.2024",
    holds_personal_data=True,
    square_code="shnor:720101:3:0123456789012345678901234567890123456789",
)

RECEIPT_FACTS = ReceiptFacts(
    number="5",
    day=date(2024, 5, 2),
    centre=CENTRE,
    school=SCHOOL,
    package_file="720101-A1B2_2024-04-29_school_3.shnor",
    package_number=3,
    received=date(2024, 4, 30),
    verdict="принят",
    decision="на доработке",
    comment="Программа в целом отвечает проблемным полям.",
    due=date(2024, 5, 15),
    remarks=(
        RemarkFacts("Дорожная карта, мероприятие 4", "Укажите, чем подтверждается результат.", due=date(2024, 5, 10)),
        RemarkFacts("Целевые показатели", "Добавьте показатель по русскому языку.", "предложение по корректировке"),
    ),
    fingerprint="01234 56789 01234 56789 01234 56789 01234 56789",
    official_position="Муниципальный координатор",
)

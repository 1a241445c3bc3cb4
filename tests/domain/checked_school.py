"""A small school that the check finds nothing in; each test spoils one thing of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from shnor_desktop.domain.checks import RequiredField, check_school
from shnor_desktop.domain.facts import (
    ActivityFact,
    AnswerFact,
    AntiriskFact,
    AssignmentFact,
    BuildingFact,
    ClassFact,
    DeficitFact,
    EventFact,
    GoalFact,
    IndicatorFact,
    MeasureFact,
    ParagraphFact,
    PartnerFact,
    PlanFact,
    ProblemFact,
    ProgrammeFact,
    ResultFact,
    SchoolContext,
    SchoolFacts,
    StaffFact,
    StageTaskFact,
)
from shnor_desktop.domain.findings import Finding
from shnor_desktop.domain.methodology import (
    Block,
    Choice,
    Development,
    Factor,
    FactorIndicator,
    Form,
    Identification,
    Indicator,
    Lane,
    MentorRule,
    MonitoringWave,
    Pack,
    Partnership,
    Polarity,
    ProgrammeSection,
    Question,
    QuestionKind,
    Stage,
    StageTask,
)
from shnor_desktop.domain.scoring import Answer, Figure

TODAY = date(2024, 6, 15)
WORDS = tomllib.loads((Path(__file__).parents[2] / "resources" / "i18n" / "ru" / "checks.toml").read_text("utf-8"))
PLACEHOLDER = re.compile(r"\{(\w*)\}")

_MAP = Form(
    "diagnostic_map",
    "Диагностическая карта",
    "ДТК",
    "",
    (
        Block(
            "staff",
            "Кадры",
            "",
            (
                Question(
                    "staff.highest",
                    "Доля педагогов с высшей категорией",
                    "",
                    QuestionKind.SHARE,
                    "%",
                    Polarity.HIGHER_BETTER,
                    (Decimal(40), Decimal(25)),
                ),
                Question("staff.plan", "План методической работы", "", QuestionKind.YES_NO, evidence_required=True),
                Question("staff.hours", "Часов", "", QuestionKind.NUMBER, required=False, maximum=Decimal(60)),
            ),
        ),
    ),
    "II",
)

PACK = Pack(
    id="test",
    title="",
    version="1",
    region="",
    period_start=date(2024, 2, 1),
    period_end=date(2024, 12, 31),
    legal_basis=(),
    terms=(),
    history=(),
    lanes=(Lane("centre", "", ""), Lane("school", "", "", at_school=True)),
    roles=(),
    coordinator_functions=(),
    territories=(),
    curators=(),
    mentor_rule=MentorRule(
        "",
        ("russian", "math"),
        True,
        (
            Choice("has", "Наставник есть"),
            Choice("not_needed", "Не требуется", needs_reason=True),
            Choice("impossible", "Нет возможности", needs_reason=True),
        ),
    ),
    identification=Identification("", (), Decimal(30), 2, 2, 10, ("russian",)),
    stages=(
        Stage("II", "II", "Документы", "март — апрель", date(2024, 3, 1), date(2024, 4, 30)),
        Stage("III", "III", "Реализация", "апрель — ноябрь", date(2024, 4, 1), date(2024, 11, 30)),
    ),
    tasks=(
        StageTask("map", "II", "Заполнение ДТК", "school"),
        StageTask("antirisk", "II", "Антирисковые программы", "school", optional=True),
        StageTask("visit", "II", "Выход в школу", "centre"),
        StageTask("carry_out", "III", "Реализация программы", "school"),
    ),
    monitoring_waves=(
        MonitoringWave("m.1", "m", 1, "Мониторинг, I этап", date(2024, 5, 1), date(2024, 5, 31), "III"),
        MonitoringWave("m.2", "m", 2, "Мониторинг, II этап", date(2024, 12, 1), date(2024, 12, 15), "IV"),
    ),
    forms=(_MAP, Form("m", "Мониторинг", "", "", (), "III")),
    factors=(Factor("staff_deficit", 1, "Дефицит кадров", "", (FactorIndicator("staff.highest"),)),),
    problem_fields=(),
    directions=(),
    evidence_kinds=(),
    measures=(),
    goal="",
    programme_tasks=(),
    principles=(),
    programme_sections=(
        ProgrammeSection("introduction", "1", "Введение", ""),
        ProgrammeSection("roadmap", "2", "Дорожная карта", "", content="roadmap"),
        ProgrammeSection("appendices", "3", "Приложения", "", required=False),
    ),
    antirisk_sections=(),
    programme_states=(),
    programme_risks=(),
    indicators=(
        Indicator("quality", "Качество", "%", Polarity.HIGHER_BETTER, required=True),
        Indicator("below", "Ниже минимума", "%", Polarity.LOWER_BETTER),
    ),
    stamps=(),
    documents=(),
    development=Development("", "", (), (), (), (), (), ()),
    partnership=Partnership("", (), (), (), 0, ()),
)

ANSWERS: dict[str, Answer] = {"staff.highest": Figure(Decimal(50), 1, 2), "staff.plan": True}


def sheet(year: int, **fields: Any) -> ResultFact:
    return ResultFact(
        **{
            "id": f"r{year}",
            "procedure": "vpr",
            "subject": "russian",
            "grade": 5,
            "year": year,
            "participants": 12,
            "mark_2": 2,
            "mark_3": 5,
            "mark_4": 4,
            "mark_5": 1,
            **fields,
        }
    )


SOUND = SchoolFacts(
    as_of=TODAY,
    schools=(SchoolContext(id="school", short_name="Школа", pupils=25, pupils_sen=2, pupils_as_of=date(2023, 9, 1)),),
    buildings=(BuildingFact(id="b1", name="Основное", pupils=20),),
    classes=(ClassFact(id="c1", grade=5, pupils=12), ClassFact(id="c2", grade=6, pupils=13)),
    staff=(
        StaffFact(
            id="s1",
            full_name="Первый",
            position="teacher",
            subjects=("russian",),
            birth_year=1980,
            experience=20,
            last_training=date(2023, 5, 1),
        ),
        StaffFact(id="s2", full_name="Второй", position="director", birth_year=1970, last_training=date(2022, 8, 1)),
    ),
    results=(sheet(2023), sheet(2024)),
    answers=(
        AnswerFact(id="a1", form="diagnostic_map", wave="2024", question="staff.plan", value="yes", evidence="План"),
        AnswerFact(id="a2", form="m", wave="m.1", question="m.q", value="1"),
    ),
    problems=(
        ProblemFact(id="p1", title="Мало", causes="Текучесть", rank=1, is_active=True, factors=("staff_deficit",)),
    ),
    programmes=(
        ProgrammeFact(
            id="pr",
            title="Программа",
            period="2024",
            starts_on=date(2024, 3, 1),
            ends_on=date(2024, 12, 31),
            state="approved",
            council_protocol="4",
            council_date=date(2024, 3, 20),
            order_number="17",
            order_date=date(2024, 3, 25),
        ),
    ),
    paragraphs=(ParagraphFact(id="t1", programme="pr", section="introduction", body="Школа начинает."),),
    goals=(
        GoalFact(id="g1", programme="pr", kind="goal", title="Цель", problem="p1"),
        GoalFact(id="g2", programme="pr", kind="task", title="Задача", goal="g1", problem="p1"),
    ),
    indicators=(
        IndicatorFact(
            id="i1", programme="pr", goal="g2", code="quality", title="Качество", base=Decimal(40), target=Decimal(50)
        ),
    ),
    antirisks=(AntiriskFact(id="ar", programme="pr", title="Антирисковая"),),
    measures=(
        MeasureFact(
            id="m1",
            programme="pr",
            title="Методический день",
            task="g2",
            antirisk="ar",
            owner="s1",
            due_on=date(2024, 5, 20),
            expected="Обмен опытом",
            evidence="Протокол",
            state="done",
            done_on=date(2024, 5, 18),
            evidence_given="Протокол № 2",
        ),
        MeasureFact(
            id="m2",
            programme="pr",
            title="Наставничество",
            task="g2",
            owner_text="заместитель директора",
            starts_on=date(2024, 9, 1),
            due_on=date(2024, 11, 30),
            expected="Пары работают",
            evidence="Приказ",
            state="planned",
        ),
    ),
    partners=(
        PartnerFact(
            id="pa",
            name="Школа-партнёр",
            agreement_number="1",
            agreement_date=date(2024, 3, 1),
            agreement_until=date(2024, 12, 31),
            promised_events=4,
        ),
    ),
    events=(EventFact(id="e1", partner="pa", topic="Открытые уроки", held_on=date(2024, 4, 10), outcome="Приёмы"),),
    plans=(
        PlanFact(
            id="d1",
            teacher="s1",
            goal="Освоить",
            mentoring="has",
            mentor="s2",
            starts_on=date(2024, 3, 1),
            ends_on=date(2024, 12, 1),
            state="running",
        ),
    ),
    deficits=(DeficitFact(id="df", plan="d1", description="Оценивание"),),
    activities=(
        ActivityFact(id="ac", plan="d1", title="Курсы", due_on=date(2024, 10, 1), state="planned"),
        ActivityFact(id="ad", plan="d1", title="Урок", due_on=date(2024, 4, 1), state="done"),
    ),
    stage_tasks=(StageTaskFact(id="st", task="map", state="done"),),
    assignments=(AssignmentFact(id="as", role="coordinator", person="Координатор"),),
)


def spoilt(member: str, row: str, **fields: Any) -> SchoolFacts:
    """The sound school with fields of one row changed."""
    rows = tuple(replace(item, **fields) if item.id == row else item for item in getattr(SOUND, member))
    assert rows != getattr(SOUND, member)
    return replace(SOUND, **{member: rows})


def without(*members: str) -> SchoolFacts:
    """The sound school without all rows of some kinds."""
    return replace(SOUND, **{member: () for member in members})


def with_more(member: str, *rows: Any) -> SchoolFacts:
    """The sound school with more rows."""
    return replace(SOUND, **{member: (*getattr(SOUND, member), *rows)})


def found(
    facts: SchoolFacts = SOUND,
    *,
    pack: Pack = PACK,
    answers: dict[str, Answer] | None = None,
    required: Iterable[RequiredField] = (),
) -> tuple[Finding, ...]:
    """What the check finds; each finding has words, and a value for every blank in them."""
    findings = check_school(facts, pack, ANSWERS if answers is None else answers, required)
    for finding in findings:
        for sentence in WORDS[finding.code].values():
            assert set(PLACEHOLDER.findall(sentence)) <= set(finding.params), finding
    return findings


def codes(facts: SchoolFacts = SOUND, **details: Any) -> list[str]:
    """The codes of what the check finds."""
    return [str(finding.code) for finding in found(facts, **details)]

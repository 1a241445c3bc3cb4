"""The kinds of tables that a school has, what their columns may hold, and the headings by which that is known.

The layouts of the reports of ФИС ОКО are not confirmed (field notes 2.5), so nothing depends on the order of columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class TableKind(StrEnum):
    """What a table is about."""

    MARKS = "marks"
    JOURNAL = "journal"
    SCORES = "scores"
    TASKS = "tasks"
    PLANNED = "planned"
    GROUPS = "groups"
    EXAMS = "exams"
    STAFF = "staff"
    CLASSES = "classes"

    @property
    def is_result(self) -> bool:
        """Whether it is a report on a check paper."""
        return self in _REPORTS

    @property
    def has_tasks(self) -> bool:
        """Whether its columns may be the tasks of a paper."""
        return self in (TableKind.TASKS, TableKind.GROUPS, TableKind.PLANNED)


_REPORTS = (
    TableKind.MARKS,
    TableKind.JOURNAL,
    TableKind.SCORES,
    TableKind.TASKS,
    TableKind.PLANNED,
    TableKind.GROUPS,
)
IGNORED = "ignored"
TASK, SCORE, OWN, OTHER = "task", "score", "own", "other"
"""Columns of tasks and scores: which one is told by the heading. «own», «other»: a column a school."""
LABELS = ("group", "municipality", "school", "login")
"""Columns that say whose row it is."""
MARK_COLUMNS = ("mark_2", "mark_3", "mark_4", "mark_5")
PERCENT_COLUMNS = ("mark_2_percent", "mark_3_percent", "mark_4_percent", "mark_5_percent")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column may hold; a heading (folded, see `cells.plain`) that `heading` finds holds it."""

    code: str
    heading: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def fits(self, heading: str) -> bool:
        """Whether a folded heading says so."""
        return bool(self.heading.search(heading)) and not (self.unless and self.unless.search(heading))


# Patterns are written in Russian letters only: Latin look-alikes are folded before they are compared.
_PEOPLE = r"обуч|учащ|учен|уч-ся|чел|выпуск|участ|детей|сдава|писал|выполнял"
_COUNT = r"кол-?\s?во|количество|число|всего|численн|наполняем"
_PERSON = r"^ф\W{0,2}и\W{0,2}о\b|фамилия\W+(?:и\W+)?имя|^(?:сотрудник|работник|педагог|учитель|преподаватель)(?:и|я)?$"
_AWAY = r"телефон|почт|адрес|снилс|паспорт|инн\b|диплом|учебное заведение|приказ|прием|аттестац|аттестован|награ|звани"
_MARK = (
    r"(?:^|отметк\w*|оценк\w*|получил\w*|на|балл\w*|кол-?во|доля|%|«|\"|,|/)"
    r"\s*[«\"']?{0}[»\"']?\s*(?:$|[,(%/]|чел|шт|кол|доля|проц)"
)
_SHARE = r"%|доля|процент"


def _m(code: str, heading: str, unless: str = "") -> Meaning:
    return Meaning(code, re.compile(heading), re.compile(unless) if unless else None)


def _marks() -> list[Meaning]:
    found = []
    for mark in "2345":
        found.append(Meaning(f"mark_{mark}_percent", re.compile(rf"(?=.*(?:{_SHARE}))(?:{_MARK.format(mark)})")))
        found.append(_m(f"mark_{mark}", _MARK.format(mark), _SHARE))
    return found


_WHOSE = [
    _m("login", r"^логин"),
    _m("group", r"групп\w* участ|^групп|^территор|^ате\b|^регион|^субъект"),
    _m("school", r"^оо$|название оо|наименование оо|^школа|образовательн\w* организац", r"кол-?во|количество|число"),
    _m("municipality", r"муниципал|^мо$|^район"),
]
_WHEN = [
    _m("year", r"^год|учебный год|^период"),
    _m("grade", r"^класс|^параллель", r"руковод"),
    _m("subject", r"предмет|дисциплин"),
]
_HOW_MANY = [
    _m(
        "participants",
        rf"(?:{_COUNT})\W*(?:{_PEOPLE})|^участник|^{_COUNT}$|^писал|^сдавал|^выполнял|^n$",
        r"\bоо\b|%|доля",
    )
]
_LEFT_OUT = [_m(IGNORED, r"успеваем|качеств|^№|п/п|кол-?во оо|количество оо|число оо")]

_MEANINGS: dict[TableKind, list[Meaning]] = {
    TableKind.MARKS: [*_LEFT_OUT, *_WHOSE, *_WHEN, *_HOW_MANY, *_marks()],
    TableKind.JOURNAL: [
        *_LEFT_OUT,
        _m("lowered", r"понизил"),
        _m("confirmed", r"подтвердил"),
        _m("raised", r"повысил"),
        *_WHOSE,
        *_WHEN,
        *_HOW_MANY,
        _m("percent", _SHARE),
    ],
    TableKind.SCORES: [*_LEFT_OUT, *_WHOSE, *_WHEN, *_HOW_MANY],
    TableKind.TASKS: [*_LEFT_OUT, *_WHOSE, *_WHEN, *_HOW_MANY],
    TableKind.GROUPS: [*_LEFT_OUT, *_WHOSE, *_WHEN, *_HOW_MANY],
    TableKind.PLANNED: [
        _m("task_label", r"^№|номер|^задани"),
        _m("max_score", r"макс"),
        _m("difficulty", r"уровень|сложност"),
        _m("planned", r"планируем|умени|проверяем|требован|^блок|результат|содержани"),
        *_HOW_MANY,
    ],
    TableKind.EXAMS: [
        _m(IGNORED, r"успеваем|качеств|^№|п/п|медал|аттестат|до 60|61|81|100 ?балл|^100$|макс"),
        _m("procedure", r"процедур|^экзамен$|^гиа$|форма|^вид\b"),
        *_WHEN,
        _m("below_percent", rf"(?=.*(?:{_SHARE}))(?:.*(?:ниже мин|ниже пор|не преодол|не сдал|не набрал|неуд))"),
        _m("below", r"ниже мин|ниже пор|не преодол|не сдал|не набрал|неуд", _SHARE),
        _m("mean_score", r"средн\w*\W+(?:первичн\w*|тестов\w*)?\W*балл", r"отметк|оценк|област|регион|район|росси|рф"),
        _m(IGNORED, r"средн"),
        *_marks(),
        *_HOW_MANY,
    ],
    TableKind.STAFF: [
        _m(IGNORED, r"классн\w* руковод|^№|п/п|таб\w*\W*№|табельн"),
        _m("training_hours", r"(?=.*(?:курс|повыш\w* квал|кпк|\bпк\b))(?=.*(?:час|объем))|^объем\b|^кол-?во часов$"),
        _m("last_training", r"курс|повыш\w* квалиф|кпк|\bпк\b", r"тема|название|наименование|место"),
        _m(IGNORED, rf"{_AWAY}|тема|место прох"),
        _m("full_name", _PERSON),
        _m("surname", r"^фамилия"),
        _m("name", r"^имя"),
        _m("patronymic", r"^отчество"),
        _m("category", r"категор"),
        _m("birth", r"рожд|^д\W?р$"),
        _m("experience", r"(?=.*стаж)(?=.*(?:пед|специальн|преподав|учител))"),
        _m("any_experience", r"стаж", r"общ|руковод|в (?:данной|этой) (?:организ|школ)|в оо|в должности"),
        _m("education", r"образовани", r"организац|учрежд|дополн"),
        _m("position", r"должност"),
        _m("is_external", r"совместител|вид занятости"),
        _m("retired", r"пенси"),
        _m("workload", r"нагрузк|час\w* в недел|тарификац|^ставк|кол-?во ставок"),
        _m("subjects", r"предмет|дисциплин"),
    ],
    TableKind.CLASSES: [
        _m(IGNORED, r"руковод|^№|п/п|пол$|рожд|смен|кабинет|мальчик|девоч|выбыл|прибыл"),
        _m("pupil", rf"{_PERSON}|^(?:ученик|обучающийся|учащийся|фамилия)$"),
        _m("letter", r"литер|^буква"),
        _m("grade", r"параллель|номер класса|^год обуч"),
        _m("class_name", r"^класс|наименование класса|название класса"),
        _m("pupils", rf"(?:{_COUNT})\W*(?:{_PEOPLE}|в классе|$)|^(?:обучающихся|учеников|учащихся|детей)|^списочн"),
        _m("building", r"здание|корпус|филиал|^адрес"),
    ],
}  # fmt: skip


def meanings_of(kind: TableKind) -> tuple[str, ...]:
    """What a column of such a table may hold, in the order in which a person chooses."""
    extra: Sequence[str] = ()
    if kind is TableKind.SCORES:
        extra = (SCORE,)
    elif kind is TableKind.PLANNED:
        extra = (OWN, OTHER, "group", TASK)
    elif kind.has_tasks:
        extra = (TASK,)
    named = dict.fromkeys(meaning.code for meaning in _MEANINGS[kind] if meaning.code != IGNORED)
    return (IGNORED, *named, *extra)


@cache
def patterns_of(kind: TableKind) -> tuple[Meaning, ...]:
    """The headings of a kind, the most particular first."""
    return tuple(_MEANINGS[kind])


_TITLES = (
    (TableKind.GROUPS, r"выполнение заданий группами"),
    (TableKind.TASKS, r"выполнение заданий"),
    (TableKind.JOURNAL, r"сравнение отметок|отметок с отметками по журналу"),
    (TableKind.MARKS, r"статистика по отметкам"),
    (TableKind.SCORES, r"распределение первичных баллов"),
    (TableKind.PLANNED, r"достижение планируемых"),
    (TableKind.STAFF, r"кадровый состав|педагогическ\w* (?:работник|состав)|список (?:педагог|учител|сотрудник)"),
    (TableKind.CLASSES, r"список классов|контингент|наполняемость|комплектование"),
)


def titled_kind(words: str) -> TableKind | None:
    """The kind that a folded title names; the longer title first."""
    return next((kind for kind, title in _TITLES if re.search(title, words)), None)

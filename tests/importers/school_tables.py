"""Tables of a school for the tests: reports of ФИС ОКО, exams, staff, classes; no person in them is real."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]
LOGIN = "edu720001"
OWN = f"МАОУ «Лесная СОШ» ({LOGIN})"
TITLE = "ВПР 2024 Математика 5 класс"


def save(path: Path, rows: Rows, name: str = "Лист1", merged: Sequence[str] = ()) -> Path:
    """A workbook of one sheet; cells of `merged` are joined."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for place in merged:
        sheet.merge_cells(place)
    book.save(path)
    return path


def marks(own: Sequence[Any] = (20, 15, 40, 30, 15)) -> list[list[Any]]:
    """«Статистика по отметкам» in percent: participants, then shares of 2, 3, 4, 5."""
    return [
        [TITLE],
        ["Статистика по отметкам"],
        ["Группы участников", "Кол-во участников", 2, 3, 4, 5],
        ["Вся выборка", 1_400_000, 11.2, 38.4, 34.1, 16.3],
        ["Тюменская обл.", 18_000, 9.1, 37.9, 36.0, 17.0],
        ["Лесной муниципальный район", 250, 12.4, 41.2, 32.0, 14.4],
        [OWN, *own],
    ]


def journal(own: Sequence[tuple[Any, Any]] = ((5, 25), (13, 65), (2, 10), (20, 100))) -> list[list[Any]]:
    """«Сравнение отметок с отметками по журналу»: a label, then its rows."""
    rows: list[list[Any]] = [
        [TITLE],
        ["Сравнение отметок с отметками по журналу"],
        ["Группы участников", "Кол-во участников", "%"],
    ]
    labels = (
        "Понизили (Отметка < Отметка по журналу) %",
        "Подтвердили (Отметка = Отметке по журналу) %",
        "Повысили (Отметка > Отметка по журналу) %",
        "Всего",
    )
    regional = ((4_500, 25), (12_000, 66.67), (1_500, 8.33), (18_000, 100))
    for label, figures in (("Тюменская обл.", regional), (OWN, own)):
        rows.append([label, None, None])
        rows += [[words, *pair] for words, pair in zip(labels, figures, strict=True)]
    return rows


def scores() -> list[list[Any]]:
    """«Распределение первичных баллов» from 0 to 6."""
    return [
        [TITLE],
        ["Распределение первичных баллов"],
        ["Группы участников", "Кол-во участников", *range(7)],
        ["Вся выборка", 1_400_000, 5, 10, 15, 20, 25, 15, 10],
        [OWN, 20, 5, 10, 15, 20, 25, 15, 10],
    ]


TASK_HEADS = ("1", "2", "3.1", "3.2", "4К1")


def tasks() -> list[list[Any]]:
    """«Выполнение заданий» with its row of maxima and its letters."""
    return [
        [TITLE],
        ["Выполнение заданий"],
        [None, None, "Б", "Б", "Б", "П", "П"],
        ["Группы участников", "Кол-во участников", *TASK_HEADS],
        ["Макс балл", None, 1, 2, 1, 1, 3],
        ["Вся выборка", 1_400_000, 85.32, 61.4, 70.1, 44.2, 31.7],
        ["Тюменская обл.", 18_000, 86.1, 62.0, 71.3, 45.0, 30.1],
        ["Лесной муниципальный район", 250, 80.0, 55.2, 66.4, 40.8, 22.9],
        [OWN, 20, 75.0, 42.5, 60.0, 35.0, 18.33],
    ]


def groups() -> list[list[Any]]:
    """«Выполнение заданий группами участников»: a row a mark under each label."""
    rows: list[list[Any]] = [
        [TITLE],
        ["Выполнение заданий группами участников"],
        ["Группы участников", "Кол-во участников", *TASK_HEADS],
        ["Макс балл", None, 1, 2, 1, 1, 3],
        ["Вся выборка", 1_400_000, None, None, None, None, None],
        *[[f"Ср.% вып. уч. гр.баллов {mark}", 1000, 50, 50, 50, 50, 50] for mark in (2, 3, 4, 5)],
        [OWN, 20, None, None, None, None, None],
    ]
    figures = {
        2: (3, 30, 10, 20, 0, 0),
        3: (8, 70, 35, 55, 25, 10),
        4: (6, 90, 60, 80, 55, 30),
        5: (3, 100, 90, 100, 80, 70),
    }
    return rows + [[f"Ср.% вып. уч. гр.баллов {mark}", *figures[mark]] for mark in (2, 3, 4, 5)]


def planned() -> list[list[Any]]:
    """«Достижение планируемых результатов»: tasks in rows, territories in columns."""
    return [
        [TITLE],
        ["Достижение планируемых результатов"],
        ["№", "Планируемый результат", "Макс балл", "РФ", "Тюменская обл.", OWN],
        ["1", "Читать и сравнивать числа", 1, 85.3, 86.1, 75.0],
        ["2", "Решать задачи на доли", 2, 61.4, 62.0, 42.5],
        ["3.1", "Находить часть числа", 1, 70.1, 71.3, 60.0],
    ]


REPORTS = {
    "marks": marks, "journal": journal, "scores": scores, "tasks": tasks, "groups": groups, "planned": planned,
}  # fmt: skip


def exams() -> list[list[Any]]:
    """ОГЭ and ЕГЭ of two years in one table; a year stands once over its rows."""
    return [
        ["Результаты государственной итоговой аттестации"],
        ["Год", "Экзамен", "Предмет", "Участников", "«2»", "«3»", "«4»", "«5»", "Ниже минимума", "Средний балл"],
        [2024, "ОГЭ", "Русский язык", 12, 1, 5, 4, 2, None, "3,6"],
        [None, "ОГЭ", "Математика", 12, 2, 6, 3, 1, None, "3,3"],
        [None, "ЕГЭ", "Математика (профильная)", 5, None, None, None, None, 1, "48,4"],
        [None, "ЕГЭ", "Математика (базовая)", 4, 0, 2, 1, 1, None, None],
        ["2022/2023", "ОГЭ", "Русский язык", 10, 0, 4, 4, 2, None, None],
        ["Итого", None, None, 43, None, None, None, None, None, None],
    ]


STAFF_HEADS = (
    "№ п/п", "Ф.И.О.", "Дата рождения", "Должность", "Преподаваемый предмет", "Образование",
    "Квалификационная категория", "Пед. стаж", "Курсы повышения квалификации (дата)", "Кол-во часов курсов",
    "Учебная нагрузка, ч",
)  # fmt: skip


def staff() -> list[list[Any]]:
    """A list of six with a section row, a vacancy, a person named twice and words that are not in the lists."""
    return [
        ["Педагогический состав на 01.09.2024"],
        list(STAFF_HEADS),
        [1, "Берёзкина-Лесная Анна Петровна", "12.03.1980", "учитель", "русский язык и литература", "высшее",
         "высшая", "20 лет", "15.03.2023", 72, 18],
        [2, "О'Коннор Мария Ивановна", 1975, "Учитель математики", None, "Высшее профессиональное", "1 кв. категория",
         "25", "март 2022", "36 ч.", "22,5"],
        ["Учителя начальных классов"],
        [3, "Соснова Ольга Олеговна", "1990 г.р.", "учитель начальных классов", "начальные классы",
         "среднее специальное", "вторая", "8 лет 3 мес.", "нет данных", None, 18],
        [4, "Дубов Пётр Иванович", "01.05.61", "библиотекарь", "робототехника", "высшее", "СЗД", "40",
         "2021", None, "1 ставка"],
        [5, "Берёзкина - Лесная Анна Петровна", None, "зам. директора по УВР", "родной язык", None, None,
         None, None, None, 4],
        [6, "Вакансия", None, "учитель физики", None, None, None, None, None, None, None],
        ["Итого", None, None, None, None, None, None, None, None, None, 62.5],
    ]  # fmt: skip


def classes() -> list[list[Any]]:
    """Classes as a school writes them."""
    return [
        ["Класс", "Классный руководитель", "Количество обучающихся"],
        ["1А", "Соснова О. О.", 18],
        ["5 «Б»", "О'Коннор М. И.", "21 чел."],
        ["9-a", None, 12],
        ["11", None, 7],
        ["Итого", None, 58],
    ]

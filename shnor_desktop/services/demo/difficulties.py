"""The register of difficulties of a demo school: skills named as a report names them, three lines under way."""

from __future__ import annotations

from datetime import date

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.models.difficulties import LearningDifficulty
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.results import ResultSheet, ResultTask
from shnor_desktop.services.demo.drafting import SchoolDraft
from shnor_desktop.services.demo.library import words
from shnor_desktop.services.difficulties import known_values, red_skills
from shnor_desktop.services.records import row_id_for
from shnor_desktop.services.result_reading import reading

_GRADE = 6
_SUBJECT = "math"
_MADE_ON = date(2024, 9, 18)
_WORK = (
    ("not_trained", "Разминка на пять минут в начале урока, проверочная работа раз в две недели.", "in_work"),
    ("earlier_gap", "Повторение темы прошлого года по карточкам, консультация по вторникам.", "in_work"),
    ("reading", "Разбор условия вслух, задачи с лишними данными; один урок в месяц без вычислений.", "open"),
)


def write_difficulties(draft: SchoolDraft, year: int) -> None:
    """Wordings of the tasks of one paper, then what was red in it with what is done about that."""
    _name_skills(draft, year)
    draft.write("загружены результаты: достижение планируемых результатов", _MADE_ON)
    cards = [
        view.card
        for view in reading(draft.workspace).cards
        if (view.card.procedure, view.card.subject, view.card.grade) == ("vpr", _SUBJECT, _GRADE)
    ]
    owner = next((person.id for person in draft.staff if _SUBJECT in person.subjects), None)
    for one, (cause, action, state) in zip(red_skills(draft.workspace, cards), _WORK, strict=False):
        values = {**known_values(one.card, one.skill), "cause": cause, "action": action, "state": state, "owner": owner}
        values["due_on"] = date(year, 12, 20).isoformat()
        draft.add(LearningDifficulty, {name: value for name, value in values.items() if value is not None})
    draft.write("внесено в реестр затруднений", _MADE_ON)


def _name_skills(draft: SchoolDraft, year: int) -> None:
    key: dict[str, WireValue] = {"procedure": "vpr", "subject": _SUBJECT, "grade": _GRADE, "year": year}
    sheet = row_id_for(draft.workspace, info_of(ResultSheet), key)
    for code, skill in words("papers")["skills"][_SUBJECT].items():
        task = row_id_for(draft.workspace, info_of(ResultTask), {"sheet": sheet, "code": code})
        draft.change(ResultTask, task, {"skill": skill})

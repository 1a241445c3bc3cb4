"""What a reviewer reads of a school: every place with its words, its level, what changed, and its threads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import LEVEL_CAPTIONS, Level, Pack
from shnor_desktop.exchange.package_json import SCHOOL_PACKAGE
from shnor_desktop.models.base import Entity
from shnor_desktop.models.development_plans import DevelopmentPlan
from shnor_desktop.models.diagnostics import CauseMark, DiagnosticAnswer, ProblemField
from shnor_desktop.models.education import (
    EducationLevel,
    ExtraOffer,
    Graduation,
    LiteracyCheck,
    ParentSurvey,
    StudyDirection,
)
from shnor_desktop.models.partners import JointPlanItem, PartnerEvent
from shnor_desktop.models.programme import Goal, Programme, ProgrammeParagraph, TargetIndicator
from shnor_desktop.models.pupils import RehearsalExam, RiskPupil
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.review import Remark
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.models.school import School
from shnor_desktop.models.teaching import CrossCheck, TrainingCourse
from shnor_desktop.services import records
from shnor_desktop.services.centre import SchoolLine, remarks, school_line
from shnor_desktop.services.diagnosis import MAP, BlockView, QuestionView, form_view_of
from shnor_desktop.services.diagnosis_documents import expert_words
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme_review import changed_places
from shnor_desktop.services.remark_feed import RemarkThread, is_open, threads
from shnor_desktop.services.review_files import ReviewFile, review_files
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.records import PackageRecord

Place = tuple[str, str]
"""(entity, row)"""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One place that a remark can be left at."""

    entity: str
    row: str
    field: str
    caption: str
    text: str
    note: str = ""
    level: Level | None = None
    is_changed: bool = False
    remarks: int = 0


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """A part of the school's work: «Карта: Кадры», «Программа: Введение», «Дорожная карта»."""

    id: str
    group: str
    title: str
    items: tuple[ReviewItem, ...]
    to_whole: int = 0
    """Open remarks to the part as a whole."""

    @property
    def open_remarks(self) -> int:
        """Remarks of the section that are not settled."""
        return self.to_whole + sum(item.remarks for item in self.items)

    @property
    def changed(self) -> int:
        """Places that the newest package changed."""
        return sum(1 for item in self.items if item.is_changed)


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A school as its centre reads it."""

    line: SchoolLine
    sections: tuple[ReviewSection, ...]
    threads: tuple[RemarkThread, ...]


_COUNTED: tuple[tuple[type[Entity], tuple[str, ...]], ...] = (
    (EducationLevel, ("year", "pupils_in_depth", "lesson_minutes", "independent_minutes")),
    (StudyDirection, ("kind", "grades")),
    (ExtraOffer, ("sphere", "pupils")),
    (ParentSurvey, ("held_on", "asked", "satisfied")),
    (Graduation, ("level", "graduates", "passed_both", "certificates", "profile_chose", "profile_passed")),
    (LiteracyCheck, ("year", "grade", "participants", "below_base")),
)
"""What the indicators come from, with the fields that are read beside the name of a row."""


def review(workspace: Workspace, school: str) -> ReviewView:
    """Everything that a school sent, in the order in which it is read; off the interface thread."""
    facts = read_facts(workspace, school)
    found = remarks(workspace, school)
    touched = _changed_places(workspace, school)
    marks = _Marks(touched, found, _changed_fields(workspace, school, touched))
    changed = tuple(marks.item(*place) for place in changed_places(workspace, school, touched))
    sections = (
        _passport(workspace, school, marks),
        *(_rows(workspace, school, marks, cls, cls.plural, details) for cls, details in _COUNTED),
        *_map_sections(workspace, facts, marks),
        _rows(workspace, school, marks, CauseMark, "Причины", ("level", "facts")),
        _rows(workspace, school, marks, ProblemField, "Проблемные поля", ("causes", "facts")),
        _rows(workspace, school, marks, Programme, "Паспорт программы", ("basis", "expected", "developers")),
        ReviewSection("programme_changes", "Программа", "Что изменилось в программе", changed),
        *_texts(workspace, school, marks),
        _rows(workspace, school, marks, Goal, "Цели и задачи", ()),
        _rows(workspace, school, marks, TargetIndicator, "Целевые показатели", ("base", "target", "unit")),
        _rows(workspace, school, marks, Measure, "Дорожная карта", ("deadline", "owner_text", "expected", "evidence")),
        _rows(
            workspace, school, marks, PartnerEvent, "События с партнёрами", ("held_on", "outcome", "taken_into_work")
        ),
        _rows(workspace, school, marks, JointPlanItem, "Планы с партнёрами", ("due_on", "expected", "state")),
        _rows(workspace, school, marks, RiskPupil, "Группа риска", ("since", "until", "outcome")),
        _rows(
            workspace, school, marks, RehearsalExam, "Репетиционные экзамены", ("held_on", "participants", "analysis")
        ),
        _rows(workspace, school, marks, DevelopmentPlan, "Планы развития педагогов", ("starts_on", "ends_on", "state")),
        _files(workspace, school, marks),
        _rows(workspace, school, marks, TrainingCourse, "Курсы педагогов", ("state", "ends_on", "hours", "used")),
        _rows(workspace, school, marks, CrossCheck, "Взаимопроверки", ("held_on", "works", "differing", "conclusion")),
    )
    said = tuple(threads(workspace, school))
    return ReviewView(school_line(workspace, school), tuple(s for s in sections if s.items), said)


class _Marks:
    """What stands beside each place: whether it changed, how many open remarks it has."""

    def __init__(self, changed: frozenset[Place], found: Iterable[Remark], fields: frozenset[str]) -> None:
        self._changed = changed
        self._fields = fields
        self._open: Counter[tuple[str, str, str]] = Counter(
            _place_of(remark.target_entity or "", remark.target_row or "", remark.target_field or "")
            for remark in found
            if is_open(remark.kind, remark.state)
        )

    def item(self, entity: str, row: str, caption: str, text: str, **more: object) -> ReviewItem:
        """A place with its marks."""
        is_changed = (entity, row) in self._changed
        if entity == School.log_name and more.get("field"):
            is_changed = str(more["field"]) in self._fields
        return ReviewItem(
            entity=entity,
            row=row,
            field=str(more.get("field", "")),
            caption=caption,
            text=text,
            note=str(more.get("note", "")),
            level=level if isinstance(level := more.get("level"), Level) else None,
            is_changed=is_changed,
            remarks=self._open[_place_of(entity, row, str(more.get("field", "")))],
        )

    def open_at(self, entity: str, row: str) -> int:
        """Open remarks to a whole row whose fields are places of their own."""
        return self._open[_place_of(entity, row, "")]


def _place_of(entity: str, row: str, field: str) -> tuple[str, str, str]:
    """Where a remark is shown: the fields of a school's card stand apart, any other row is one place."""
    return (entity, row, field if entity == School.log_name else "")


def _changed_fields(workspace: Workspace, school: str, touched: frozenset[Place]) -> frozenset[str]:
    """Fields of the school's card that were written after its package before the newest one was made."""
    if (School.log_name, school) not in touched:
        return frozenset()
    with workspace.reading() as reader:
        made = sorted(one.made_at for one in _incoming(reader.records.packages(school)))
        lines = reader.history(school, School.log_name, school) if len(made) > 1 else []
    return frozenset(line.key.field for line in lines if line.time > made[-2])


def _incoming(found: Iterable[PackageRecord]) -> list[PackageRecord]:
    return [record for record in found if record.direction == "in" and record.kind == SCHOOL_PACKAGE]


def _changed_places(workspace: Workspace, school: str) -> frozenset[Place]:
    """Rows that the newest package changed; empty after the first one, when everything is new."""
    with workspace.reading() as reader:
        found = reader.records.packages(school)
    newest = max(_incoming(found), key=lambda record: (record.number, record.made_at), default=None)
    if newest is None:
        return frozenset()
    touched = json.loads(newest.details).get("touched", [])
    return frozenset((entity, row) for entity, row in touched)


def _passport(workspace: Workspace, school: str, marks: _Marks) -> ReviewSection:
    card = records.row(workspace, School, school, school)
    fields = records.fields_of(workspace, School)
    items: tuple[ReviewItem, ...] = ()
    if card is not None:
        shown = {name: records.shown(field, getattr(card, name)) for name, field in fields.items()}
        items = tuple(
            marks.item("school", school, fields[name].caption, f"{text} {fields[name].unit}".strip(), field=name)
            for name, text in shown.items()
            if text
        )
    return ReviewSection("passport", "Школа", "Паспорт и контекст", items, marks.open_at(School.log_name, school))


def _map_sections(workspace: Workspace, facts: SchoolFacts, marks: _Marks) -> list[ReviewSection]:
    pack = workspace.pack_of(facts.school.id if facts.school else None)
    view = form_view_of(pack, facts, MAP)
    sections = [_block(block, marks) for block in view.blocks]
    profile = tuple(
        marks.item("factor_level", one.factor, _factor_title(pack, one.factor), one.summary, level=one.level)
        for one in view.profile
    )
    return [*sections, ReviewSection("profile", "Диагностическая карта", "Профиль рисков", profile)]


def _factor_title(pack: Pack, code: str) -> str:
    factor = pack.factor(code)
    return factor.title if factor else code


def _block(block: BlockView, marks: _Marks) -> ReviewSection:
    items = tuple(_answer(view, marks) for view in block.questions)
    return ReviewSection(f"map:{block.block.code}", "Диагностическая карта", block.block.title, items)


def _answer(view: QuestionView, marks: _Marks) -> ReviewItem:
    text = view.shown or ("не применимо" if view.is_answered else "нет ответа")
    level = view.step.level if view.question.thresholds or view.step.level is not Level.UNKNOWN else None
    evidence = view.typed.evidence if view.typed and view.typed.evidence else ""
    comment = view.typed.comment if view.typed and view.typed.comment else ""
    parts = (view.origin, evidence, comment, expert_words(view))
    note = " · ".join(part for part in parts if part)
    row = view.typed.id if view.typed else view.question.code
    return marks.item(
        DiagnosticAnswer.log_name, row, view.question.caption, text, field=view.question.code, note=note, level=level
    )


def _texts(workspace: Workspace, school: str, marks: _Marks) -> list[ReviewSection]:
    paragraphs = records.rows(workspace, ProgrammeParagraph, school)
    titles = dict(workspace.pack_of(school).code_list("programme_sections"))
    sections = []
    for code, title in titles.items():
        own = sorted((p for p in paragraphs if p.section == code), key=lambda p: (p.position or "", p.id))
        items = tuple(
            marks.item(ProgrammeParagraph.log_name, p.id, f"{title}, абзац {at}", p.body or "")
            for at, p in enumerate(own, 1)
        )
        sections.append(ReviewSection(f"text:{code}", "Программа", title, items))
    return sections


def _files(workspace: Workspace, school: str, marks: _Marks) -> ReviewSection:
    """A remark on a file stands at the row that it is beside; the file itself is named in the place of the field."""
    items = tuple(
        marks.item(*_owner(one), one.file.name, one.beside, field=one.file.id, note=one.facts)
        for one in review_files(workspace, school)
    )
    return ReviewSection("attachment", "Файлы", "Приложенные файлы", items)


def _owner(one: ReviewFile) -> Place:
    return one.file.owner.entity, one.file.owner.row


def _rows(
    workspace: Workspace, school: str, marks: _Marks, cls: type[Entity], title: str, details: tuple[str, ...]
) -> ReviewSection:
    info = info_of(cls)
    fields = records.fields_of(workspace, cls)
    groups = {cls.log_name: "Школа" for cls, _ in _COUNTED}
    groups |= {"cause_mark": "Диагностическая карта"}
    groups |= {"problem_field": "Диагностическая карта", "partner_event": "Работа", "development_plan": "Работа"}
    groups |= {"training_course": "Работа", "cross_check": "Работа"}
    found = records.rows(workspace, cls, school)
    found.sort(key=lambda row: (str(getattr(row, "position", "") or ""), row.id))
    items = []
    for row in found:
        name = records.shown(fields[info.title_field], getattr(row, info.title_field)) or info.caption
        words = [
            f"{fields[part].caption}: {text}"
            for part in details
            if (text := records.shown(fields[part], getattr(row, part)))
        ]
        items.append(marks.item(info.log_name, row.id, name, "\n".join(words)))
    return ReviewSection(info.log_name, groups.get(info.log_name, "Программа"), title, tuple(items))


def level_words(level: Level) -> str:
    """«высокая», «средняя», «низкая», «не определена»."""
    return LEVEL_CAPTIONS[level]

"""What Ctrl+K finds in a school: pages, fields of the passport, teachers, questions, measures, partners."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain import findings
from shnor_desktop.models.partners import PartnerSchool, Practice
from shnor_desktop.models.pupils import RiskPupil
from shnor_desktop.models.quality import Decision, QualityControl, ResourceRequest, SchoolOrder
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.models.school import School
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.ui.pages import Desk, Target
from shnor_desktop.ui.shell.pages import SearchEntry

_ROWS = (
    (StaffMember, findings.STAFF, "педагог", "user"),
    (Measure, findings.ROADMAP, "мероприятие", "list-checks"),
    (PartnerSchool, findings.PARTNERS, "школа-партнёр", "handshake"),
    (Practice, findings.PARTNERS, "практика", "handshake"),
    (RiskPupil, findings.PUPILS, "ученик группы риска", "user"),
    (QualityControl, findings.QUALITY, "контроль ВСОКО", "clipboard-list"),
    (Decision, findings.QUALITY, "поручение", "clipboard-list"),
    (ResourceRequest, findings.QUALITY, "заявка", "clipboard-list"),
    (SchoolOrder, findings.QUALITY, "приказ", "clipboard-list"),
)


def read_entries(desk: Desk) -> list[SearchEntry]:
    """Every entry, pages first; called off the interface thread."""
    return [*_fields(desk), *_questions(desk), *_rows(desk)]


def _fields(desk: Desk) -> Iterator[SearchEntry]:
    info = info_of(School)
    for field in info.fields.values():
        target = Target(info.log_name, desk.school, field.name)
        yield SearchEntry(field.caption, "поле паспорта", findings.PASSPORT, str(target), field.help, "school")


def _questions(desk: Desk) -> Iterator[SearchEntry]:
    form = desk.workspace.pack.form("diagnostic_map")
    for block in form.blocks if form else ():
        for question in block.questions:
            target = Target("diagnostic_answer", "", question.code)
            yield SearchEntry(question.caption, "показатель ДТК", findings.MAP, str(target), question.code, "map")


def _rows(desk: Desk) -> Iterator[SearchEntry]:
    for cls, page, kind, icon in _ROWS:
        for row, title in records.reference_choices(desk.workspace, cls.log_name, desk.school):
            yield SearchEntry(title, kind, page, str(Target(cls.log_name, row)), icon=icon)

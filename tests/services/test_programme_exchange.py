"""Versions of the programme travel with the package; the centre reads what changed since the one it knew."""

from __future__ import annotations

from shnor_desktop.models.diagnostics import ProblemField
from shnor_desktop.services import programme, programme_text, records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme_versions import content_of, save_version, versions
from shnor_desktop.services.review import review
from tests.services.exchange_desks import Desks, desks, without_check

__all__ = ["desks", "without_check"]


def begin(desks: Desks) -> None:
    """The school begins its programme with one problem and keeps a version."""
    values = {"title": "Мало читают", "factors": [], "causes": "Нет книг", "rank": 1, "is_active": True}
    records.begin(desks.school, ProblemField, values)
    programme.ensure_programme(desks.school)
    save_version(desks.school, "для координатора")


def test_that_the_centre_reads_an_old_version_after_the_programme_changed(desks: Desks) -> None:
    begin(desks)
    desks.meet()
    school = desks.school.school
    (line,) = versions(desks.centre, school)
    assert (line.number, line.note, line.is_at_hand) == (1, "для координатора", True)
    first = programme_text.paragraphs_of(read_facts(desks.school), "introduction")[0]
    programme_text.edit_paragraph(desks.school, first.id, "Другое.")
    desks.receive(desks.send())
    assert content_of(desks.centre, line.id, school) == content_of(desks.school, line.id)
    assert first.body in [
        one.text for part in content_of(desks.centre, line.id, school).sections for one in part.paragraphs
    ]


def test_that_the_centre_sees_what_changed_since_the_version_that_it_knew(desks: Desks) -> None:
    begin(desks)
    desks.meet()
    school = desks.school.school
    assert not [section for section in review(desks.centre, school).sections if section.id == "programme_changes"]
    first = programme_text.paragraphs_of(read_facts(desks.school), "introduction")[0]
    programme_text.edit_paragraph(desks.school, first.id, f"{first.body} Добавлено.")
    save_version(desks.school)
    desks.receive(desks.send())
    (section,) = [one for one in review(desks.centre, school).sections if one.id == "programme_changes"]
    head, change = section.items
    assert head.caption.startswith("С прошлого пакета: Редакция 1")
    assert "[+ Добавлено" in change.text
    assert (change.entity, change.row) == ("programme_paragraph", first.id)

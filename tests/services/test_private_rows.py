"""Rows that stay: a package says that something was written, never what; the centre sees nothing of them."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from shnor_desktop.domain.log import ChangeKey
from shnor_desktop.models.attachments import Attachment
from shnor_desktop.models.registry import entities
from shnor_desktop.models.staying import stays
from shnor_desktop.models.teaching import FeedbackCard
from shnor_desktop.services import attachments, packages, records
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.attachments import Owner
from shnor_desktop.services.check import check
from shnor_desktop.services.history import history_steps
from shnor_desktop.services.package_files import open_package_file
from shnor_desktop.services.store_check import check_store_file
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check

__all__ = ["desks", "without_check"]

PLANTED = "нельзя выносить из школы"
SCAN = b"%PDF-1.7 " + PLANTED.encode("utf-8") + b"\n%%EOF\n"


def plant(desks: Desks) -> str:
    teacher = add_teacher(desks.school, "Примерова Инна Олеговна")
    values = {"teacher": teacher, "given_on": "2024-09-01", "strengths": PLANTED, "growth": f"тоже {PLANTED}"}
    card = records.begin(desks.school, FeedbackCard, values).row
    attachments.add_bytes(desks.school, Owner(FeedbackCard.log_name, card), f"{PLANTED}.pdf", SCAN, note=PLANTED)
    return card


def unpacked(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as members:
        found = {name: members.read(name) for name in members.namelist()}
    return {name: gzip.decompress(data) if name.endswith(".gz") else data for name, data in found.items()}


def sound(desks: Desks) -> bool:
    return all(check_store_file(desk.store.path, desks.clock).is_sound for desk in (desks.school, desks.centre))


@pytest.mark.parametrize("before_the_first_package", [True, False])
def test_that_no_member_of_a_package_holds_a_private_text(desks: Desks, before_the_first_package: bool) -> None:
    if not before_the_first_package:
        desks.meet()
    plant(desks)
    for name, data in unpacked(desks.send()).items():
        assert PLANTED.encode("utf-8") not in data, name
        assert PLANTED.encode("unicode_escape") not in data, name
        assert SCAN not in data, name
    full = packages.export_package(desks.school, desks.flash, full=True).path
    assert not any(PLANTED.encode("utf-8") in data for data in unpacked(full).values())


def test_that_the_centre_shows_nothing_of_a_private_row_and_both_stores_are_sound(desks: Desks) -> None:
    card = plant(desks)
    desks.meet()
    school = desks.school.school
    for cls in (FeedbackCard, Attachment):
        assert records.rows(desks.centre, cls, school) == []
    assert attachments.all_files(desks.centre, school) == []
    assert records.conflicts(desks.centre, school) == []
    assert history_steps(desks.centre, FeedbackCard.log_name, card, school) == []
    with desks.centre.reading() as reader:
        assert reader.records.blobs(school) == []
    assert records.rows(desks.school, FeedbackCard)[0].strengths == PLANTED
    assert sound(desks)


def test_that_edits_and_deletions_of_a_private_row_keep_the_round_trip_sound(desks: Desks) -> None:
    card = plant(desks)
    desks.meet()
    desks.clock.advance(hours=1)
    records.edit(desks.school, FeedbackCard.log_name, card, "agreed", PLANTED)
    assert desks.receive(desks.send()).code.is_fine
    records.remove(desks.school, FeedbackCard.log_name, card)
    assert desks.receive(desks.send()).code.is_fine
    receipt = packages.export_receipt(desks.centre, desks.school.school, desks.flash).path
    first = import_package(desks.school, receipt)
    assert import_package(desks.school, receipt, first.fingerprint).code.is_fine
    records.bring_back(desks.school, FeedbackCard.log_name, card)
    assert desks.receive(desks.send()).code.is_fine
    assert records.rows(desks.centre, FeedbackCard, desks.school.school) == []
    assert records.rows(desks.school, FeedbackCard)[0].agreed == PLANTED
    assert sound(desks)


def test_that_a_private_row_is_nothing_that_changed_for_the_centre(desks: Desks) -> None:
    desks.meet()
    plant(desks)
    desks.clock.advance(hours=1)
    assert desks.receive(desks.send()).code.is_fine
    newest = packages.packages(desks.centre, desks.school.school)[0]
    assert "feedback_card" not in newest.details
    assert "staff_member" in newest.details


def test_that_the_preview_says_what_stays(desks: Desks) -> None:
    plant(desks)
    leaving = packages.leaving(desks.school)
    assert {line.entity: line.rows for line in leaving.kept} == {"feedback_card": 1, "attachment": 1}
    assert "feedback_card" not in {line.entity for line in leaving.lines}
    assert (leaving.files, leaving.file_bytes) == (0, 0)
    held = {row.entity for row in open_package_file(desks.send()).held}
    assert "feedback_card" not in held


def test_that_the_same_bytes_beside_a_public_row_do_travel(desks: Desks) -> None:
    plant(desks)
    teacher = add_teacher(desks.school, "Вторая Анна Олеговна")
    attachments.add_bytes(desks.school, Owner("staff_member", teacher), "Приказ.pdf", SCAN)
    desks.meet()
    (file,) = attachments.all_files(desks.centre, desks.school.school)
    assert file.name == "Приказ.pdf"
    assert file.is_here


def test_that_whatever_stands_below_a_private_entity_stays_too() -> None:
    for info in entities().values():
        for field in info.fields.values():
            if field.target and entities()[field.target].stays:
                assert info.stays, f"{info.log_name}.{field.name} names a row that stays"
    assert not stays(ChangeKey("attachment", "no form of ours", "digest"))


def test_that_metrics_and_checks_of_the_centre_meet_no_private_row(desks: Desks) -> None:
    plant(desks)
    desks.meet()
    found = check(desks.centre, desks.school.school)
    assert not any(line.entity == "feedback_card" for line in found.lines)

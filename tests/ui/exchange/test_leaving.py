"""«Что уходит»: who can read it, and what changes with the two choices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import attachments, packages, records
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.attachments import Owner
from shnor_desktop.ui.pages.leaving import ORDINARY, LeavingChoice, LeavingDialog
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check

__all__ = ["desks", "without_check"]


def shown(dialog: LeavingDialog) -> list[tuple[str, ...]]:
    model = dialog.table.rows_model
    return [tuple(str(model.index(row, column).data()) for column in range(3)) for row in range(model.rowCount())]


@pytest.fixture
def dialog(qtbot: QtBot, desks: Desks) -> Callable[[], LeavingDialog]:
    owner = Owner(StaffMember.log_name, records.rows(desks.school, StaffMember)[0].id)
    attachments.add_bytes(desks.school, owner, "Приказ.pdf", b"%PDF-1.7 \n%%EOF\n")

    windows: list[QWidget] = []

    def make() -> LeavingDialog:
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        found = LeavingDialog(packages.leaving(desks.school), True, window)
        found.open()
        windows.append(window)
        return found

    return make


def test_that_without_the_key_of_the_centre_it_says_so_and_why(dialog: Callable[[], LeavingDialog]) -> None:
    found = dialog()
    assert "Ключ центра ещё не известен" in found.readers.words.text()
    assert found.plain.isHidden()
    assert found.choice == ORDINARY


def test_that_a_known_receiver_is_named_as_the_only_reader_until_encryption_is_left_out(
    desks: Desks, dialog: Callable[[], LeavingDialog]
) -> None:
    desks.meet()
    receipt = packages.export_receipt(desks.centre, desks.school.school, desks.flash).path
    import_package(desks.school, receipt, desks.centre.identity.certificate.fingerprint)
    add_teacher(desks.school, "Примерова Ольга Петровна")
    found = dialog()
    assert "МОЦ Лесного района" in found.readers.words.text()
    found.plain.setChecked(True)
    assert "не зашифрован" in found.readers.words.text()
    assert found.choice == LeavingChoice(plain=True)


def test_that_without_personal_data_neither_names_nor_files_are_listed(dialog: Callable[[], LeavingDialog]) -> None:
    found = dialog()
    assert any("есть персональные данные" in line for line in shown(found))
    assert any("Приказ.pdf" in line[2] for line in shown(found))
    found.impersonal.setChecked(True)
    assert not any("есть персональные данные" in line for line in shown(found))
    assert not any("Приказ.pdf" in line[2] for line in shown(found))
    assert any("остаётся в школе до обычного пакета" in line for line in shown(found))
    assert found.choice == LeavingChoice(impersonal=True)

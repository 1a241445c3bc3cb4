"""«УКЭП руководителя» in a window: the list is saved, the signature attached, what is wrong is said in the dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shnor_desktop.exchange.container import read_container
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.dialogs.qualified_signature import QualifiedDialog
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.shell import PageSpec
from shnor_desktop.ui.workspaces.school.exchange import ExchangePage
from tests.exchange.gost_tools import Signer, make_authority, make_signer
from tests.services.exchange_desks import Desks, desks, without_check
from tests.ui.exchange.test_exchange_in_windows import clean_check, make_desk

__all__ = ["clean_check", "desks", "make_desk", "without_check"]


@pytest.fixture(scope="module")
def director(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    """A director with a certificate of an authority."""
    folder = tmp_path_factory.mktemp("gost")
    return make_signer(folder / "director", under=make_authority(folder / "authority"))


@pytest.fixture
def package(desks: Desks) -> Path:
    """A package of the school."""
    return desks.send()


@pytest.fixture
def open_dialog(
    qtbot: QtBot, desks: Desks, clean_check: None, make_desk: Callable[[Workspace], Desk]
) -> Callable[[Path], QualifiedDialog]:
    """The dialog over the page of the exchange."""

    def opened(package: Path) -> QualifiedDialog:
        desk = make_desk(desks.school)
        desk.window.set_pages([PageSpec("exchange", "Обмен", "package", lambda: ExchangePage(desk))])
        desk.window.show()
        page = desk.window.page("exchange")
        assert isinstance(page, ExchangePage)
        dialog = QualifiedDialog(page, package)
        dialog.open()
        qtbot.waitUntil(lambda: not desk.tasks.is_busy(), timeout=30_000)
        return dialog

    return opened


def test_that_a_package_is_signed_in_three_steps(
    qtbot: QtBot, desks: Desks, package: Path, open_dialog: Callable[[Path], QualifiedDialog], director: Signer
) -> None:
    dialog = open_dialog(package)
    listed, signature = desks.flash / "list.xml", desks.flash / "list.xml.sig"
    dialog.save_list(listed)
    qtbot.waitUntil(lambda: "Перечень сохранён" in dialog.verdict.text(), timeout=30_000)
    signature.write_bytes(director.sign(listed.read_bytes(), "-cades"))
    with qtbot.waitSignal(dialog.attached, timeout=30_000) as told:
        dialog.attach_signature(signature)
    done = told.args[0]
    assert read_container(done.path).qualified is not None
    assert "Образцова Вера Примеровна" in dialog.verdict.text()
    assert "Отзыв сертификата не проверялся" in dialog.verdict.text()
    assert dialog.attach_button.isHidden()


def test_that_a_wrong_file_is_told_and_can_be_chosen_anew(
    qtbot: QtBot, desks: Desks, package: Path, open_dialog: Callable[[Path], QualifiedDialog], director: Signer
) -> None:
    dialog = open_dialog(package)
    wrong = desks.flash / "wrong.sig"
    wrong.write_bytes(director.sign(b"another list"))
    dialog.attach_signature(wrong)
    qtbot.waitUntil(lambda: "над другим файлом" in dialog.verdict.text(), timeout=30_000)
    assert dialog.attach_button.isEnabled()
    dialog.attach_signature(desks.flash / "gone.sig")
    qtbot.waitUntil(lambda: "не удалось прочитать" in dialog.verdict.text(), timeout=30_000)
    dialog.close()


def test_that_a_file_that_is_gone_is_told(
    qtbot: QtBot, desks: Desks, open_dialog: Callable[[Path], QualifiedDialog]
) -> None:
    dialog = open_dialog(desks.flash / "gone.shnor")
    qtbot.waitUntil(lambda: "не найден" in dialog.verdict.text(), timeout=30_000)
    dialog.close()

"""Channels in the window: a person sets one up, a package goes by itself, what is wrong is said beside the form."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.volumes import Volume
from shnor_desktop.services import centre as centre_service
from shnor_desktop.services import channels, drives, outbox
from shnor_desktop.services.channels import ChannelKind, ChannelSettings
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.pages import Desk, channels_pane, outbox_panel
from shnor_desktop.ui.pages.channels_pane import ChannelsPane
from shnor_desktop.ui.pages.channels_runner import Aside, ChannelsRunner, runner_of
from shnor_desktop.ui.shell.pages import PageSpec
from shnor_desktop.ui.workspaces.municipal.channels import ChannelsPage
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check
from tests.ui.exchange.test_exchange_in_windows import clean_check, make_desk, open_school

__all__ = ["clean_check", "desks", "make_desk", "without_check"]
WAIT = 20_000
MakeDesk = Callable[[Workspace], Desk]


def test_that_a_package_goes_by_itself_once_a_folder_is_set_up(
    qtbot: QtBot, desks: Desks, clean_check: None, make_desk: MakeDesk, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    page = open_school(qtbot, make_desk(desks.school))
    assert not page.outbox.send.isVisible()
    page.parts.select("channels")
    page.parts.chosen.emit("channels")
    pane = page._stack.currentWidget()
    assert isinstance(pane, ChannelsPane)
    pane.form.lines["title"].setText("общая папка")
    pane.form.set_folder(str(share))
    qtbot.mouseClick(pane.form.try_out, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Папка доступна" in pane.form.result.words.text(), timeout=WAIT)
    qtbot.mouseClick(pane.form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.table.rows_model.rowCount() == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: page.header.primary is not None and "отправить" in page.header.primary.text(), timeout=WAIT)
    page.save_package()
    qtbot.waitUntil(lambda: bool(list((share / channels.FOR_CENTRE).glob("*.shnor*"))), timeout=WAIT)
    qtbot.waitUntil(lambda: "передан" in shown(page.outbox.table.rows_model), timeout=WAIT)
    assert "●●○○" in shown(page.outbox.table.rows_model)
    page.parts.chosen.emit("journal")
    page.outbox.table.selectRow(0)
    (line,) = page.outbox._view.lines
    page.outbox.write_proof(line, tmp_path / "proof.pdf")
    qtbot.waitUntil((tmp_path / "proof.pdf").is_file, timeout=WAIT)


def shown(model: object) -> list[str]:
    rows, columns = model.rowCount(), model.columnCount()  # type: ignore[attr-defined]
    return [str(model.index(row, at).data()) for row in range(rows) for at in range(columns)]  # type: ignore[attr-defined]


def test_that_an_unknown_certificate_is_trusted_only_by_hand(
    qtbot: QtBot, desks: Desks, clean_check: None, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_school(qtbot, make_desk(desks.school))
    page.parts.chosen.emit("channels")
    pane = page._stack.currentWidget()
    assert isinstance(pane, ChannelsPane)
    tried: list[ChannelSettings] = []

    def answer(_workspace: Workspace, settings: ChannelSettings, _password: str | None) -> str:
        tried.append(settings)
        if not settings.pinned:
            params = {"host": "disk.example.ru", "fingerprint": "ab" * 32, "shown": "ABAB", "side": "outgoing"}
            raise KnownError("channel.certificate_unknown", **params)
        return "Сервер ответил"

    monkeypatch.setattr(channels_pane.channels, "try_channel", answer)
    pane.form.kinds.chosen.emit(ChannelKind.WEBDAV.value)
    pane.form.lines["url"].setText("https://disk.example.ru/dav")
    pane.form.try_out.click()
    qtbot.waitUntil(pane.form.trust.isVisible, timeout=WAIT)
    assert "ABAB" in pane.form.more.text()
    pane.form.trust.click()
    qtbot.waitUntil(lambda: pane.form.result.words.text() == "Сервер ответил", timeout=WAIT)
    assert [one.pinned for one in tried] == ["", "ab" * 32]
    assert not pane.form.trust.isVisible()


def test_that_what_cannot_be_a_channel_is_said_beside_the_form(
    qtbot: QtBot, desks: Desks, clean_check: None, make_desk: MakeDesk
) -> None:
    page = open_school(qtbot, make_desk(desks.school))
    page.parts.chosen.emit("channels")
    pane = page._stack.currentWidget()
    assert isinstance(pane, ChannelsPane)
    pane.form.kinds.chosen.emit(ChannelKind.WEBDAV.value)
    pane.form.lines["url"].setText("http://disk.example.ru")
    pane.form.save.click()
    qtbot.waitUntil(lambda: "https://" in pane.form.more.text(), timeout=WAIT)
    assert channels.channels(desks.school) == []


def test_that_a_flash_drive_that_is_plugged_in_is_offered(
    qtbot: QtBot,
    desks: Desks,
    clean_check: None,
    make_desk: MakeDesk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = tmp_path / "drive"
    root.mkdir()
    plugged: list[Volume] = []
    monkeypatch.setattr(outbox_panel, "drives", lambda workspace: drives.drives(workspace, lambda: tuple(plugged)))
    package = desks.send()
    page = open_school(qtbot, make_desk(desks.school))
    page.outbox._look_for_drives()
    assert not page.outbox.flash.isVisible()
    plugged.append(Volume(root, "E:", "vfat"))
    page.outbox.table.selectRow(0)
    page.outbox._look_for_drives()
    qtbot.waitUntil(page.outbox.flash.isVisible, timeout=WAIT)
    assert page.outbox.flash.text() == "На флешку E:"
    page.outbox.flash.click()
    copy = root / channels.FOR_CENTRE / package.name
    qtbot.waitUntil(copy.is_file, timeout=WAIT)
    assert copy.read_bytes() == package.read_bytes()


def test_that_a_centre_gives_every_answer_at_once(
    qtbot: QtBot, desks: Desks, make_desk: MakeDesk, tmp_path: Path
) -> None:
    desks.meet()
    (tmp_path / "share").mkdir()
    settings = ChannelSettings("share", ChannelKind.FOLDER, "общая папка", str(tmp_path / "share"))
    channels.put_channel(desks.centre, settings)
    centre_service.decide_package(desks.centre, desks.school.school, "accepted")
    desk = make_desk(desks.centre)
    desk.window.set_pages([PageSpec("channels", "Почта и папки", "inbox", lambda: ChannelsPage(desk))])
    desk.window.show()
    page = desk.window.page("channels")
    assert isinstance(page, ChannelsPage)
    qtbot.waitUntil(lambda: page.header.primary is not None and page.header.primary.isEnabled(), timeout=WAIT)
    assert page.header.primary is not None
    assert page.header.primary.text() == "Отправить все ответы (1)"
    page.header.primary.click()
    box = tmp_path / "share" / channels.school_box("72-014")
    qtbot.waitUntil(lambda: bool(list(box.glob("*.shnor*"))), timeout=WAIT)
    qtbot.waitUntil(lambda: page.header.primary is not None and not page.header.primary.isEnabled(), timeout=WAIT)


def test_that_a_desk_without_channels_talks_to_nobody(
    qtbot: QtBot, desks: Desks, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desks.send()

    def forbidden(*_words: object) -> None:
        raise AssertionError("a network was asked")

    monkeypatch.setattr(outbox, "carry_out", forbidden)
    runner = runner_of(make_desk(desks.school))
    with qtbot.waitSignal(runner.done, timeout=WAIT) as told:
        runner.round(force=True)
    assert told.args[0].is_empty


def test_that_a_server_that_hangs_holds_neither_the_desk_nor_its_end(
    qtbot: QtBot, desks: Desks, make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = ChannelSettings("share", ChannelKind.FOLDER, "общая папка", str(tmp_path))
    channels.put_channel(desks.school, settings)
    desks.send()
    begun, released, ended = threading.Event(), threading.Event(), threading.Event()

    def hang(*_words: object) -> None:
        begun.set()
        released.wait(60)
        ended.set()

    monkeypatch.setattr(outbox, "carry_out", hang)
    desk = make_desk(desks.school)
    runner = runner_of(desk)
    runner.round(force=True)
    qtbot.waitUntil(begun.is_set, timeout=WAIT)
    with qtbot.waitSignal(desk.changed, timeout=WAIT):
        desk.write(lambda: add_teacher(desks.school, "Примерова Ольга Петровна"))
    desk.tasks.wait()
    assert runner.is_busy
    assert not ended.is_set()
    released.set()
    qtbot.waitUntil(ended.is_set, timeout=WAIT)


def test_that_work_aside_whose_owner_is_gone_troubles_nobody(qtbot: QtBot, desks: Desks, make_desk: MakeDesk) -> None:
    desk = make_desk(desks.school)
    over: list[bool] = []
    runner = ChannelsRunner(desk)

    def work() -> str:
        time.sleep(0.2)
        over.append(True)
        return "late"

    Aside(work, lambda _result: pytest.fail("nobody waits"), runner)
    runner.deleteLater()
    qtbot.waitUntil(lambda: bool(over), timeout=WAIT)
    qtbot.wait(100)

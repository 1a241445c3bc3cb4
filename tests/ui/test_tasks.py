"""Work off the interface thread."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.ui.errors import UNEXPECTED, Failures
from shnor_desktop.ui.messages import Notice
from shnor_desktop.ui.tasks import Task, Tasks


def test_that_a_result_comes_back_on_the_main_thread(qtbot: QtBot) -> None:
    seen: list[tuple[object, bool]] = []
    tasks = Tasks(lambda error: None)
    tasks.read(
        threading.get_ident, lambda ident: seen.append((ident, threading.current_thread() is threading.main_thread()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1]


def test_that_writes_run_one_after_another_in_the_order_asked(qtbot: QtBot) -> None:
    order: list[int] = []
    tasks = Tasks(lambda error: None)
    for number in range(20):
        tasks.write(lambda number=number: order.append(number))
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert order == list(range(20))


def test_that_an_error_of_the_background_is_told_like_one_of_the_foreground(qtbot: QtBot) -> None:
    seen: list[Exception] = []
    tasks = Tasks(seen.append)

    def broken() -> None:
        raise KnownError("store.locked")

    tasks.read(broken)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], KnownError)


def test_that_a_long_task_tells_its_progress_and_stops_where_it_checks(qtbot: QtBot) -> None:
    seen: list[Exception] = []
    results: list[object] = []
    steps: list[int] = []
    tasks = Tasks(seen.append)
    may_go_on = threading.Event()

    def work(task: Task) -> str:
        task.report(1, 3, "Проверяю пакет 1 из 3")
        may_go_on.wait(5)
        task.report(2, 3)
        return "done"

    task = tasks.long(work, results.append)
    task.progressed.connect(lambda done, total, words: steps.append(done))
    task.stop()
    may_go_on.set()
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert results == []
    assert seen == []


def test_that_a_known_failure_is_shown_in_its_words_and_another_without_a_traceback(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[object] = []
    failures = Failures(lambda error: Notice(f"Известно: {error.code}"))
    failures.worded.connect(shown.append)
    failures.report(KnownError("store.locked"))
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert shown == [Notice("Известно: store.locked")]
    with caplog.at_level("CRITICAL", logger="shnor_desktop.ui.errors"):
        assert failures.message(ZeroDivisionError("secret")) is UNEXPECTED

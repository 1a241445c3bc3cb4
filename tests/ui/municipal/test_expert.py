"""«Оценка эксперта…» in the review: shown beside the answer of the school, corrected, taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from shnor_desktop.services.centre import school_ids
from shnor_desktop.services.demo import make_demo_centre
from shnor_desktop.services.expert import judged
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Profile, Workspace
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.expert_answer import ExpertDialog
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.municipal.pages import municipal_pages
from shnor_desktop.ui.workspaces.municipal.review import ReviewPage
from tests.clock import FixedClock

WAIT = 30_000
QUESTION = "teaching.deficits"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("centre")
    made = make_demo_centre(folder / "c.shnor-db", FixedClock(), schools=1, profile=Profile(folder / "profile"))
    yield made
    made.close()


class ReviewWindow:
    """The window of a centre on its review."""

    def __init__(self, qtbot: QtBot, workspace: Workspace) -> None:
        self.qtbot = qtbot
        self.workspace = workspace
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        failures = Failures(explain, self.window)
        self.broken: list[str] = []
        failures.worded.connect(lambda message: self.broken.append(message.what))
        self.tasks = Tasks(failures.report, parent=self.window)
        desk = Desk(self.window, workspace, self.tasks, failures, "")
        self.window.set_pages(municipal_pages(desk))
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open_page("review")
        page = self.window.page("review")
        assert isinstance(page, ReviewPage)
        self.page = page
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.is_busy(), timeout=WAIT)

    def ask(self, question: str) -> ExpertDialog:
        """Choose a question of the map and press «Оценка эксперта…»."""
        view = self.page.view
        assert view is not None
        section = next(s for s in view.sections if any(i.field == question for i in s.items))
        self.page.sections.select(section.id)
        self.page._show_items()
        item = next(i for i in section.items if i.field == question)
        self.page.items.select(f"{item.entity}:{item.row}:{item.field}")
        self.page._on_item_chosen("")
        assert self.page.judge.isVisible()
        self.page.judge.click()
        self.settle()
        self.qtbot.waitUntil(lambda: bool(self.window.findChildren(ExpertDialog)), timeout=WAIT)
        return self.window.findChildren(ExpertDialog)[-1]


@pytest.fixture
def review(qtbot: QtBot, centre: Workspace) -> Iterator[ReviewWindow]:
    made = ReviewWindow(qtbot, centre)
    yield made
    made.settle()
    made.window.close()
    assert made.broken == []


def test_that_an_expert_answers_corrects_and_takes_back(review: ReviewWindow, centre: Workspace) -> None:
    school = school_ids(centre)[0]
    dialog = review.ask(QUESTION)
    dialog.accept()
    review.settle()
    assert "пустая" in dialog.value.problem_text(), "an empty answer is refused in the dialog"
    dialog.value.edited.emit(QUESTION, "1 из 40")
    dialog.comment.edited.emit("comment", "По посещённым урокам")
    dialog.accept()
    review.settle()
    row = judged(centre, school, QUESTION).row
    assert row is not None
    assert (row.numerator, row.denominator, row.comment) == (1, 40, "По посещённым урокам")
    assert row.expert, "the name of the desk stands until another is typed"
    again = review.ask(QUESTION)
    assert again.value.value() == "2.5"
    again.value.edited.emit(QUESTION, "3")
    again.accept()
    review.settle()
    row = judged(centre, school, QUESTION).row
    assert row is not None
    assert (row.value, row.numerator) == ("3", None)
    review.ask(QUESTION).withdrawn.emit(row.id)
    review.settle()
    assert judged(centre, school, QUESTION).row is None


def test_that_only_answers_of_the_map_are_judged(review: ReviewWindow) -> None:
    review.page.sections.select("passport")
    review.page._show_items()
    assert review.page.judge.isHidden()
    review.page.ask_expert()
    review.settle()
    assert not review.window.findChildren(ExpertDialog)

"""From a red skill to the register, to a measure and to training; charts that leave the program as pictures."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from shnor_desktop.models.difficulties import LearningDifficulty
from shnor_desktop.models.results import ResultScore, ResultTask
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.models.teaching import TrainingCourse
from shnor_desktop.services import records
from shnor_desktop.ui.widgets.charts import ChartPanel
from shnor_desktop.ui.workspaces.school.results import ResultsPage
from shnor_desktop.ui.workspaces.school.results_difficulties import DIFFICULTIES, DifficultyPanel
from shnor_desktop.ui.workspaces.school.results_parts import READING
from shnor_desktop.ui.workspaces.school.results_reading import ReadingPane
from tests.ui.school_a.conftest import WAIT, SchoolWindow
from tests.ui.school_a.test_results_reading import add, pane, texts


@pytest.fixture
def analysis(school: SchoolWindow) -> ReadingPane:
    """A paper of twenty with a red skill of a wording, and its scores."""
    sheet = add(school, "math", 20, 9)
    for code, percent, skill in (("1", "30", "Решать задачи на доли"), ("2", "90", "")):
        values = {"sheet": sheet, "code": code, "difficulty": "basic", "percent": percent, "max_score": 1}
        records.begin(school.workspace, ResultTask, {**values, "attempts": 20, "skill": skill})
    for score in range(5):
        records.begin(school.workspace, ResultScore, {"sheet": sheet, "score": score, "pupils": 4})
    staff = {"position": "teacher", "subjects": ["math"], "birth_year": 1980, "education": "higher"}
    records.begin(school.workspace, StaffMember, {**staff, "full_name": "Образцова Анна-Мария О’Нил"})
    found = pane(school, READING)
    assert isinstance(found, ReadingPane)
    return found


def test_that_red_goes_to_the_register_with_one_click_and_on_to_a_measure_and_a_course(
    school: SchoolWindow, analysis: ReadingPane, qtbot: QtBot
) -> None:
    assert "1 строка" in analysis.register.text().replace("\u00a0", " ")
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(analysis.register, Qt.MouseButton.LeftButton)
    school.settle()
    [row] = records.rows(school.workspace, LearningDifficulty)
    assert (row.skill, row.tasks, str(row.percent), row.pupils) == ("Решать задачи на доли", "1", "30", 14)
    assert analysis.register.isHidden()
    page = school.open("results")
    assert isinstance(page, ResultsPage)
    page.parts.show_part(DIFFICULTIES.log_name)
    school.settle()
    panel = page.parts.panels[DIFFICULTIES.log_name]
    assert isinstance(panel, DifficultyPanel)
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(panel.add_measure, Qt.MouseButton.LeftButton)
    school.settle()
    [measure] = records.rows(school.workspace, Measure)
    assert "Решать задачи на доли" in (measure.title or "")
    assert panel.add_measure.isHidden()
    qtbot.mouseClick(panel.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(panel.training.boxes), timeout=WAIT)
    [box] = panel.training.boxes.values()
    assert "О’Нил" in box.text()
    box.setChecked(True)
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(panel.training.chosen_for_courses, Qt.MouseButton.LeftButton)
    school.settle()
    [course] = records.rows(school.workspace, TrainingCourse)
    assert course.state == "needed"


def test_that_charts_unfold_in_a_card_and_stay_open_after_a_change(school: SchoolWindow, analysis: ReadingPane) -> None:
    card = analysis.cards["vpr:math:6"]
    for name in ("skills", "scores", "marks"):
        card.toggle(name)
        assert isinstance(card.folds[name], ChartPanel)
    assert "Границы отметок не известны" in texts(card)
    add(school, "russian", 20, 2)
    analysis.refresh()
    school.qtbot.waitUntil(lambda: "vpr:russian:6" in analysis.cards, timeout=WAIT)
    school.settle()
    assert set(analysis.cards["vpr:math:6"].open_folds) == {"skills", "scores", "marks"}


def test_that_a_chart_is_copied_and_saved_as_png_and_svg_and_a_failure_is_said(
    analysis: ReadingPane, tmp_path: Path
) -> None:
    card = analysis.cards["vpr:math:6"]
    card.toggle("skills")
    panel = card.folds["skills"]
    assert isinstance(panel, ChartPanel)
    panel.copy()
    assert QGuiApplication.clipboard().image().width() > 1000
    assert panel.save_as(tmp_path / "карта")
    assert QImage(str(tmp_path / "карта.png")).width() > 1000
    assert panel.save_as(tmp_path / "карта.svg")
    saved = (tmp_path / "карта.svg").read_text(encoding="utf-8")
    assert "Решать задачи на доли" in saved
    assert not panel.save_as(tmp_path / "нет такой папки" / "карта.png")
    assert "не сохранена" in panel.said.text()

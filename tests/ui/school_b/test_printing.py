"""«Печать»: every format from the menu, the ways on after saving, and a template that does not serve."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QPushButton

from shnor_desktop.services.document_kinds import PAPER
from shnor_desktop.services.document_templates import own_template
from shnor_desktop.services.documents import DocumentFormat, DocumentKind
from shnor_desktop.ui.pages import printing
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.printing import write_to
from shnor_desktop.ui.workspaces.school.development import TeachersPage
from shnor_desktop.ui.workspaces.school.development_plans import PlansPane
from shnor_desktop.ui.workspaces.school.map import MapPage
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_b.conftest import button, click, words_on

BEGINNINGS = {DocumentFormat.PDF: b"%PDF-", DocumentFormat.DOCX: b"PK", DocumentFormat.XLSX: b"PK"}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system was asked to open."""
    asked: list[str] = []

    def note(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return asked


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHNOR_DATA_DIR", str(tmp_path / "data"))


def map_page(school: SchoolWindow) -> MapPage:
    return cast(MapPage, school.open("map"))


def entries(menu: QMenu) -> dict[str, QAction]:
    return {action.text(): action for action in menu.actions() if action.text()}


def print_button_menu(page: DeskPage, words: str) -> QMenu:
    found = cast(QPushButton, button(page, words)).menu()
    assert isinstance(found, QMenu)
    found.aboutToShow.emit()
    return found


def map_menu(page: DeskPage) -> QMenu:
    """The formats of the map itself; the blank form has its own."""
    return print_button_menu(page, "Печать").findChildren(QMenu)[0]


@pytest.mark.parametrize("form", PAPER)
def test_that_the_menu_saves_the_document_in_each_format(
    diagnosed: SchoolWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: DocumentFormat
) -> None:
    page = map_page(diagnosed)
    suggested: list[str] = []

    def choose(_parent: object, _title: str, pattern: str, path: Path) -> Path:
        suggested.append(f"{path.name} {pattern}")
        return tmp_path / "карта"

    monkeypatch.setattr(printing, "choose_save", choose)
    entries(map_menu(page))[form.caption].trigger()
    diagnosed.settle()
    assert (tmp_path / f"карта.{form.value}").read_bytes().startswith(BEGINNINGS[form])
    assert f".{form.value} " in suggested[0]
    assert f"*.{form.value}" in suggested[0]


def test_that_a_page_with_several_documents_has_a_menu_for_each(diagnosed: SchoolWindow) -> None:
    menu = print_button_menu(diagnosed.open("roadmap"), "Печать")
    assert list(entries(menu)) == [
        "Дорожная карта",
        "Дорожная карта с отметками о выполнении",
        "План работы по разделам",
        "Отчёт о реализации дорожной карты",
    ]
    inner = menu.findChildren(QMenu)[1]
    assert list(entries(inner)) == ["PDF", "Word (DOCX)", "Excel (XLSX)", "Изменить шаблон Word"]


def test_that_ctrl_p_asks_for_the_format_on_the_page(diagnosed: SchoolWindow) -> None:
    page = map_page(diagnosed)
    page.print_page()
    (menu,) = [one for one in page.findChildren(QMenu) if one.isVisible()]
    active = menu.activeAction()
    assert active is not None
    assert active.text() == "PDF"
    menu.close()
    diagnosed.settle()


def test_that_a_saved_document_can_be_opened_and_shown_in_its_folder(
    diagnosed: SchoolWindow, tmp_path: Path, opened: list[str]
) -> None:
    page = map_page(diagnosed)
    write_to(page, DocumentKind.DIAGNOSTIC_MAP, tmp_path / "карта.docx", DocumentFormat.DOCX)
    diagnosed.settle()
    messages = diagnosed.window.messages
    assert "Документ сохранён: карта.docx." in words_on(messages)
    click(diagnosed, button(messages, "Показать в папке"))
    click(diagnosed, button(messages, "Открыть"))
    assert opened == [str(tmp_path), str(tmp_path / "карта.docx")]


def test_that_the_built_in_template_is_offered_when_the_own_one_does_not_serve(
    diagnosed: SchoolWindow, tmp_path: Path, opened: list[str]
) -> None:
    page = map_page(diagnosed)
    entries(map_menu(page))["Изменить шаблон Word"].trigger()
    diagnosed.settle()
    own = own_template(DocumentKind.DIAGNOSTIC_MAP)
    assert opened == [str(own)]
    own.write_bytes(b"spoilt")
    target = tmp_path / "карта.docx"
    write_to(page, DocumentKind.DIAGNOSTIC_MAP, target, DocumentFormat.DOCX)
    diagnosed.settle()
    messages = diagnosed.window.messages
    assert "Шаблон «diagnostic_map.docx» не читается" in words_on(messages)
    assert not target.exists()
    click(diagnosed, button(messages, "Взять встроенный шаблон"))
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("passport", "Печать"),
        ("results", "Печать"),
        ("map", "Печать"),
        ("roadmap", "Печать"),
        ("development", "Печать"),
    ],
)
def test_that_every_page_with_a_document_prints_it(diagnosed: SchoolWindow, page: str, words: str) -> None:
    opened_page = diagnosed.open(page)
    assert print_button_menu(opened_page, words).actions()
    assert callable(getattr(opened_page, "print_page", None))


def test_that_the_plan_of_the_chosen_teacher_is_printed(
    diagnosed: SchoolWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = diagnosed.open("development")
    asked: list[str] = []
    monkeypatch.setattr(printing, "choose_save", lambda *_words: tmp_path / "иом.pdf")
    monkeypatch.setattr(printing, "write_to", lambda *_words, which: asked.append(which))
    one, everybody = print_button_menu(page, "Печать").findChildren(QMenu)
    entries(one)["PDF"].trigger()
    diagnosed.settle()
    entries(everybody)["PDF"].trigger()
    diagnosed.settle()
    assert isinstance(page, TeachersPage)
    pane = page.pane()
    assert isinstance(pane, PlansPane)
    assert asked == [pane.current, ""]
    assert pane.current

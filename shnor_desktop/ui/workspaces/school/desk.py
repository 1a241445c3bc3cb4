"""The desk of the school team: its nouns in order, what waits on each, what Ctrl+K finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtWidgets import QWidget

from shnor_desktop.domain import findings
from shnor_desktop.services.attention import attention
from shnor_desktop.services.today import today_view
from shnor_desktop.ui.pages import Desk, DeskState
from shnor_desktop.ui.pages.channels_start import begin_channels
from shnor_desktop.ui.pages.team_desk import arranged, desks_of_pages
from shnor_desktop.ui.shell.pages import PageSpec
from shnor_desktop.ui.workspaces.school.search import read_entries

__all__ = ["load_pages", "make_pages", "page_of_files", "read_entries", "read_state"]


def make_pages(desk: Desk) -> list[PageSpec]:
    """The sidebar of the school; a page and its module are made when it is first opened."""
    nouns: Sequence[tuple[str, str, str, Callable[[Desk], QWidget]]] = (
        (findings.TODAY, "Сегодня", "house", _today),
        (findings.PASSPORT, "Паспорт", "school", _passport),
        (findings.STAFF, "Кадры", "users", _staff),
        (findings.RESULTS, "Результаты", "chart-column", _results),
        (findings.MAP, "ДТК", "map", _map),
        (findings.PROGRAMME, "Программа", "file-text", _programme),
        (findings.ROADMAP, "Дорожная карта", "list-checks", _roadmap),
        (findings.PARTNERS, "Партнёры", "handshake", _partners),
        (findings.DEVELOPMENT, "Педагоги", "graduation-cap", _development),
        (findings.PUPILS, "Ученики и родители", "user", _pupils),
        (findings.QUALITY, "Управление", "clipboard-list", _quality),
        (findings.MONITORING, "Мониторинг", "milestone", _monitoring),
        (findings.CHECK, "Проверка", "clipboard-check", _check),
        (findings.EXCHANGE, "Обмен", "package", _exchange),
    )
    desk_of = desks_of_pages(desk)
    begin_channels(desk)
    listed = [PageSpec(name, title, icon, partial(make, desk_of(name))) for name, title, icon, make in nouns]
    hidden = PageSpec(findings.METHODOLOGY, "Методика", "book-open", partial(_methodology, desk), is_listed=False)
    return arranged(desk, [*listed, hidden])


def read_state(desk: Desk) -> DeskState:
    """What waits on the pages, and where the stage stands; called off the interface thread."""
    view, channels = today_view(desk.workspace), attention(desk.workspace)
    badges = {page: view.badges.get(page, 0) for page in findings.PAGES}
    badges[findings.EXCHANGE] = badges.get(findings.EXCHANGE, 0) + channels.for_person
    return DeskState(badges, " · ".join(words for words in (channels.words, view.stage) if words))


def page_of_files(paths: Sequence[Path]) -> str:
    """The page that takes dropped files: documents go to the road map, tables to the results, others to the exchange.

    What a table is about is told by its contents there: a list of people, classes or a plan goes on to its own page.
    """
    if all(path.suffix.lower() in (".docx", ".doc") for path in paths):
        return findings.ROADMAP
    books = all(path.suffix.lower() in (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv") for path in paths)
    return findings.RESULTS if books else findings.EXCHANGE


def load_pages() -> None:
    """Import the modules of all pages, on a worker's thread once the first page is there."""
    for name in ("passport", "staff", "results", "map", "programme", "roadmap", "partners", "development"):
        import_module(f"shnor_desktop.ui.workspaces.school.{name}")
    for name in ("pupils", "quality", "monitoring", "check", "exchange"):
        import_module(f"shnor_desktop.ui.workspaces.school.{name}")


def _methodology(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.methodology import MethodologyPage  # not before it is opened

    return MethodologyPage(desk)


def _today(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.today import TodayPage  # here and below: not before it is opened

    return TodayPage(desk)


def _passport(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.passport import PassportPage

    return PassportPage(desk)


def _staff(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.staff import StaffPage

    return StaffPage(desk)


def _results(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.results import ResultsPage

    return ResultsPage(desk)


def _map(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.map import MapPage

    return MapPage(desk)


def _programme(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.programme import ProgrammePage

    return ProgrammePage(desk)


def _roadmap(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.roadmap import RoadmapPage

    return RoadmapPage(desk)


def _partners(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.partners import PartnersPage

    return PartnersPage(desk)


def _development(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.development import TeachersPage

    return TeachersPage(desk)


def _pupils(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.pupils import PupilsPage

    return PupilsPage(desk)


def _quality(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.quality import QualityPage

    return QualityPage(desk)


def _monitoring(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.monitoring import MonitoringPage

    return MonitoringPage(desk)


def _check(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.school.check import CheckPage

    return CheckPage(desk)


def _exchange(desk: Desk) -> QWidget:
    if desk.workspace.grant is not None:
        from shnor_desktop.ui.workspaces.school.exchange_return import ReturnPage

        return ReturnPage(desk)
    from shnor_desktop.ui.workspaces.school.exchange import ExchangePage

    return ExchangePage(desk)

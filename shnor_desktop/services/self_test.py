"""The self-test of the installed program: a store, the methodology, a package there and back, fonts, documents."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.services.arrivals import VerdictCode, import_package
from shnor_desktop.services.check import check
from shnor_desktop.services.demo import make_demo_school
from shnor_desktop.services.desks import create_centre_desk
from shnor_desktop.services.documents import list_kinds, write_document
from shnor_desktop.services.methodology import DEFAULT_PACK, load_methodologies
from shnor_desktop.services.package_files import open_package_file
from shnor_desktop.services.packages import export_package
from shnor_desktop.services.store_check import check_store_file
from shnor_desktop.services.workspace import Profile, Workspace
from shnor_desktop.system.impersonal import place
from shnor_desktop.system.paths import resource
from shnor_desktop.system.wording import explain

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SelfTestStep:
    """One thing that was tried; `details` say what was seen, or what went wrong."""

    name: str
    title: str
    is_fine: bool
    details: str


def self_test(clock: Clock) -> Iterator[SelfTestStep]:
    """Try every part of the program in a folder of its own; one failure never hides the others."""
    with tempfile.TemporaryDirectory(prefix="shnor-self-test-", ignore_cleanup_errors=True) as folder:
        trial = _Trial(Path(folder), clock)
        try:
            for name, title, attempt in trial.steps():
                yield _tried(name, title, attempt)
        finally:
            trial.close()


def _tried(name: str, title: str, attempt: Callable[[], str]) -> SelfTestStep:
    try:
        return SelfTestStep(name, title, True, attempt())
    except KnownError as error:
        return SelfTestStep(name, title, False, explain(error).text)
    except Exception as error:
        _logger.info("the self-test failed at %s", name, exc_info=True)
        return SelfTestStep(name, title, False, str(error) if isinstance(error, BugError) else place(error))


class _Trial:
    """The stores of one self-test, with keys and replicas of their own."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._profile = Profile(folder / "profile")
        self._open: list[Workspace] = []
        self._school: Workspace | None = None
        self._package: Path | None = None

    def steps(self) -> list[tuple[str, str, Callable[[], str]]]:
        """What is tried, in the order in which one thing needs another."""
        return [
            ("pack", "Методика", self._try_pack),
            ("fonts", "Шрифты", _try_fonts),
            ("store", "Хранилище", self._try_store),
            ("check", "Проверка", self._try_check),
            ("package", "Пакет туда и обратно", self._try_package),
            ("documents", "Документы", self._try_documents),
        ]

    def close(self) -> None:
        """Let the stores go before their folder is removed."""
        for workspace in self._open:
            workspace.close()

    def _try_pack(self) -> str:
        packs = load_methodologies()
        if packs.problems:
            raise packs.problems[0].as_error()
        pack = packs.get(DEFAULT_PACK)
        return f"{pack.title}, версия {pack.version}: мероприятий {len(pack.measures)}"

    def _try_store(self) -> str:
        path = self._folder / "school.shnor-db"
        self._school = make_demo_school(path, self._clock, profile=self._profile)
        self._open.append(self._school)
        report = check_store_file(path, self._clock)
        if not report.is_sound:
            raise BugError(report.damages[0].reason)
        return f"шагов работы {report.batches}, строк {report.rows}"

    def _try_check(self) -> str:
        found = check(self._demo_school())
        if found.errors:
            raise BugError(found.errors[0].text)
        return found.summary

    def _try_package(self) -> str:
        package = export_package(self._demo_school(), self._folder / "packages")
        opened = open_package_file(package.path)
        path = self._folder / "centre.shnor-db"
        centre = create_centre_desk(path, "MOC", "Центр", self._clock, is_demo=True, profile=self._profile)
        self._open.append(centre)
        verdict = import_package(centre, package.path, trust=opened.signer.fingerprint_digits)
        if verdict.code not in (VerdictCode.ACCEPTED, VerdictCode.ACCEPTED_WITH_REMARKS):
            raise BugError(verdict.message.text)
        return f"{package.size} байт, изменений {opened.manifest.counts.changes}: {verdict.code.caption}"

    def _try_documents(self) -> str:
        sizes = []
        for info in list_kinds():
            for form in info.formats:
                target = self._folder / f"{info.kind}.{form}"
                written = write_document(self._demo_school(), info.kind, target, form=form, built_in=True)
                if not written.path.read_bytes().startswith((b"%PDF", b"PK", b"<!DOCTYPE html>")):
                    raise BugError(info.title)
                sizes.append(written.size)
        return f"создано {len(sizes)}, байт {sum(sizes)}"

    def _demo_school(self) -> Workspace:
        if self._school is None:
            raise BugError("there is no store to try it on")
        return self._school


def _try_fonts() -> str:
    from shnor_desktop.reports.pdf.fonts import register  # 0.1 s: only here and where a document is printed

    folder = resource("fonts")
    register(folder)
    return ", ".join(file.stem for file in sorted(folder.glob("*.ttf")))

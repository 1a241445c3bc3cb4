"""`shnor main-job`: the whole way once, in words, from a school's data to the centre's answer; and `self-test`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from shnor_desktop.cli.answer import Answer, Status
from shnor_desktop.cli.demo import make_demo
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.arrivals import Verdict, VerdictCode, import_package
from shnor_desktop.services.centre import RemarkDraft, decide_package, leave_remark, remarks, school_ids
from shnor_desktop.services.check import check
from shnor_desktop.services.journal import STATES
from shnor_desktop.services.package_files import open_package_file
from shnor_desktop.services.packages import Exported, export_package, export_receipt, packages
from shnor_desktop.services.self_test import self_test
from shnor_desktop.services.this_computer import system_clock, user_folder
from shnor_desktop.services.workspace import StoreKind, Workspace

REMARK = "Уточните сроки и ответственных по мероприятиям второго полугодия."
_TAKEN = (VerdictCode.ACCEPTED, VerdictCode.ACCEPTED_WITH_REMARKS)


def add_commands(commands: Commands) -> None:
    """`main-job` and `self-test`."""
    job = commands.add(
        "main-job",
        _main_job,
        "вся работа от начала до конца на учебных данных",
        "Школа проверяет данные и выгружает пакет, центр его принимает и отвечает, школа видит ответ.",
    )
    job.add_argument("--out", type=Path, metavar="ПАПКА", help="где всё сделать; без неё — в папке данных программы")
    commands.add(
        "self-test", _self_test, "проверить установленную программу: хранилище, методику, пакет, шрифты, документы"
    )


@dataclass(slots=True)
class _Journey:
    """What was done so far, in words and for a program."""

    folder: Path
    lines: list[str] = field(default_factory=list)
    content: dict[str, object] = field(default_factory=dict)

    def tell(self, words: str) -> None:
        """One more step."""
        self.lines.append(f"{len(self.lines) + 1}. {words}")


def _main_job(args: argparse.Namespace) -> Answer:
    journey = _Journey(_new_folder(args.out or user_folder() / "main-job"))
    school_store, centre_store = journey.folder / "school.shnor-db", journey.folder / "centre.shnor-db"
    journey.content |= {
        "folder": str(journey.folder),
        "school_store": str(school_store),
        "centre_store": str(centre_store),
    }
    with _closed(make_demo(school_store, StoreKind.SCHOOL)) as school:
        package = _school_sends(journey, school)
        with _closed(make_demo(centre_store, StoreKind.MUNICIPAL)) as centre:
            receipt = _centre_answers(journey, centre, package)
        _school_reads(journey, school, package, receipt)
    journey.lines += ["", f"Пакет: {package.path}", f"Квитанция: {receipt.path}", f"Хранилища: {journey.folder}"]
    return Answer(journey.content, journey.lines)


def _school_sends(journey: _Journey, school: Workspace) -> Exported:
    with school.reading() as reader:
        journey.tell(f"Создана учебная школа: {reader.records.meta('name')}, с данными за год.")
    found = check(school)
    journey.tell(f"«Проверка»: {found.summary}.")
    package = export_package(school, journey.folder / "packages")
    journey.tell(f"Школа выгрузила заверенный пакет № {package.number}: {package.path.name}, {package.size} байт.")
    opened = open_package_file(package.path)
    journey.tell(f"Пакет проверен без хранилища: цел. Отпечаток школы: {opened.signer.fingerprint_digits}.")
    journey.content |= {"check": found.summary, "package": str(package.path), "fingerprint": opened.signer.fingerprint}
    return package


def _centre_answers(journey: _Journey, centre: Workspace, package: Exported) -> Exported:
    with centre.reading() as reader:
        journey.tell(f"Создан учебный центр: {reader.records.meta('name')}, школ: {len(school_ids(centre))}.")
    verdict = _taken(import_package(centre, package.path))
    journey.tell(f"Центр принял пакет: {verdict.code.caption}.")
    school = verdict.school
    leave_remark(centre, school, RemarkDraft("programme", "", "", "Дорожная карта", REMARK))
    decide_package(centre, school, "returned", "Доработайте сроки и пришлите пакет ещё раз.")
    receipt = export_receipt(centre, school, journey.folder / "packages")
    journey.tell(f"Центр оставил замечание и ответил квитанцией: {receipt.path.name}.")
    journey.content |= {"verdict": verdict.code.value, "receipt": str(receipt.path)}
    return receipt


def _school_reads(journey: _Journey, school: Workspace, package: Exported, receipt: Exported) -> None:
    digits = open_package_file(receipt.path, school).signer.fingerprint_digits
    verdict = _taken(import_package(school, receipt.path, trust=digits))
    state = next(record.state for record in packages(school) if record.id == package.id)
    found = remarks(school)
    journey.tell(
        f"Школа приняла квитанцию ({verdict.code.caption}). Состояние пакета № {package.number}: {STATES[state]}."
    )
    journey.tell(f"Школа видит замечание центра: «{found[0].body}»" if found else "Замечаний нет.")
    journey.content |= {"receipt_verdict": verdict.code.value, "state": state, "remarks": [item.body for item in found]}


def _taken(verdict: Verdict) -> Verdict:
    if verdict.code not in _TAKEN:
        details = {"file": verdict.file, "verdict": verdict.code.caption, "do": verdict.message.text}
        raise KnownError("call.package_not_taken", **details)
    return verdict


def _new_folder(parent: Path) -> Path:
    """A folder for this run alone, so that any number of them stand side by side."""
    started = datetime.now().astimezone()
    for number in range(1, 1000):
        folder = parent / (f"{started:%Y-%m-%d_%H-%M-%S}" + (f"_{number}" if number > 1 else ""))
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            if not folder.is_dir():
                raise
            continue
        return folder
    raise FileExistsError(str(parent))


@contextmanager
def _closed(workspace: Workspace) -> Iterator[Workspace]:
    try:
        yield workspace
    finally:
        workspace.close()


def _self_test(args: argparse.Namespace) -> Answer:
    steps = list(self_test(system_clock()))
    lines = [f"{step.title}: {'в порядке' if step.is_fine else 'НЕ В ПОРЯДКЕ'} — {step.details}" for step in steps]
    fine = all(step.is_fine for step in steps)
    lines.append(
        "Программа исправна." if fine else "Программа установлена неправильно или повреждена: переустановите её."
    )
    content = {
        "fine": fine,
        "steps": [
            {"name": step.name, "title": step.title, "fine": step.is_fine, "details": step.details} for step in steps
        ],
    }
    return Answer(content, lines, Status.DONE if fine else Status.OUR_FAULT)

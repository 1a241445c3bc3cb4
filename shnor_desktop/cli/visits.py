"""Commands of a methodist's desk: the schools, and the file with remarks and visits for a school and its centre."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk, school_by_code
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.services.methodist import curated_schools, export_visit


def add_commands(commands: Commands) -> None:
    """`visit …`."""
    visit = commands.group("visit", "рабочее место методиста: его школы и файл для школы и центра")
    shown = visit.add("list", _list, "показать школы методиста: замечания, посещения, что ещё не передано")
    _add_store(shown)
    made = visit.add("export", _export, "сделать файл с замечаниями и посещениями: его примут и школа, и центр")
    _add_store(made)
    made.add_argument("--school", required=True, metavar="КОД", help="код школы")
    made.add_argument("--out", required=True, type=Path, metavar="ПАПКА", help="куда записать файл")
    made.add_argument("--plain", action="store_true", help="не шифровать")


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища методиста")


def _list(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        found = curated_schools(workspace)
    content = [
        {
            "id": one.line.id,
            "code": one.line.code,
            "name": one.line.name,
            "visits": one.visits,
            "open_remarks": one.open_remarks,
            "fixed_remarks": one.fixed_remarks,
            "to_hand": one.to_hand > 0,
        }
        for one in found
    ]
    lines = [
        f"{one.line.code}  {one.line.name}: замечаний открыто {one.open_remarks}, исправлено {one.fixed_remarks}, "
        f"посещений {one.visits}{', есть что передать' if one.to_hand else ''}"
        for one in found
    ]
    return Answer({"schools": content}, lines or ["Школ ещё нет: примите пакет школы командой package import."])


def _export(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        done = export_visit(workspace, school_by_code(workspace, args.school), args.out, plain=args.plain)
    content = {
        "file": str(done.path),
        "id": done.id,
        "number": done.number,
        "size": done.size,
        "changes": done.changes,
        "encrypted": done.is_encrypted,
    }
    closed = "Зашифрован для школы и центра." if done.is_encrypted else "Не зашифрован."
    return Answer(content, [f"Файл для школы и центра: {done.path}", f"Изменений: {done.changes}. {closed}"])

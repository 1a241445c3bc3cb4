"""`shnor demo`: a demo school with a full year of data, a demo centre or methodist with schools."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.services import demo as made
from shnor_desktop.services.centre import school_ids
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.services.workspace import StoreKind, Workspace

DEFAULT_SEED = 1


def add_commands(commands: Commands) -> None:
    """`demo`."""
    demo = commands.add(
        "demo",
        _demo,
        "создать учебное хранилище",
        "Данные придуманы: ни одного настоящего имени. Учебный центр знает ключ учебной школы с тем же числом --seed.",
    )
    demo.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="новый файл хранилища")
    demo.add_argument(
        "--role",
        choices=[kind.value for kind in StoreKind],
        default=StoreKind.SCHOOL.value,
        help="школа, центр или методист",
    )
    demo.add_argument("--seed", type=int, default=DEFAULT_SEED, metavar="ЧИСЛО", help="другое число — другие данные")


def make_demo(path: Path, kind: StoreKind, seed: int = DEFAULT_SEED) -> Workspace:
    """A demo store at a path where there is no file yet."""
    return made.make_demo(kind, path, system_clock(), seed)


def _demo(args: argparse.Namespace) -> Answer:
    kind = StoreKind(args.role)
    workspace = make_demo(args.store, kind, args.seed)
    try:
        with workspace.reading() as reader:
            schools, name, code = len(school_ids(workspace)), reader.records.meta("name"), reader.records.meta("code")
    finally:
        workspace.close()
    content = {
        "store": str(args.store),
        "role": kind.value,
        "seed": args.seed,
        "code": code,
        "name": name,
        "schools": schools,
    }
    what = {
        StoreKind.SCHOOL: "Учебная школа",
        StoreKind.MUNICIPAL: f"Учебный центр, школ: {schools}",
        StoreKind.METHODIST: f"Учебный методист, школ: {schools}",
    }[kind]
    return Answer(content, [f"{what}: {name} ({code})", f"Хранилище: {args.store}"])

"""`shnor calendar`: the deadlines of a school as an .ics file."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk_for_reading, school_of
from shnor_desktop.cli.parsing import Commands, WrongCall
from shnor_desktop.domain.russian import plural
from shnor_desktop.services.calendar_export import write_calendar


def add_commands(commands: Commands) -> None:
    """`calendar`."""
    more = "Файл открывают Outlook, Thunderbird и календари телефонов; каждый срок — событие на весь день."
    calendar = commands.add("calendar", _calendar, "выгрузить сроки школы в файл календаря .ics", more)
    calendar.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")
    calendar.add_argument("--ics", type=Path, metavar="ФАЙЛ", help="куда записать, .ics")
    calendar.add_argument("--out", type=Path, metavar="ФАЙЛ", help="прежнее имя того же: --ics")
    calendar.add_argument("--school", metavar="КОД", help="код школы; в хранилище школы не нужен")
    calendar.add_argument("--no-names", action="store_true", help="без имён ответственных")


def _calendar(args: argparse.Namespace) -> Answer:
    target = args.ics or args.out
    if target is None:
        raise WrongCall("не указано, куда записать календарь", "shnor calendar ХРАНИЛИЩЕ --ics ФАЙЛ")
    if args.ics and args.out and args.ics != args.out:
        raise WrongCall("--ics и --out называют разные файлы", "оставьте одно из двух: --ics ФАЙЛ")
    with desk_for_reading(args.store) as workspace:
        school = school_of(workspace, args.school)
        written = write_calendar(workspace, target, school, with_names=not args.no_names)
    content = {"file": str(written.path), "size": written.size, "events": written.events}
    days = plural(written.events, "срок", "срока", "сроков")
    return Answer(content, [f"Календарь записан: {written.path}, {days}."])

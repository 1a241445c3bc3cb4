"""Commands on a store: the check of its bytes, «Проверка» of what the school typed, history."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from shnor_desktop.cli.answer import Answer, Status, message_content
from shnor_desktop.cli.desk import desk_for_reading, school_of
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.cli.passphrase import key_of
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.registry import entities
from shnor_desktop.services.check import CheckLine, check
from shnor_desktop.services.history import history_steps
from shnor_desktop.services.store_check import check_store_file
from shnor_desktop.services.this_computer import system_clock


def add_commands(commands: Commands) -> None:
    """`check`, `validate`, `history`."""
    sound = commands.add("check", _check, "цело ли хранилище: журнал изменений, вложения, таблицы")
    _add_store(sound)
    sound.add_argument("--school", default="", metavar="КОД", help="только то, что относится к этой школе")
    validate = commands.add("validate", _validate, "«Проверка»: ошибки и предупреждения в данных школы")
    _add_store(validate)
    validate.add_argument("--school", metavar="КОД", help="код школы; в хранилище школы не нужен")
    history = commands.add("history", _history, "история изменений, новые сверху")
    _add_store(history)
    history.add_argument("--entity", default="", metavar="ИМЯ", help="только записи одного вида, например measure")
    history.add_argument("--row", default="", metavar="НОМЕР", help="только одна запись")
    history.add_argument("--school", metavar="КОД", help="код школы; в хранилище школы не нужен")


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")


def _check(args: argparse.Namespace) -> Answer:
    report = check_store_file(args.store, system_clock(), args.school, key_of(args.store))
    content = {
        "store": str(args.store),
        "sound": report.is_sound,
        "schools": report.schools,
        "batches": report.batches,
        "values": report.values,
        "rows": report.rows,
        "can_be_mended": report.can_be_mended,
        "damages": [
            {
                **message_content(damage.message),
                "table": damage.table,
                "place": damage.place,
                "school": damage.school,
                "reason": damage.reason,
            }
            for damage in report.damages
        ],
    }
    seen = f"Просмотрено: школ {report.schools}, шагов работы {report.batches}, строк {report.rows}."
    if report.is_sound:
        return Answer(content, [f"{args.store.name}: хранилище цело.", seen])
    lines = [f"{args.store.name}: хранилище повреждено.", seen]
    for damage in report.damages:
        place = " ".join(part for part in (damage.table, damage.place) if part)
        lines.append(f"  {damage.message.text}" + (f" [{place}]" if place else ""))
    return Answer(content, lines, Status.INPUT_AT_FAULT)


def _validate(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        found = check(workspace, school_of(workspace, args.school))
    content = {
        "clean": found.is_clean,
        "summary": found.summary,
        "errors": [_line(line) for line in found.errors],
        "warnings": [_line(line) for line in found.warnings],
        "confirmed": [_line(line) for line in found.confirmed],
    }
    lines = [f"{found.summary}."]
    for line in found.lines:
        lines.append(f"{'Ошибка' if line.is_error else 'Предупреждение'} [{line.page}]: {line.text} {line.do}".rstrip())
    return Answer(content, lines, Status.DONE if found.is_clean else Status.INPUT_AT_FAULT)


def _line(line: CheckLine) -> dict[str, object]:
    return {
        "code": line.code,
        "message": line.text,
        "do": line.do,
        "page": line.page,
        "entity": line.entity,
        "row": line.row,
        "field": line.field,
        "reason": line.reason,
    }


def _history(args: argparse.Namespace) -> Answer:
    if args.entity and args.entity not in entities():
        raise KnownError("call.no_such_entity", name=args.entity, known=", ".join(entities()))
    with desk_for_reading(args.store) as workspace:
        steps = history_steps(workspace, args.entity, args.row, school_of(workspace, args.school))
    lines = []
    for step in steps:
        value = f": {step.old} → {step.new}" if step.old else f": {step.new}" if step.new else ""
        lines.append(f"{step.when} · {step.who} · {step.what}{value} ({step.operation})")
    return Answer([asdict(step) for step in steps], lines or ["Изменений нет."])

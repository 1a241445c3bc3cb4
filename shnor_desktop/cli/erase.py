"""Commands of erasing a person's data: order it, see the orders, confirm one on this copy."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk, desk_for_reading, school_of
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.models.erasures import ERASABLE, ERASURE_REASONS
from shnor_desktop.models.registry import entities
from shnor_desktop.services import erasures
from shnor_desktop.services.erasure_traces import Traces
from shnor_desktop.services.erasures import Order


def add_commands(commands: Commands) -> None:
    """`erase …`."""
    erase = commands.group("erase", "стирание данных человека: поручить, посмотреть, подтвердить на этом компьютере")
    reasons = "; ".join(f"{code} — {caption}" for code, caption in ERASURE_REASONS)
    kinds = "; ".join(f"{name} — {entities()[name].caption.lower()}" for name in ERASABLE)
    ordered = erase.add(
        "order",
        _order,
        "поручить стереть данные человека (школа); запись удаляется сразу, вернуть её нельзя",
        f"Виды записей: {kinds}. Основания: {reasons}. Номер записи показывает history --json.",
    )
    _add_store(ordered)
    ordered.add_argument("--entity", required=True, choices=ERASABLE, metavar="ВИД", help="вид записи")
    ordered.add_argument("--row", required=True, metavar="НОМЕР", help="номер записи")
    ordered.add_argument("--reason", required=True, choices=tuple(dict(ERASURE_REASONS)), metavar="ОСНОВАНИЕ")
    ordered.add_argument("--document", default="", metavar="ТЕКСТ", help="номер и дата документа, без фамилий")
    ordered.add_argument("--word", default="", metavar="СЛОВО", help=f"подтверждение директора: {erasures.WORD}")
    shown = erase.add("list", _list, "показать поручения и то, что исполнено на этом компьютере")
    _add_store(shown)
    shown.add_argument("--school", default="", metavar="КОД", help="код школы; без него все")
    shown.add_argument("--pending", action="store_true", help="только те, что ждут подтверждения здесь")
    done = erase.add("confirm", _confirm, "стереть на этом компьютере то, что поручено; вернуть нельзя")
    _add_store(done)
    done.add_argument("order", metavar="НОМЕР", help="номер поручения из erase list")
    done.add_argument("--packages", action="store_true", help="удалить пакеты, которые записаны на этом компьютере")
    done.add_argument("--backups", action="store_true", help="сделать новую резервную копию и удалить прежние")


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")


def _order(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        found = erasures.order(workspace, args.entity, args.row, args.reason, args.document, args.word)
    lines = [f"Поручение {found.id}: {found.words}.", "Подтвердите его: shnor erase confirm."]
    lines.append("В центр поручение уйдёт со следующим пакетом.")
    return Answer({"order": _content(found)}, lines)


def _list(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        school = school_of(workspace, args.school) if args.school else None
        found = (erasures.pending if args.pending else erasures.orders)(workspace, school)
    lines = [f"{one.id} · {one.ordered_on} · {one.words} · {_state(one)}" for one in found]
    return Answer({"orders": [_content(one) for one in found]}, lines or ["Поручений о стирании нет."])


def _confirm(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        done = erasures.confirm(workspace, args.order, remove_packages=args.packages, remove_backups=args.backups)
    lines = [f"Стёрто: записей {done.rows}, значений {done.values}, файлов {done.files}."]
    lines += [f"Удалено: {name}" for name in done.removed]
    lines += [f"Ещё может хранить эти данные: {path}" for path in (*done.left.packages, *done.left.backups)]
    content = {
        "rows": done.rows,
        "values": done.values,
        "files": done.files,
        "removed": list(done.removed),
        "left": _left(done.left),
    }
    return Answer(content, [*lines, *done.left.by_hand])


def _state(one: Order) -> str:
    return f"стёрто здесь {one.done_at[:10]}" if one.done_at else "ждёт подтверждения здесь"


def _content(one: Order) -> dict[str, object]:
    return {
        "id": one.id,
        "school": one.school_name,
        "entity": one.caption,
        "rows": one.rows,
        "reason": one.reason,
        "document": one.document,
        "ordered_on": one.ordered_on,
        "done_at": one.done_at,
    }


def _left(traces: Traces) -> dict[str, object]:
    return {
        "packages": [str(path) for path in traces.packages],
        "backups": [str(path) for path in traces.backups],
        "away": list(traces.away),
        "by_hand": list(traces.by_hand),
    }

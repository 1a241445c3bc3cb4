"""Commands of remarks: what is open, a new one, a move or a word in a thread."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk, desk_for_reading, school_of
from shnor_desktop.cli.parsing import Commands, WrongCall
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.registry import entities
from shnor_desktop.models.review import REMARK_KINDS, REMARK_STATES
from shnor_desktop.services import remark_threads
from shnor_desktop.services.centre import RemarkDraft, leave_remark
from shnor_desktop.services.remark_feed import Filter, RemarkLine, RemarkThread, feed, thread
from shnor_desktop.services.remark_places import Places
from shnor_desktop.services.workspace import StoreKind, Workspace


def add_commands(commands: Commands) -> None:
    """`remarks …`."""
    states = "; ".join(f"{code} — {caption}" for code, caption in REMARK_STATES)
    remarks = commands.group("remarks", "замечания: посмотреть, оставить, ответить и перевести в другое состояние")
    shown = remarks.add("list", _list, "показать замечания: открытые, просроченные, по школе", f"Состояния: {states}.")
    _add_store(shown)
    shown.add_argument("--state", default="", choices=("", *dict(REMARK_STATES)), metavar="СОСТОЯНИЕ")
    shown.add_argument("--open", action="store_true", help="только те, которые ещё не приняты и не сняты")
    shown.add_argument("--overdue", action="store_true", help="только просроченные школой")
    shown.add_argument("--id", default="", metavar="НОМЕР", help="одно замечание со всей перепиской")
    left = remarks.add("add", _add, "оставить замечание (центр или методист)")
    _add_store(left)
    left.add_argument("--text", required=True, metavar="ТЕКСТ", help="что поправить и как")
    left.add_argument(
        "--place", default="school", metavar="МЕСТО", help="страница или запись: вид[:номер записи[:поле]]"
    )
    left.add_argument("--kind", default="remark", choices=tuple(dict(REMARK_KINDS)), help="вид замечания")
    left.add_argument("--due", default="", metavar="ДЕНЬ", help="исправить до: 20.09.2024")
    moved = remarks.add("move", _move, "перевести замечание или ответить под ним", f"Состояния: {states}.")
    _add_store(moved)
    moved.add_argument("remark", metavar="НОМЕР", help="номер замечания из remarks list")
    moved.add_argument("--to", default="", metavar="СОСТОЯНИЕ", help="без него под замечанием остаётся только ответ")
    moved.add_argument("--text", default="", metavar="ТЕКСТ", help="ответ или причина")


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")
    parser.add_argument("--school", default="", metavar="КОД", help="код школы; в хранилище школы не нужен")


def _list(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        many = workspace.kind is not StoreKind.SCHOOL
        school = "" if many and not args.school else school_of(workspace, args.school)
        if args.id:
            return _thread_answer(_found_thread(workspace, args.id, school))
        states = (args.state,) if args.state else ()
        lines = feed(workspace, Filter(states, school=school, only_open=args.open, only_overdue=args.overdue))
    words = [_words(line) for line in lines]
    return Answer({"remarks": [_content(line) for line in lines]}, words or ["Замечаний нет."])


def _add(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        school = school_of(workspace, args.school)
        draft = _draft(workspace, school, args)
        done = leave_remark(workspace, school, draft)
        found = thread(workspace, done.row, school)
    return _thread_answer(found, f"Замечание оставлено: {done.row}.")


def _move(args: argparse.Namespace) -> Answer:
    if not args.to and not args.text:
        raise WrongCall("скажите, куда перевести замечание (--to) или что ответить (--text)")
    with desk(args.store) as workspace:
        many = workspace.kind is not StoreKind.SCHOOL
        school = _owner(workspace, args.remark, school_of(workspace, args.school) if args.school or not many else "")
        if args.to:
            remark_threads.move(workspace, args.remark, args.to, args.text, school)
        else:
            remark_threads.say(workspace, args.remark, args.text, school)
        found = thread(workspace, args.remark, school)
    return _thread_answer(found)


def _found_thread(workspace: Workspace, remark: str, school: str) -> RemarkThread:
    return thread(workspace, remark, _owner(workspace, remark, school))


def _owner(workspace: Workspace, remark: str, school: str) -> str:
    """The school of a remark where many are in one store."""
    if school:
        return school
    found = next((line.school for line in feed(workspace) if line.id == remark), "")
    if not found:
        raise KnownError("remarks.no_such")
    return found


def _draft(workspace: Workspace, school: str, args: argparse.Namespace) -> RemarkDraft:
    entity, _, rest = args.place.partition(":")
    row, _, field = rest.partition(":")
    info = entities().get(entity)
    if info is None:
        raise KnownError("remarks.no_such_place", place=args.place[:80])
    row = row or (school if entity == "school" and field else "")
    place = Places(workspace, school).now(entity, row, field) if row else None
    if place is not None and (place.is_gone or not place.is_known):
        raise KnownError("remarks.no_such_place", place=args.place[:80])
    caption = f"{info.caption} — {info.fields[field].caption}" if field in info.fields else info.caption
    return RemarkDraft(entity, row, field, caption, args.text, args.kind, args.due)


def _thread_answer(found: RemarkThread, first: str = "") -> Answer:
    line = found.line
    content = {
        **_content(line),
        "quoted": found.quoted,
        "now": found.now.text,
        "gone": found.now.is_gone,
        "changed": found.is_changed,
        "moves": list(found.moves),
        "messages": [
            {"side": one.side, "author": one.author, "body": one.body, "moved_to": one.moved_to, "made_at": one.made_at}
            for one in found.messages
        ],
    }
    words = [*([first] if first else []), f"[{line.state_words}] {line.body}"]
    words += [part for part in (line.place, line.due_words, found.place_words) if part]
    for one in found.messages:
        moved = f" → {one.moved_words}" if one.moved_words else ""
        words.append(f"  {one.side_words}{moved}: {one.body}" if one.body else f"  {one.side_words}{moved}")
    return Answer(content, words)


def _words(line: RemarkLine) -> str:
    late = "просрочено" if line.is_overdue else ""
    more = [part for part in (line.place, line.due_words, late) if part]
    return " · ".join([f"{line.id}  [{line.state_words}] {line.body}", *more])


def _content(line: RemarkLine) -> dict[str, object]:
    return {
        "id": line.id,
        "school": line.school,
        "state": line.state,
        "kind": line.kind_code,
        "body": line.body,
        "place": line.place,
        "entity": line.target_entity,
        "row": line.target_row,
        "field": line.target_field,
        "due_on": line.due.isoformat() if line.due else None,
        "overdue": line.is_overdue,
        "open": line.is_open,
    }

"""Commands of the channels: how packages go and come by themselves, and which of them wait."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from shnor_desktop.cli.answer import Answer, Status, message_content
from shnor_desktop.cli.desk import desk, desk_for_reading
from shnor_desktop.cli.package_import import verdicts_answer
from shnor_desktop.cli.parsing import Commands, Parser, WrongCall
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import channels, inbox, journal, outbox
from shnor_desktop.services.answers import make_answers
from shnor_desktop.services.channels import ChannelKind, ChannelSettings
from shnor_desktop.services.delivery import Delivery
from shnor_desktop.services.delivery_views import delivery_words
from shnor_desktop.services.workspace import Workspace

PASSWORD = "SHNOR_PASSWORD"
"""Environment variable with the password of a channel, for a call that nobody sits at."""


def add_commands(commands: Commands) -> None:
    """`outbox …`, `inbox …`, `channel …`."""
    out = commands.group("outbox", "исходящие: что передано и что ждёт")
    _store(out.add("list", _list_outbox, "показать пакеты и их состояние"))
    send = out.add(
        "send",
        _send,
        "отправить то, что ждёт",
        "Уже переданное второй раз не отправляется; оборванное продолжается с места обрыва.",
    )
    _store(send)
    send.add_argument("--package", default="", metavar="ПАКЕТ", help="только этот пакет: начало его SHA-256")
    send.add_argument("--channel", default="", metavar="КАНАЛ", help="этим каналом")
    send.add_argument("--now", action="store_true", help="не ждать следующей попытки")
    answer = out.add(
        "answer",
        _answer_all,
        "ответить всем школам центра, чьи пакеты ещё не отвечены",
        "Квитанции ложатся в исходящие и уходят по «outbox send».",
    )
    _store(answer)
    _store(commands.group("inbox", "входящие").add("fetch", _fetch, "забрать и принять то, что пришло по каналам"))
    channel = commands.group("channel", "каналы: папка, сервер WebDAV, электронная почта")
    _store(channel.add("list", _list_channels, "показать каналы"))
    add = channel.add(
        "add",
        _add,
        "добавить канал",
        f"Пароль спрашивается с клавиатуры или берётся из переменной {PASSWORD}; в параметрах его не пишут.",
    )
    _store(add)
    add.add_argument("kind", choices=[kind.value for kind in ChannelKind], metavar="ВИД", help="folder, webdav, mail")
    add.add_argument("address", metavar="АДРЕС", help="папка, https://… или свой адрес почты")
    add.add_argument("--title", default="", metavar="НАЗВАНИЕ", help="как называть канал")
    add.add_argument("--user", default="", metavar="ИМЯ", help="имя для входа")
    add.add_argument("--to", default="", metavar="ПОЧТА", help="адрес центра, для почты школы")
    add.add_argument("--smtp", default="", metavar="СЕРВЕР", help="сервер исходящей почты: smtp.example.ru:465")
    add.add_argument("--imap", default="", metavar="СЕРВЕР", help="сервер входящей почты: imap.example.ru:993")
    add.add_argument("--limit", type=int, default=channels.USUAL_MB, metavar="МБ", help="наибольший размер письма")
    add.add_argument("--pin", default="", metavar="SHA256", help="доверять только этому сертификату сервера")
    add.add_argument("--pin-imap", default="", metavar="SHA256", help="то же для сервера входящей почты")
    for name, handler, words in (
        ("test", _test, "проверить канал, ничего не отправляя"),
        ("remove", _remove, "удалить канал и его пароль"),
    ):
        found = channel.add(name, handler, words)
        _store(found)
        found.add_argument("channel", metavar="КАНАЛ", help="номер или название канала")


def _store(parser: Parser) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")


def _list_outbox(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        known = outbox.deliveries(workspace)
        lines = [line for line in journal.journal(workspace) if line.is_outgoing]
    content = [
        {
            "package": line.id,
            "number": line.number,
            "kind": line.kind,
            "file": line.file_name,
            "state": line.state,
            "superseded_by": line.superseded_by,
            **_delivery(known.get(line.id)),
        }
        for line in lines
    ]
    words = []
    for line in lines:
        words.append(f"№ {line.number} от {line.made_on}: {line.kind}, {line.state_words} ({line.file_name})")
        said, _ = delivery_words(known.get(line.id))
        words += [f"  {said}"] if said else []
    return Answer(content, words or ["Исходящих нет."])


def _delivery(delivery: Delivery | None) -> dict[str, object]:
    if delivery is None:
        return {"delivery": None}
    proofs = [
        {"at": one.at, "channel": one.channel, "where": one.where, "sha256": one.sha256, "answer": one.answer}
        for one in delivery.proofs
    ]
    return {
        "delivery": {
            "state": delivery.state.value,
            "channel": delivery.channel,
            "attempts": delivery.attempts,
            "next_try": delivery.next_try,
            "cause": delivery.error,
            "sha256": delivery.sha256,
            "proofs": proofs,
        }
    }


def _send(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        package = _package(workspace, args.package) if args.package else ""
        if package:
            outbox.enqueue(workspace, package, _channel(workspace, args.channel).id if args.channel else "")
        elif not any(one.is_on for one in channels.channels(workspace)):
            raise KnownError("channel.none")
        done = outbox.send_due(workspace, force=args.now or bool(package), only=package)
    said = [(one, delivery_words(one)[0]) for one in (*done.sent, *done.failed)]
    content = [{"package": one.package, **_delivery(one)} for one, _ in said]
    lines = [f"{Path(one.file).name}: {words}" for one, words in said] or ["Отправлять нечего."]
    return Answer(content, lines, Status.INPUT_AT_FAULT if done.failed else Status.DONE)


def _answer_all(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        made, failed = make_answers(workspace)
    content = {
        "files": [{"file": str(one.path), "id": one.id, "number": one.number} for one in made],
        "failed": [{"school": name, **message_content(message)} for name, message in failed],
    }
    lines = [f"Квитанция № {one.number}: {one.path}" for one in made]
    lines += [f"{name}: {message.text}" for name, message in failed]
    return Answer(content, lines or ["Все пакеты отвечены."], Status.INPUT_AT_FAULT if failed else Status.DONE)


def _package(workspace: Workspace, start: str) -> str:
    found = [line.id for line in journal.journal(workspace) if line.is_outgoing and line.id.startswith(start.lower())]
    if len(found) != 1:
        raise KnownError("package.not_in_journal")
    return found[0]


def _fetch(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        taken, failed = inbox.fetch_all(workspace)
    verdicts = verdicts_answer([one.verdict for one in taken], [Path(one.fetched.file) for one in taken])
    lines = list(verdicts.lines) or ([] if failed else ["Нового нет."])
    for title, message in failed:
        lines.append(f"{title}: {message.text}")
    content = {
        "files": verdicts.content,
        "failed": [{"channel": title, **message_content(message)} for title, message in failed],
    }
    return Answer(content, lines, Status.INPUT_AT_FAULT if failed else verdicts.status)


def _list_channels(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        found = channels.channels(workspace)
        with_password = {one.id for one in found if channels.has_password(workspace, one.id)}
    content = [_card(one) | {"has_password": one.id in with_password} for one in found]
    lines = [f"{one.id} {one.title}: {one.kind.caption}, {one.address}" for one in found]
    return Answer(content, lines or ["Каналов нет."])


def _card(settings: ChannelSettings) -> dict[str, object]:
    return {
        "id": settings.id,
        "kind": settings.kind.value,
        "title": settings.title,
        "address": settings.address,
        "user": settings.user,
        "is_on": settings.is_on,
        "pinned": settings.pinned,
    }


def _add(args: argparse.Namespace) -> Answer:
    kind = ChannelKind(args.kind)
    address = str(Path(args.address).absolute()) if kind is ChannelKind.FOLDER else args.address
    settings = ChannelSettings(
        channels.new_channel_id(),
        kind,
        args.title,
        address,
        user=args.user,
        receiver=args.to,
        outgoing=args.smtp,
        incoming=args.imap,
        pinned=_digits(args.pin),
        pinned_incoming=_digits(args.pin_imap),
        limit_mb=args.limit,
    )
    channels.checked(settings)
    password = None if kind is ChannelKind.FOLDER else _asked_password()
    with desk(args.store) as workspace:
        kept = channels.put_channel(workspace, settings, password)
    return Answer(_card(kept), [f"Канал добавлен: {kept.title}, номер {kept.id}."])


def _digits(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter in "0123456789abcdef")


def _asked_password() -> str:
    known = os.environ.get(PASSWORD)
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise WrongCall(f"некому ввести пароль: задайте его переменной {PASSWORD}")
    return getpass.getpass("Пароль: ")


def _test(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        settings = _channel(workspace, args.channel)
        words = channels.try_channel(workspace, settings, os.environ.get(PASSWORD))
    return Answer({**_card(settings), "message": words}, [words])


def _remove(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        settings = _channel(workspace, args.channel)
        channels.remove_channel(workspace, settings.id)
    return Answer(_card(settings), [f"Канал удалён: {settings.title}. Переданное им остаётся в журнале."])


def _channel(workspace: Workspace, name: str) -> ChannelSettings:
    found = [one for one in channels.channels(workspace) if name in (one.id, one.title)]
    if not found:
        raise KnownError("channel.missing")
    return found[0]

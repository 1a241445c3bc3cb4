"""Commands of trust: the authority of a centre, requests and invitations, revocation, the recovery sheet."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk, desk_for_reading, school_by_code
from shnor_desktop.cli.parsing import Commands, WrongCall
from shnor_desktop.cli.passphrase import key_of, recovery_code
from shnor_desktop.services import authority_desk, authority_recovery, enrolment, joining, recovery, recovery_sheets
from shnor_desktop.services.enrolled_people import Enrolled
from shnor_desktop.services.enrolment_requests import Request, RequestReason
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.services.workspace import Profile, StoreKind, Workspace

PASSPHRASE, NEW_PASSPHRASE = "SHNOR_PASSPHRASE", "SHNOR_NEW_PASSPHRASE"
"""A passphrase is never a word of the call: others see those in the list of processes."""
_ASKED = f"Кодовую фразу берут из переменной {PASSPHRASE}, иначе спрашивают с клавиатуры."
_WHY_REVOKED = ("lost", "stolen", "left", "mistake")


def add_commands(commands: Commands) -> None:
    """`trust …`."""
    trust = commands.group("trust", "доверие: ключ центра, подключение компьютеров, отзыв, лист восстановления")
    authority = trust.group("authority", "ключ центра, которым подтверждают компьютеры")
    _store(authority.add("create", _create, "создать ключ центра", _ASKED), "центра")
    _store(authority.add("succeed", _succeed, "сменить ключ центра: прежний ручается за новый", _ASKED), "центра")
    forgotten = authority.add("reset", _reset, "задать новую кодовую фразу по листу восстановления")
    _store(forgotten, "центра")
    ask = trust.add("request", _request, "сделать файл запроса на подключение этого компьютера")
    _store(ask, "школы или методиста")
    ask.add_argument("--person", required=True, metavar="ИМЯ", help="кто отвечает за компьютер")
    ask.add_argument("--reason", default="new", choices=[one.value for one in RequestReason], help="почему")
    ask.add_argument("--out", required=True, type=Path, metavar="ПАПКА", help="куда записать файл")
    join = trust.add("join", _join, "начать рабочее место, которое ждёт приглашения центра")
    join.add_argument("--store", required=True, type=Path, metavar="ХРАНИЛИЩЕ", help="новый файл хранилища")
    join.add_argument("--role", required=True, choices=["school", "methodist"], help="чьё рабочее место")
    join.add_argument("--code", required=True, metavar="КОД", help="код школы или методиста")
    join.add_argument("--person", required=True, metavar="ИМЯ", help="кто отвечает за компьютер")
    _store(trust.add("requests", _requests, "показать запросы, которые пришли в центр"), "центра")
    invite = trust.add("invite", _invite, "подтвердить компьютер и сделать файл приглашения", _ASKED)
    _store(invite, "центра")
    invite.add_argument("request", metavar="НОМЕР", help="номер запроса из trust requests")
    invite.add_argument("--school", metavar="КОД", help="код школы, если в запросе она не названа")
    invite.add_argument("--lost", action="append", default=[], metavar="ОТПЕЧАТОК", help="какой компьютер утрачен")
    invite.add_argument("--again", action="store_true", help="записать сделанное приглашение ещё раз")
    invite.add_argument("--out", required=True, type=Path, metavar="ПАПКА", help="куда записать файл")
    revoke = trust.add("revoke", _revoke, "отозвать компьютер: дальше его правки не принимаются", _ASKED)
    _store(revoke, "центра")
    revoke.add_argument("fingerprint", metavar="ОТПЕЧАТОК", help="отпечаток из trust list")
    revoke.add_argument("--reason", default="lost", choices=_WHY_REVOKED, help="почему")
    _store(trust.add("list", _list, "показать, кто подтверждён, и как подтверждён этот компьютер"), "")
    sheet = trust.add("sheet", _sheet, "напечатать новый лист восстановления в PDF; прежний перестанет действовать")
    _store(sheet, "")
    sheet.add_argument("--out", required=True, type=Path, metavar="ФАЙЛ", help="куда записать PDF")
    restore = trust.add(
        "restore",
        _restore,
        "вернуть ключи с листа восстановления",
        "Код с листа берут из переменной SHNOR_RECOVERY_CODE, иначе спрашивают с клавиатуры.",
    )
    _store(restore, "или его копии")


def _store(parser: argparse.ArgumentParser, whose: str) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help=f"файл хранилища {whose}".strip())


def _create(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        found = authority_desk.create(workspace, _passphrase(PASSPHRASE, "Кодовая фраза ключа центра: ", twice=True))
    return _authority(found, f"Ключ центра создан: {found.name}.")


def _succeed(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        old = _passphrase(PASSPHRASE, "Прежняя кодовая фраза: ")
        found = authority_desk.succeed(workspace, old, _passphrase(NEW_PASSPHRASE, "Новая кодовая фраза: ", twice=True))
    return _authority(found, f"Ключ центра сменён: {found.name}.")


def _authority(found: authority_desk.AuthorityState, said: str) -> Answer:
    content = {"name": found.name, "since": found.since, "until": found.until, "fingerprint_digits": found.digits}
    content["fingerprint_words"] = found.phrase
    lines = [said, f"Действует до {found.until}.", f"Цифры рабочего ключа для сверки: {found.digits}"]
    lines += [f"Слова: {found.phrase}", "Напечатайте лист восстановления: shnor trust sheet."]
    return Answer(content, lines)


def _request(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        done = enrolment.request(workspace, args.out, args.person, args.reason)
        asked = enrolment.pending(workspace)
    assert asked is not None
    content = {"file": str(done.path), "request": asked.request, "reason": asked.reason.value}
    content |= {"fingerprint_digits": asked.digits, "fingerprint_words": asked.phrase}
    lines = [f"Запрос: {done.path}", "Передайте файл в центр; по телефону прочитайте цифры или слова:"]
    return Answer(content, [*lines, asked.digits, asked.phrase])


def _join(args: argparse.Namespace) -> Answer:
    workspace = joining.begin_joining(args.store, args.role, args.person, args.code, system_clock())
    workspace.close()
    lines = [f"Рабочее место начато и ждёт приглашения: {args.store}", "Теперь сделайте запрос: shnor trust request."]
    return Answer({"store": str(args.store), "role": args.role, "code": args.code}, lines)


def _requests(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        found = authority_desk.requests(workspace)
    lines: list[str] = []
    for one in found:
        lines.append(
            f"{one.id}  {one.school_name or one.name}, {one.person}: {one.reason.caption} — {one.state.caption}"
        )
        lines.append("  подтверждено прежним ключом" if one.is_proven else f"  цифры: {one.digits}")
        lines += [] if one.is_proven else [f"  слова: {one.phrase}"]
    return Answer({"requests": [_request_content(one) for one in found]}, lines or ["Запросов нет."])


def _invite(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        if args.again:
            done = authority_desk.write_invitation(workspace, args.request, args.out)
        else:
            school = school_by_code(workspace, args.school) if args.school else None
            phrase = _passphrase(PASSPHRASE, "Кодовая фраза ключа центра: ")
            done = authority_desk.invite(
                workspace, args.request, phrase, args.out, school=school, lost=tuple(args.lost)
            )
    return Answer({"file": str(done.path), "id": done.id}, [f"Приглашение: {done.path}"])


def _revoke(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        phrase = _passphrase(PASSPHRASE, "Кодовая фраза ключа центра: ")
        number = authority_desk.revoke(workspace, args.fingerprint, args.reason, phrase)
    lines = [f"Компьютер отозван, список № {number}.", "Список уйдёт с каждым пакетом, который центр сделает теперь."]
    return Answer({"fingerprint": args.fingerprint, "list": number}, lines)


def _list(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        if workspace.kind is StoreKind.MUNICIPAL:
            return _people(authority_desk.people(workspace))
        found = enrolment.standing(workspace)
    how = f"подтверждён центром «{found.centre}» до {found.until}" if found.is_enrolled else "центром не подтверждён"
    how = "отозван центром" if found.is_revoked else how
    content = {"name": found.name, "enrolled": found.is_enrolled, "centre": found.centre, "revoked": found.is_revoked}
    content |= {"until": found.until, "fingerprint_digits": found.digits, "fingerprint_words": found.phrase}
    content["request"] = found.asked.request if found.asked else ""
    waits = [f"Ждёт приглашения на запрос от {found.asked.made_at[:10]}."] if found.asked else []
    return Answer(content, [f"{found.name}: {how}.", f"Цифры: {found.digits}", f"Слова: {found.phrase}", *waits])


def _sheet(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        phrase = _phrase_if_given(workspace)
        path = recovery_sheets.write_new_sheet(workspace, args.out, phrase)
    lines = [
        f"Лист восстановления: {path}",
        "Напечатайте его, уберите в сейф, а файл удалите.",
        "Прежний лист не нужен.",
    ]
    return Answer({"file": str(path)}, lines)


def _restore(args: argparse.Namespace) -> Answer:
    found = recovery.restore(args.store, recovery_code(), Profile.default(), system_clock(), key=key_of(args.store))
    lines = [f"Ключи возвращены: {len(found.names)}.", "Откройте рабочее место и напечатайте новый лист."]
    return Answer({"store_id": found.store_id, "secrets": len(found.names)}, lines)


def _people(found: list[Enrolled]) -> Answer:
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.name} ({one.code}){f', {one.person}' if one.person else ''} — {one.state.caption}")
        lines.append(f"  {one.fingerprint}")
    content = [
        {
            "fingerprint": one.fingerprint,
            "role": one.role,
            "code": one.code,
            "name": one.name,
            "person": one.person,
            "school": one.school,
            "since": one.at,
            "state": one.state.value,
            "reason": one.reason,
        }
        for one in found
    ]
    return Answer({"people": content}, lines or ["Никто ещё не подтверждён."])


def _request_content(one: Request) -> dict[str, object]:
    return {
        "id": one.id,
        "reason": one.reason.value,
        "role": one.role,
        "code": one.code,
        "name": one.name,
        "person": one.person,
        "school": one.school if one.names_school else "",
        "state": one.state.value,
        "proven": one.is_proven,
        "fingerprint_digits": one.digits,
        "fingerprint_words": one.phrase,
        "came_at": one.came_at,
    }


def _phrase_if_given(workspace: Workspace) -> str:
    """The phrase of the authority, for the sheet to bring its key back without it; empty where there is none."""
    if workspace.kind is not StoreKind.MUNICIPAL or not authority_desk.state(workspace).has_key:
        return ""
    if PASSPHRASE not in os.environ and (sys.stdin is None or not sys.stdin.isatty()):
        return ""
    return _passphrase(PASSPHRASE, "Кодовая фраза ключа центра: ")


def _reset(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        code = recovery_code()
        authority_recovery.reset_passphrase(
            workspace, code, _passphrase(NEW_PASSPHRASE, "Новая кодовая фраза: ", twice=True)
        )
    return Answer({"reset": True}, ["Новая кодовая фраза задана. Ключ центра прежний."])


def _passphrase(variable: str, question: str, *, twice: bool = False) -> str:
    found = os.environ.get(variable)
    if found is not None:
        return found
    if sys.stdin is None or not sys.stdin.isatty():
        raise WrongCall(f"кодовая фраза не указана: задайте переменную {variable}")
    found = getpass.getpass(question)
    if twice and getpass.getpass("Ещё раз: ") != found:
        raise WrongCall("фразы не совпали, ничего не изменено")
    return found

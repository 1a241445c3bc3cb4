"""What is asked for a new desk, and how it is begun from the answers: school, centre, methodist, one more computer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.school import School
from shnor_desktop.services import desks
from shnor_desktop.services.joining import begin_joining
from shnor_desktop.services.methodology import DEFAULT_PACK
from shnor_desktop.services.this_computer import system_clock, user_folder
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.ui.workspaces.start.page import StartPage
from shnor_desktop.ui.workspaces.start.wizard import METHODOLOGY, NAME, POSITION, YEAR, SchoolWizard

SUFFIX = ".shnor-db"
_SCHOOL_FIELDS = ("code", "short_name", "full_name", "municipality", "kind")
_CENTRE_FIELDS = (
    FieldInfo(
        "code",
        FieldKind.TEXT,
        "Код центра",
        "Латиницей и цифрами, например 72-MOC.",
        required=True,
        is_code=True,
        max_length=20,
    ),
    FieldInfo("name", FieldKind.TEXT, "Наименование", "Как в документах.", required=True, max_length=200),
)
_METHODIST_FIELDS = (
    FieldInfo(
        "code",
        FieldKind.TEXT,
        "Ваш код",
        "Латиницей и цифрами, например 72-MOC-M1. Если центр кода не выдал, впишите любой свой.",
        required=True,
        is_code=True,
        max_length=20,
    ),
    FieldInfo("name", FieldKind.TEXT, "Фамилия, имя, отчество", "Так вас увидит школа.", required=True, max_length=200),
)
_JOINING_FIELDS = (
    FieldInfo("code", FieldKind.TEXT, "Код школы", "Как в её паспорте.", required=True, is_code=True, max_length=20),
    FieldInfo("name", FieldKind.TEXT, "Школа", "Краткое название.", required=True, max_length=200),
    FieldInfo("person", FieldKind.TEXT, "Кто отвечает за компьютер", "Фамилия, имя, отчество.", required=True),
)
_METHODOLOGY_FIELD = FieldInfo(
    METHODOLOGY,
    FieldKind.CHOICE,
    "Методика",
    "Модель вашего региона: от неё зависят карта, программа и сроки.",
    required=True,
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A desk that is to be made: where, what is said meanwhile, and the work."""

    store: Path
    words: str
    work: Callable[[], Workspace]


def make_start_page() -> StartPage:
    """The first screen, with the forms of every kind of desk."""
    fields = info_of(School).fields
    today = system_clock().now().astimezone().date()
    wizard = SchoolWizard([fields[name] for name in _SCHOOL_FIELDS], _METHODOLOGY_FIELD, today)
    centre, methodist = ((*own, _METHODOLOGY_FIELD) for own in (_CENTRE_FIELDS, _METHODIST_FIELDS))
    return StartPage(wizard, centre, methodist, _JOINING_FIELDS)


def begin_school(values: Mapping[str, object]) -> Beginning:
    """A school, from what its wizard asked."""
    known = {name: str(values.get(name) or "") for name in (*_SCHOOL_FIELDS, YEAR)}
    card = desks.SchoolCard(**known, **_named_person(values))
    pack, path = _pack_of(values), _free_path("school", card.code)
    return Beginning(
        path, "Завожу рабочее место школы…", lambda: desks.create_school_desk(path, card, system_clock(), pack)
    )


def begin_centre(values: Mapping[str, object]) -> Beginning:
    """A centre that receives the packages of schools."""
    code, name, pack = _text(values, "code"), _text(values, "name"), _pack_of(values)
    path = _free_path("centre", code)
    return Beginning(
        path, "Завожу рабочее место центра…", lambda: desks.create_centre_desk(path, code, name, system_clock(), pack)
    )


def begin_methodist(values: Mapping[str, object]) -> Beginning:
    """A methodist who reviews and visits for a centre."""
    code, name, pack = _text(values, "code"), _text(values, "name"), _pack_of(values)
    path = _free_path("methodist", code)
    return Beginning(
        path,
        "Завожу рабочее место методиста…",
        lambda: desks.create_methodist_desk(path, code, name, system_clock(), pack),
    )


def begin_computer(values: Mapping[str, object]) -> Beginning:
    """One more computer of a school; its data come with the invitation."""
    code, name, person = (_text(values, field.name) for field in _JOINING_FIELDS)
    path = _free_path("school", code)
    return Beginning(
        path,
        "Завожу рабочее место…",
        lambda: begin_joining(path, WriterRole.SCHOOL, person, code, system_clock(), name=name),
    )


def demo_store(kind: StoreKind) -> Path:
    """Where the demo of a role lies."""
    name = {StoreKind.SCHOOL: "school", StoreKind.MUNICIPAL: "centre", StoreKind.METHODIST: "methodist"}[kind]
    return user_folder() / "stores" / f"demo-{name}{SUFFIX}"


def only_store() -> Path | None:
    """The one store of this user, where the settings were lost; demos do not count."""
    found = [path for path in (user_folder() / "stores").glob(f"*{SUFFIX}") if not path.name.startswith("demo-")]
    return found[0] if len(found) == 1 else None


def _text(values: Mapping[str, object], name: str) -> str:
    return str(values.get(name) or "")


def _pack_of(values: Mapping[str, object]) -> str:
    return str(values.get(METHODOLOGY) or DEFAULT_PACK)


def _named_person(values: Mapping[str, object]) -> dict[str, str]:
    """Where the name of who begins the desk goes: a director signs, others answer for the project."""
    name, position = _text(values, NAME), values.get(POSITION)
    if not name:
        return {}
    if position == "director":
        return {"director": name}
    return {"responsible": f"{name}, заместитель директора" if position == "deputy" else name}


def _free_path(kind: str, code: str) -> Path:
    """A file name that is not taken, made of the code as far as a file system takes it."""
    plain = "".join(char if char.isalnum() or char in "-_" else "-" for char in code.strip()) or "1"
    folder = user_folder() / "stores"
    at, path = 1, folder / f"{kind}-{plain}{SUFFIX}"
    while path.exists():
        at += 1
        path = folder / f"{kind}-{plain}-{at}{SUFFIX}"
    return path

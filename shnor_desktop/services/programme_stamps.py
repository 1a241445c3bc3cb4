"""The stamps of the title page: those of the methodology, changed by the school in place, filled from the data.

A row of the school stands at a place from 1 to 4. It takes the place of the methodology's stamp there, and what it
leaves empty stays as the methodology has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts, StampFact
from shnor_desktop.domain.log import Delete, Restore, Set
from shnor_desktop.domain.methodology import Pack, Stamp, fill_template, placeholders_in
from shnor_desktop.domain.russian import long_date
from shnor_desktop.models.programme import StampBlock
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import current_of
from shnor_desktop.services.programme_drafts import coordinator_name, lines_of, requisites
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

MOST_STAMPS = 4
PLACEHOLDER_WORDS: Mapping[str, str] = {
    "protocol_number": "номер протокола",
    "protocol_date": "дата протокола",
    "order_number": "номер приказа",
    "order_date": "дата приказа",
    "agreed_by": "кем согласована",
    "agreed_on": "дата согласования",
    "director_name": "директор",
    "coordinator_name": "координатор",
    "school_name": "полное название школы",
    "school_short_name": "краткое название школы",
    "municipality": "муниципалитет",
    "region": "регион",
}
"""What may stand in braces in a line of a stamp, in words."""
_BLANKS = {
    "protocol_number": "____",
    "protocol_date": "__.__.20__",
    "order_number": "____",
    "order_date": "__.__.20__",
    "agreed_on": "__.__.20__",
}
"""Blanks that fit the narrow column of a stamp."""


@dataclass(frozen=True, slots=True)
class StampView:
    """A stamp of the title page with its lines filled; what is not known yet is a blank line.

    `template` holds the lines before they are filled, `row` the school's own row (empty where the methodology's
    stamp stands as it is), `is_hidden` says that it is not printed.
    """

    code: str
    title: str
    lines: tuple[str, ...]
    is_filled: bool
    position: int = 0
    template: str = ""
    row: str = ""
    is_hidden: bool = False


def stamps(workspace: Workspace, school: str | None = None) -> tuple[StampView, ...]:
    """The stamps that are printed, none to four."""
    return stamps_of(workspace.pack_of(school), read_facts(workspace, school))


def stamps_of(pack: Pack, facts: SchoolFacts) -> tuple[StampView, ...]:
    """The same from facts that were read already."""
    return tuple(stamp for stamp in all_stamps_of(pack, facts) if not stamp.is_hidden)


def all_stamps_of(pack: Pack, facts: SchoolFacts) -> tuple[StampView, ...]:
    """Every stamp with those that the school does not print, from left to right."""
    values = stamp_values(pack, facts)
    filled = _filled(facts)
    own = {item.position: item for item in facts.current(facts.stamps) if item.position}
    model = dict(enumerate([stamp for stamp in pack.stamps if stamp.shown][:MOST_STAMPS], start=1))
    known = [place for place in range(1, MOST_STAMPS + 1) if place in model or place in own]
    return tuple(_view(place, model.get(place), own.get(place), values, filled) for place in known)


def stamp_values(pack: Pack, facts: SchoolFacts) -> dict[str, str]:
    """What the placeholders of stamps are filled with; unknown numbers and dates are blanks to fill by hand."""
    school, programme = facts.school, facts.programme
    return {
        "school_name": (school and school.full_name) or "",
        "school_short_name": (school and school.short_name) or "",
        "municipality": (school and school.municipality) or "",
        "region": pack.region,
        "director_name": (school and school.director) or "",
        "coordinator_name": coordinator_name(facts),
        "agreed_by": (programme and programme.agreed_by) or "",
        **_BLANKS,
        **{name: value for name, value in requisites(facts).items() if value},
        **({"agreed_on": long_date(programme.agreed_on)} if programme and programme.agreed_on else {}),
    }


def edit_stamp(workspace: Workspace, position: int, *, heading: str | None = None, lines: str | None = None) -> Done:
    """Change the heading or the lines of the stamp at a place; the rest stays as it is.

    KnownError programme.stamp_words for braces that name nothing, programme.stamp_empty where nothing is left.
    """
    stamp = _at(workspace, position)
    values = {
        "heading": stamp.title if heading is None else heading.strip(),
        "lines": stamp.template if lines is None else "\n".join(lines_of(lines)),
    }
    unknown = [name for name in placeholders_in(values["lines"]) if name not in PLACEHOLDER_WORDS]
    if unknown:
        raise KnownError("programme.stamp_words", found=f"{{{unknown[0]}}}")
    if not values["heading"] and not values["lines"]:
        raise KnownError("programme.stamp_empty")
    return _write(workspace, position, values, "изменён гриф")


def hide_stamp(workspace: Workspace, position: int, *, is_hidden: bool = True) -> Done:
    """Print the stamp at a place no more, or again."""
    stamp = _at(workspace, position)
    values: dict[str, object] = {"is_hidden": is_hidden}
    if not stamp.row:
        values |= {"heading": stamp.title, "lines": stamp.template}
    return _write(workspace, position, values, "гриф не печатается" if is_hidden else "гриф печатается")


def add_stamp(workspace: Workspace) -> Done:
    """A further stamp at the first free place; KnownError programme.stamps_full."""
    facts = read_facts(workspace)
    taken = {stamp.position for stamp in all_stamps_of(workspace.pack, facts)}
    free = next((place for place in range(1, MOST_STAMPS + 1) if place not in taken), None)
    if free is None:
        raise KnownError("programme.stamps_full", most=MOST_STAMPS)
    values = {"heading": "СОГЛАСОВАНО", "lines": "Должность\n____________ Фамилия И. О.", "is_hidden": False}
    return _write(workspace, free, values, "добавлен гриф")


def remove_stamp(workspace: Workspace, position: int) -> Done:
    """Take away a stamp of the school's own; one of the methodology stands as the methodology has it again."""
    stamp = _at(workspace, position)
    return records.remove(workspace, StampBlock.log_name, stamp.row) if stamp.row else Done("")


def reset_stamps(workspace: Workspace) -> Done:
    """All stamps as the methodology has them."""
    facts = read_facts(workspace)
    operation = "грифы как в методике"
    requests = [Delete(StampBlock.log_name, item.id) for item in facts.current(facts.stamps)]
    batch = workspace.write(requests, operation) if requests else None
    return Done(operation, "", batch.name if batch else "")


def _at(workspace: Workspace, position: int) -> StampView:
    facts = read_facts(workspace)
    current_of(facts)
    found = next((one for one in all_stamps_of(workspace.pack, facts) if one.position == position), None)
    return found or StampView("", "", (), False, position)


def _write(workspace: Workspace, position: int, values: Mapping[str, object], operation: str) -> Done:
    info = info_of(StampBlock)
    programme = current_of(read_facts(workspace)).id
    parsed = {name: parse_value(info.fields[name], value) for name, value in values.items()}
    key: dict[str, WireValue] = {"programme": programme, "position": position}
    row = records.row_id_for(workspace, info, key)
    requests = [Set(info.log_name, row, name, value) for name, value in (key | parsed).items()]
    batch = workspace.write([*requests, Restore(info.log_name, row)], operation)
    return Done(operation, row, batch.name if batch else "")


def _filled(facts: SchoolFacts) -> dict[str, bool]:
    """Whether what each stamp of the methodology bears is known, by the code of the stamp."""
    programme = facts.programme
    return {
        "accepted": bool(programme and programme.council_protocol and programme.council_date),
        "agreed": bool(programme and programme.agreed_by and programme.agreed_on),
        "approved": bool(programme and programme.order_number and programme.order_date),
    }


def _view(
    place: int, model: Stamp | None, own: StampFact | None, values: Mapping[str, str], filled: Mapping[str, bool]
) -> StampView:
    heading = own.heading if own is not None and own.heading is not None else (model.title if model else "")
    template = own.lines if own is not None and own.lines is not None else "\n".join(model.lines if model else ())
    lines = lines_of(template)
    wanted = {name for line in lines for name in placeholders_in(line) if name in _BLANKS}
    has_all = all(values[name] != _BLANKS[name] for name in wanted)
    return StampView(
        code=model.code if model else f"own_{place}",
        title=heading,
        lines=tuple(fill_template(line, values) for line in lines),
        is_filled=filled.get(model.code, has_all) if model and own is None else has_all,
        position=place,
        template=template,
        row=own.id if own is not None else "",
        is_hidden=bool(own is not None and own.is_hidden),
    )

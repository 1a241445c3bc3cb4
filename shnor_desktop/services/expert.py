"""The expert's answer beside the school's own: left by a reviewer, carried to the school with the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.canonical import WireValue, decimal_text
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import ExpertFact
from shnor_desktop.domain.log import Delete, Restore, Set
from shnor_desktop.domain.methodology import Question
from shnor_desktop.domain.scoring import numeric_value
from shnor_desktop.domain.waves import has_counts, typed_answer
from shnor_desktop.models.diagnostics import ExpertAnswer
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import MAP, form_view, wire_answer
from shnor_desktop.services.facts import today
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question of the map of a school, with what the school and the expert answered."""

    place: tuple[str, str, str]
    question: Question
    school_shown: str
    row: ExpertFact | None
    """The expert's answer; None before it is given."""
    typed: Mapping[str, object]
    """The fields of that answer, as they are typed."""
    shown_value: object
    """Its value as a field of a form keeps it."""


def judged(workspace: Workspace, school: str, question: str) -> Judged:
    """What is known of a question in the map of a school that counts now; BugError for one that it does not ask."""
    view = form_view(workspace, MAP, "", school)
    item = next((one for one in view.questions if one.question.code == question), None)
    if item is None:
        raise BugError(f"no question {question!r}")
    row = item.expert.row if item.expert else None
    answer = typed_answer(item.question, row)
    number = numeric_value(item.question, answer)
    value: object = answer if isinstance(answer, bool | str) else None
    if number is not None:
        value = decimal_text(number.quantize(_HUNDREDTH))
    typed: dict[str, object] = {}
    if row is not None:
        typed = {"value": row.value, "numerator": row.numerator, "denominator": row.denominator}
    return Judged((MAP, view.wave, question), item.question, item.shown, row, typed, value)


def leave_answer(
    workspace: Workspace,
    school: str,
    place: tuple[str, str, str],
    typed: Mapping[str, object],
    comment: str = "",
    expert: str = "",
) -> Done:
    """Keep what an expert answers to a question (`place`: form, wave, question) with what it rests on.

    `typed` is a value, or numerator and denominator. KnownError expert.empty, `value.*`.
    """
    require_kind(workspace, StoreKind.MUNICIPAL, StoreKind.METHODIST)
    form, wave, code = place
    asked = workspace.pack_of(school).question(code)
    if asked is None:
        raise BugError(f"no question {code!r}")
    info = info_of(ExpertAnswer)
    names = ("numerator", "denominator")
    values: dict[str, WireValue] = {name: parse_value(info.fields[name], typed.get(name)) for name in names}
    values["value"] = wire_answer(asked, typed.get("value"))
    values["comment"] = parse_value(info.fields["comment"], comment)
    if not has_counts(asked):
        values |= dict.fromkeys(names)
    part, whole = values["numerator"], values["denominator"]
    if isinstance(part, int) and isinstance(whole, int) and part > whole:
        raise KnownError("value.part_exceeds_whole", field=asked.caption, part=part, whole=whole)
    if all(value is None for value in values.values()):
        raise KnownError("expert.empty")
    name = expert or workspace.identity.certificate.name
    values["expert"] = parse_value(info.fields["expert"], name)
    values["made_on"] = today(workspace).isoformat()
    key: dict[str, WireValue] = {"form": form, "wave": wave, "question": code}
    row = records.row_id_for(workspace, info, key, school)
    operation = f"оценка эксперта: {asked.caption}"
    requests = [Set(info.log_name, row, name, value) for name, value in {**key, **values}.items()]
    batch = workspace.write([Restore(info.log_name, row), *requests], operation, school)
    return Done(operation, row, batch.name if batch else "")


def withdraw_answer(workspace: Workspace, school: str, row: str) -> Done:
    """Take an expert's answer back."""
    require_kind(workspace, StoreKind.MUNICIPAL, StoreKind.METHODIST)
    operation = "снята оценка эксперта"
    batch = workspace.write([Delete(ExpertAnswer.log_name, row)], operation, school)
    return Done(operation, row, batch.name if batch else "")

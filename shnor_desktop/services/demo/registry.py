"""The registry of schools of the demo centre: last year's judged to the end, this year's as far as packages give it."""

from __future__ import annotations

from datetime import date
from typing import Any

from shnor_desktop.domain.log import ChangeRequest, Set
from shnor_desktop.models.municipality import RegisteredSchool
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.demo.library import SchoolProfile, main_school, words
from shnor_desktop.services.demo.seeding import DemoClock
from shnor_desktop.services.records import row_id_for
from shnor_desktop.services.workspace import Workspace

_NOT_BEGUN = {"is_analysed": True, "in_events": False, "realises": False, "trained_staff": 0, "has_succeeded": False}
"""A school whose results were found to be low by the comparison: it comes in with the next year."""
_BASIS = "Справка о ходе программ перехода, рассмотрена на муниципальном методическом совете."


def write_registry(workspace: Workspace, walking: DemoClock, schools: tuple[SchoolProfile, ...], as_of: date) -> None:
    """Two years of the registry: the schools with packages, the demo school, and those that need no support."""
    supported = (main_school(), *(school for school in schools if not school.is_light or _has_low_results(school)))
    others = [{"code": school.code, "name": school.short_name} for school in schools if school not in supported]
    others += words("schools")["registry"]
    for year in (as_of.year - 1, as_of.year):
        rows = [_supported(school, place, year, is_past=year < as_of.year) for place, school in enumerate(supported)]
        rows += [_other(item, year) for item in others]
        walking.move_to(min(date(year, 9, 10), as_of))
        _write(workspace, rows, f"утверждён реестр школ {year} года")


def _supported(school: SchoolProfile, place: int, year: int, *, is_past: bool) -> dict[str, Any]:
    """What packages do not tell is judged by the centre; the newest year waits for one judgement."""
    if school.is_light and is_past:
        return _other({"code": school.code, "name": school.short_name}, year)
    categories = ["low_results"] if _has_low_results(school) else []
    categories += ["resources"] if "staff_shortage" in school.high or "equipment" in school.high else []
    is_running = school.state in ("running", "approved")
    values: dict[str, Any] = {
        "year": year,
        "code": school.code,
        "name": school.short_name,
        "categories": categories or ["social"],
        "included_since": year if school.fill in ("begun", "light") else 2023,
        "disseminates": place % 3 == 1 and not school.is_light,
        "is_practice_site": place == 1,
    }
    if school.is_light:
        return {**values, **_NOT_BEGUN}
    if is_past:
        judged = {"is_analysed": True, "in_events": place % 4 != 3, "realises": is_running, "trained_staff": 2}
        return {**values, **judged, "has_succeeded": False}
    if school.is_main:
        values |= {"is_analysed": True, "in_events": True, "realises": True, "trained_staff": 5}
    if school.fill != "begun":
        values["has_succeeded"] = place == 1
    if place == 1:
        values["basis"] = _BASIS
    return values


def _has_low_results(school: SchoolProfile) -> bool:
    return "failure_risk" in school.high


def _other(item: dict[str, Any], year: int) -> dict[str, Any]:
    return {"year": year, "code": item["code"], "name": item["name"], "is_analysed": True}


def _write(workspace: Workspace, rows: list[dict[str, Any]], operation: str) -> None:
    info = info_of(RegisteredSchool)
    requests: list[ChangeRequest] = []
    for values in rows:
        row = row_id_for(workspace, info, values, workspace.centre)
        requests += [Set(info.log_name, row, name, value) for name, value in values.items()]
    with workspace.writing() as transaction:
        workspace.append(transaction, requests, operation, workspace.centre)

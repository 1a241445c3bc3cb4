"""«следующего за отчётным кварталом», «следующим за истекшим», «после окончания квартала»: what was before."""

from __future__ import annotations

from shnor_desktop.domain.deadlines.calendar import Grain
from shnor_desktop.domain.deadlines.line import Line
from shnor_desktop.domain.deadlines.words import Role

_FOLLOWING = "следующего за|следующим за|следующий за|следующей за|следующего после|идущего за|после"
_END = "окончанием|окончания|завершением|завершения|концом|конца|истечением|истечения"
_PERIODS = {"квартал": Grain.QUARTER, "месяц": Grain.MONTH, "полугоди": Grain.HALF, "год": Grain.YEAR,
            "четверт": Grain.TERM, "период": None, "триместр": Grain.TRIMESTER}  # fmt: skip


def following(line: Line, position: int) -> tuple[Grain | None, int] | None:
    """The period that comes before, where it is named, and the place behind."""
    place = line.words(position + int(line.is_sign(position, ",")), _FOLLOWING)
    if place is None:
        return None
    is_plain = line.at(place - 1).text == "после"
    begin = place
    place = line.skip_roles(line.skip(place, _END), Role.RELATIVE, Role.SCHOOL, Role.CALENDAR)
    is_said = place > begin and not is_plain
    for stem, grain in _PERIODS.items():
        if line.at(place).text.startswith(stem):
            return grain, line.skip(place + 1, "месяца")
    return (None, place) if is_said else None

"""Several executors in one cell: by commas, by lines, and by what begins the name of an organisation or a post."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shnor_desktop.domain.plan_table.plain_words import folded, one_line

_LONGEST = 4_000
_EDGES = " ,;·•-–—"
_PERSON = re.compile(r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.")
_ABBREVIATION = re.compile(r"[А-ЯЁ]{2,}|[А-ЯЁ]+[а-я]?[А-ЯЁ]+")
_OPENERS = re.compile(
    r"(?:отдел|управлен|департамент|министерств|руководител|директор|замести|завуч|зам\b|муниципальн|региональн|районн"
    r"|общеобразовательн|образовательн|учител|педагог|классн|методи|куратор|координатор|наставник|школ|администрац|рабоч"
    r"|совет|центр|институт|комитет|команд|специалист|психолог|социальн|родител|тьютор|логопед|секретар|бухгалтер|базов"
    r"|опорн|председател|члены|представител|эксперт|воспитател|библиотекар|завхоз|кабинет|служб|комисси|творческ)"
)
_CONTINUES = re.compile(r"(?:котор|в том числе|включая|осуществля|далее|и\b|или\b|по\b|в\b|на\b|для\b|с\b|за\b|\()")
_PARTICIPLE = re.compile(r"[а-яё]+(?:ющ|ящ|ущ|ащ|вш|ем|нн)(?:ий|ие|их|им|ими|ая|ее|ей|ую|его|ему|ый|ые|ых|ым|ыми)")
_OPEN_END = re.compile(r"(?:[-–—(«,]|\b(?:и|или|по|в|на|для|с|за|при|администрации|управления|отдела|центра|района))$")
_NOMINATIVE = re.compile(
    r"(?:учителя?|педагоги?|классны[ей]|методисты?|заместител[ьи]|кураторы?|координаторы?|наставники?|тьюторы?|психологи?"
    r"|директор|завучи?|руководител[ьи]|специалисты?|члены|социальн(?:ый|ые)|родители|логопеды?|администрация)(?:-[а-яё]+)?,?"
)
"""What begins another executor on a line of its own, without a capital."""
_CASE_ENDING = re.compile(r"[А-ЯЁа-яё-]+(?:ого|его|ской|цкой|ой|ских|ых|их)\b")


def split_executors(text: str) -> tuple[str, ...]:
    """The names in a cell, in their order, each once; a cell that is far too long is left whole."""
    if len(text) > _LONGEST:
        return (one_line(text),)
    found: dict[str, str] = {}
    for part in _parts(text):
        for line in _lines(part):
            name = one_line(line).strip(_EDGES)
            if name:
                found.setdefault(folded(name), name)
    return tuple(found.values())


def glued_parts(name: str, by_length: Sequence[str]) -> tuple[str, ...]:
    """«МБУ КИРО и РО ОУ района» in names that stand apart elsewhere in the plan; empty if they do not fill it.

    The longest of the names come first.
    """
    rest, found = one_line(name), []
    while rest:
        known = (one for one in by_length if one != name)
        part = next((one for one in known if rest == one or rest.startswith(f"{one} ")), None)
        if part is None:
            return ()
        found.append(part)
        rest = rest[len(part) :].strip()
    return tuple(found) if len(found) > 1 else ()


def _parts(text: str) -> list[str]:
    """Cut at commas and semicolons that stand in no brackets and begin no clause."""
    parts, begun, level = [], 0, 0
    for at, sign in enumerate(text):
        if sign in "(«":
            level += 1
        elif sign in ")»":
            level = max(0, level - 1)
        elif sign in ",;" and level == 0 and (sign == ";" or not _is_clause(text[at + 1 : at + 81])):
            parts.append(text[begun:at])
            begun = at + 1
    return [*parts, text[begun:]]


def _is_clause(after: str) -> bool:
    words = one_line(after)
    if words[:1].isupper() or not words:
        return False
    return _CONTINUES.match(words) is not None or _PARTICIPLE.match(words.split(" ", 1)[0]) is not None


def _lines(part: str) -> list[str]:
    """Lines of a part; one that goes on the line above is joined to it."""
    found: list[str] = []
    for line in part.splitlines():
        words = one_line(line)
        if not words:
            continue
        if found and _goes_on(found[-1], words):
            found[-1] = f"{found[-1]} {words}"
        else:
            found.append(words)
    return found


def _goes_on(above: str, words: str) -> bool:
    if above.count("(") > above.count(")") or above.count("«") > above.count("»"):
        return True
    first = words.split(" ", 1)[0]
    if not words[0].isupper():
        return _NOMINATIVE.fullmatch(first) is None or _OPEN_END.search(above) is not None
    if _PERSON.match(words) or _ABBREVIATION.match(first):
        return re.search(r"(?:[-–—(«]|\b(?:и|или|по|в|на|для|с|за))$", above) is not None
    if _CASE_ENDING.fullmatch(first):
        return True
    return _OPENERS.match(folded(words)) is None and _OPEN_END.search(above) is not None

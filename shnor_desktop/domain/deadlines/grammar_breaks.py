"""Signs and words at which a description ends whatever it describes: «по плану школы, Иванов», «ВПР. Отв. завуч»."""

from __future__ import annotations

import re

from shnor_desktop.domain.deadlines.line import Line
from shnor_desktop.domain.deadlines.tokens import Kind
from shnor_desktop.domain.deadlines.words import Role

_PARTICIPLE = re.compile(
    r"(?:утвержд|установлен|согласован|определ|разработ|составл|принят|указан|предусмотр|обознач)[а-я]+"
)
_RELATIVE_CLAUSE = "который|которая|которое|которые|которого|которому|которым|то есть|т е"
_PERSONS = ("зам", "заместитель", "отв", "ответственный", "ответственные", "исп", "исполнитель", "исполнители")
_SHORT_WORDS = (
    "г гг уч им ул нач пр д п пп кв мес сент окт нояб дек янв февр фев апр авг сен ноя рук зам отв обл р рег мун "
    "пед метод обр учр общ гос адм согл соотв сокр см стр т е ч шк кл необх"
)
_SHORT = frozenset(_SHORT_WORDS.split())
_INITIALS = re.compile(r"[А-ЯЁ][а-яё]+\s+[А-ЯЁ]\s?\.\s?[А-ЯЁ]\s?\.")


def breaks(line: Line, position: int) -> bool:
    """A description that began before this token is over."""
    token = line.at(position)
    if token.kind is Kind.SIGN:
        is_mark = token.text not in ",-/№%+&"
        return is_mark or (token.text == "," and not _goes_on(line, position + 1))
    return _begins_sentence(line, position) or _is_person(line, position) or _is_form(line, position)


def _goes_on(line: Line, position: int) -> bool:
    """«ВПР, ОГЭ и ЕГЭ», «по графику, утверждённому приказом»."""
    token = line.at(position)
    if token.sense(Role.EVENT_NOUN) or line.words(position, _RELATIVE_CLAUSE) is not None:
        return True
    return bool(_PARTICIPLE.fullmatch(token.text))


def _begins_sentence(line: Line, position: int) -> bool:
    if position == 0:
        return False
    previous, token = line.at(position - 1), line.at(position)
    if "." not in line.text[previous.end : token.start] or not line.text[token.start : token.end][:1].isupper():
        return False
    word = line.text[previous.start : previous.end]
    is_short = previous.text in _SHORT or (len(word) < 3 and previous.kind is Kind.WORD)
    return not is_short


def _is_person(line: Line, position: int) -> bool:
    if line.at(position).text in _PERSONS:
        return True
    return bool(_INITIALS.match(line.text, line.at(position).start)) and not line.at(position).senses


def _is_form(line: Line, position: int) -> bool:
    """«5–9 классы» without a preposition: for whom, no part of the description."""
    place = position
    while line.at(place).text == "#" or (place > position and line.is_sign(place, "-,")):
        place += 1
    return place > position and line.at(place).text in ("классы", "кл", "класс")

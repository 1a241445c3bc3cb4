"""Numbers and names that are no deadlines: «№ 25», «каб. 12.10», «приказ от 01.09.2023», «ул. 8 Марта»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shnor_desktop.domain.deadlines.tokens import Kind, Token
from shnor_desktop.domain.deadlines.words import Role

_OPAQUE = "#"
"""The text of a token that means nothing; the line keeps what was written."""
_FIGURES = (Kind.NUMBER, Kind.DATE, Kind.MONTH, Kind.TIME, Kind.BAD)
_NUMBERED_THING = re.compile(
    r"(?:каб|ауд|д|дом|п|пп|стр|корп|кв|код|тел|ст|рис|табл|прил|версия|версии|инв|сп|сан|гост|индекс|оф|офис)"
    r"|(?:кабинет|аудитори|пункт|корпус|телефон|приложени|таблиц|раздел|глав[аеуы]|стать[яиею]|страниц|формой?$)[а-я]*"
)
_STREETS = re.compile(r"ул|пер|пл|просп|пр-т|наб|улиц[а-я]{0,2}|переул[а-я]*|площад[а-я]*|проспект[а-я]*|им|имени")
_DOCUMENTS = re.compile(
    r"(?:приказ|письм|протокол|распоряжен|постановлен|закон|указ|положени|договор|соглашени|решени|справк|докладн)[а-я]*"
    r"|фз|нпа"
)
_INITIALS = re.compile(r"\s+[А-ЯЁA-Z]\s?\.\s?[А-ЯЁA-Z]\s?\.")
_ADDRESSES = re.compile(r"\S+://\S+|\bwww\.\S+|\S+@\S+")
_CLOSE = 8


def without_references(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens, with those that only name a thing, a place or a document made meaningless."""
    found = list(tokens)
    addresses = [match.span() for match in _ADDRESSES.finditer(text)]
    if addresses:
        found = [_opaque(token) if _is_within(token, addresses) else token for token in found]
    for place, token in enumerate(found):
        if token.text == "№":
            _bar_number(found, place + 1)
        elif token.text == "%" or token.text.startswith("процент"):
            _bar_back(found, place - 1)
        elif token.kind is Kind.WORD and token.text != _OPAQUE:
            _bar_at_word(found, place, text)
    return found


def _is_within(token: Token, places: Sequence[tuple[int, int]]) -> bool:
    return token.kind is not Kind.END and any(begin <= token.start < end for begin, end in places)


def _bar_at_word(tokens: list[Token], place: int, text: str) -> None:
    word = tokens[place].text
    if word == "от":
        _bar_document_date(tokens, place)
    elif _STREETS.fullmatch(word):
        _bar_street(tokens, place + 1)
    elif word in ("летия", "летие", "летию", "летием"):
        _bar_street(tokens, place + 1)
        _bar_back(tokens, place - 1)
    elif (word == "р" and tokens[place - 1].text == "г") or word.startswith("рожден"):
        _bar_back(tokens, place - 2)
    elif word.startswith("класс") or (word == "кл" and place > 0):
        _bar_back(tokens, place - 1, is_list=True)
    elif _NUMBERED_THING.fullmatch(word):
        is_flat = word == "кв" and not any(
            token.text in ("д", "дом", "корп") for token in tokens[max(place - 4, 0) : place]
        )
        if not is_flat and not _counts(tokens, place + 1):
            _bar_number(tokens, place + 1)
    elif tokens[place].sense(Role.FREQUENCY_ADJECTIVE) and _INITIALS.match(text, tokens[place].end):
        tokens[place] = _opaque(tokens[place])


def _opaque(token: Token) -> Token:
    return Token(Kind.WORD, _OPAQUE, token.start, token.end)


def _counts(tokens: Sequence[Token], place: int) -> bool:
    """«кабинета 1 раз в год»: the number belongs to what follows it."""
    return place + 1 < len(tokens) and tokens[place + 1].sense(Role.TIMES) is not None


def _bar_number(tokens: list[Token], place: int) -> None:
    """The number there and what is written together with it: «5», «01-12/45», «273-ФЗ»."""
    if tokens[place].kind not in _FIGURES and not tokens[place].roman:
        return
    tokens[place] = _opaque(tokens[place])
    place += 1
    while tokens[place].kind is not Kind.END and tokens[place].start == tokens[place - 1].end:
        if tokens[place].text in (",", ";", ")", "("):
            break
        tokens[place] = _opaque(tokens[place])
        place += 1


def _bar_back(tokens: list[Token], place: int, *, is_list: bool = False) -> None:
    """The number before the word: «50 %», «5–9 классы», «4, 5 и 6 классов»."""
    while place >= 0 and tokens[place].kind in _FIGURES:
        if is_list and tokens[place].number > 11:
            break
        tokens[place] = _opaque(tokens[place])
        if not is_list or place < 2 or tokens[place - 1].text not in ("-", ",", "и"):
            break
        place -= 2


def _bar_street(tokens: list[Token], place: int) -> None:
    """«8 Марта», «30-летия Октября»: a number, a month, in the name of a place."""
    if tokens[place].kind in _FIGURES and tokens[place].kind is not Kind.MONTH:
        tokens[place] = _opaque(tokens[place])
        place += 1
    if tokens[place].sense(Role.MONTH):
        tokens[place] = _opaque(tokens[place])


def _bar_document_date(tokens: list[Token], place: int) -> None:
    """«приказ … от 01.09.2023 № 5», «от 25.08.2023 № 15»: the date of a paper is no deadline."""
    end = _date_end(tokens, place + 1)
    if end is None:
        return
    before = []
    for token in reversed(tokens[max(place - _CLOSE, 0) : place]):
        if token.kind is Kind.SIGN and token.text in ",;()":
            break
        before.append(token)
    is_of_paper = any(_DOCUMENTS.fullmatch(token.text) for token in before) or tokens[end].text == "№"
    if is_of_paper:
        tokens[place:end] = [_opaque(token) for token in tokens[place:end]]


def _date_end(tokens: Sequence[Token], place: int) -> int | None:
    """Where «01.09.2023 г.» or «1 сентября 2023 года» ends."""
    if tokens[place].kind is Kind.DATE:
        place += 1
    elif tokens[place].kind is Kind.NUMBER and tokens[place + 1].sense(Role.MONTH):
        place += 2 + int(tokens[place + 2].kind is Kind.NUMBER)
    else:
        return None
    return place + int(tokens[place].text in ("г", "года"))


# ---------------------------------------------------------------------------------------- numbers that are said twice


def said_once(tokens: Sequence[Token]) -> list[Token]:
    """«1 (одного)», «25 (двадцать пятого)»: the number in digits and in words is one number."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = _in_words(tokens, place + 1, token.number) if token.kind is Kind.NUMBER else None
        if end is not None:
            token = replace(token, end=tokens[end - 1].end)
        elif _is_split_roman(tokens, place):
            token, end = replace(tokens[place + 1], start=token.start, roman=4, is_guess=True), place + 2
        found.append(token)
        place = place + 1 if end is None else end
    return found


def _in_words(tokens: Sequence[Token], place: int, number: int) -> int | None:
    if tokens[place].text != "(":
        return None
    total = 0
    for end in range(place + 1, min(place + 4, len(tokens))):
        if tokens[end].text == ")":
            return end + 1 if total == number and end > place + 1 else None
        sense = tokens[end].sense(Role.COUNT) or tokens[end].sense(Role.ORDINAL)
        if sense is None:
            return None
        total += sense.number
    return None


def _is_split_roman(tokens: Sequence[Token], place: int) -> bool:
    """«1 V квартал»: what a scanner made of «IV»."""
    if place + 2 >= len(tokens) or tokens[place].text != "1":
        return False
    return tokens[place + 1].roman == 5 and tokens[place + 2].sense(Role.UNIT) is not None

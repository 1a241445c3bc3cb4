"""The lexer: a clean line → words with their senses, numbers, dates and signs; what a scanner broke is mended here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from functools import cache

from shnor_desktop.domain.deadlines.normalise import as_cyrillic, digits_as_letters, letters_as_digits
from shnor_desktop.domain.deadlines.words import ROMAN, Role, Sense, vocabulary


class Kind(StrEnum):
    """What a token is."""

    WORD = auto()
    NUMBER = auto()
    DATE = auto()
    """With a day and a month, perhaps a year."""
    MONTH = auto()
    """«09.2023»."""
    TIME = auto()
    BAD = auto()
    """A date that cannot be."""
    SIGN = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the line from `start` to `end` with everything that it can mean."""

    kind: Kind
    text: str
    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    number: int = 0
    is_ordinal: bool = False
    roman: int = 0
    day: int = 0
    month: int = 0
    year: int | None = None
    is_guess: bool = False

    def sense(self, role: Role) -> Sense | None:
        """The sense with this role."""
        for sense in self.senses:
            if sense.role is role:
                return sense
        return None


_SPECIAL = {
    r"п\s?/\s?г(?![а-я])": "полугодие",
    r"м\s?-\s?ц\w{0,3}": "месяц",
    r"[стн]\s?\.\s?г\b\.?": "с.г",
    r"уч\.?\s?-\s?(?=г)": "уч",
    r"уч\.?\s?/\s?(?=г)": "уч",
    r"г\.\s?г\b\.?": "гг",
    r"г-да\b": "года",
    r"у\.\s?г\b\.?": "уч",
}
_YEAR_OR_TWO_DIGITS = r"(?:\d{4}|\d{2})(?!\d)"
_ROMAN_MONTH = r"(?:[ivxіху]{1,4}|п|ш)"
_PIECES = re.compile(
    r"(?P<iso>(?<!\d)(?:19|20)\d\d(?P<sep>[-./])\d\d?(?P=sep)\d\d?(?![\d]))"
    rf"|(?P<date>(?<!\d)\d{{1,2}}\s?[./]\s?\d{{1,2}}\s?[./]\s?{_YEAR_OR_TWO_DIGITS}(?!\.\d)"
    rf"|(?<!\d)\d\d-\d\d-\d{{4}}(?!\d)|(?<!\d)\d{{1,2}},\d\d[.,]\d{{4}}(?!\d))"
    rf"|(?P<roman_date>(?<![\d.])\d{{1,2}}(?P<dot>[./-]){_ROMAN_MONTH}(?P=dot){_YEAR_OR_TWO_DIGITS})"
    r"|(?P<roman_month>(?<![\d.\-a-zа-я])[ivxіх]{1,4}[./](?:19|20)\d\d(?!\d))"
    r"|(?P<iso_month>(?<![\d./-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d-]))"
    r"|(?P<short_months>(?<![\d.])\d\d?\.\d\d\s?-\s?\d\d?\.\d\d(?![\d.]))"
    r"|(?P<my>(?<![\d.])\d{1,2}[./]\s?(?:19|20)\d\d(?!\d))"
    r"|(?P<time>(?<!\d)\d{1,2}:\d\d(?!\d)|(?<=в )(?:0?[7-9]|1\d|2[01])-(?:00|30)(?=$|[\s,.;)!?])(?!\s*[а-я]))"
    r"|(?P<dm>(?<![\d.])\d{1,2}\.\s?\d\d(?!\d|\.\d)|(?<![\d./])\d\d/\d\d(?![\d/]))"
    r"|(?P<short>(?:(?<=до )|(?<=по )|(?<=с )|(?<=к ))\d{1,2}\.\d(?![\d.]))"
    rf"|(?P<special>(?<![а-я]){'|(?<![а-я])'.join(f'(?:{pattern})' for pattern in _SPECIAL)})"
    r"|(?P<ordinal>\d+\s?-\s?(?:ый|ий|ой|ая|ое|ого|его|ому|ую|ые|ых|ым|ом|го|му|й|я|е|ю|м|х|ти|и|ми)(?![а-яa-z]))"
    r"|(?P<roman>(?<![а-яa-z])[ivxі]{1,4}\s?-\s?(?:ый|ий|ой|ая|ое|ого|ому|ую|ые|ых|ым|ом|го|му|й|я|е|м)(?![а-яa-z]))"
    r"|(?P<run>[a-zа-яіїєґѕ]+(?=\d{1,2}[./]\d)|[0-9a-zа-яіїєґѕ]+)|(?P<sign>\S)"
)
_NUMBERING = re.compile(
    r"\d{1,2}[.)]\s+(?:(?=[а-я])(?![а-я]+(?:ря|ля|ня|та|мая)\b)(?!числ)"
    r"|(?=\d)(?!(?:0?[1-9]|1[0-2])(?:\s?\.\s?(?:19|20)\d\d|\s?\.\s\d\d)(?!\d)))"
)
"""«1. Сентябрь», «1. 15 октября»: the number of an item, no day."""
_ORDINAL_RUN = re.compile(r"(\d{1,2})(ый|ий|ой|ая|ое|ого|его|ому|ую|ые|ых|ым|ом|го|му|й|я|е|ю|х)")
_ROMAN_LETTERS = str.maketrans(
    {"y": "v", "і": "i", "l": "i", "1": "i", "п": "ii", "ш": "iii", "у": "v", "х": "x", "!": "i"}
)
_ROMAN_VALUES = {text.lower(): number for number, text in enumerate(ROMAN, start=1)}
_GLUED_FIRST = frozenset(
    [
        "в",
        "во",
        "с",
        "со",
        "к",
        "ко",
        "до",
        "по",
        "на",
        "за",
        "не",
        "и",
        "раз",
        "раза",
        "разв",
        "при",
        "после",
        "каждый",
        "каждую",
        "один",
        "два",
        "две",
    ]
)
_GLUED_LAST = frozenset(["год", "года", "году", "г", "гг", "лет", "месяц", "квартал"])
_LONG = 7
_MAX_PIECES = 14


def tokens_of(line: str) -> list[Token]:
    """The tokens of a clean line, with an END behind them."""
    lower = line.lower()
    if len(lower) != len(line):  # a letter whose small form is longer; none is Russian
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in line)
    lower = lower.replace("ё", "е")
    lower = re.sub(r"(?<![a-zа-я0-9])l(?=\d\.\d)", "1", lower)
    lower = re.sub(r"(?<=\d)[оo](?=[\d.])|(?<=[\d.])[оo](?=\d)", "0", lower)
    lower = re.sub(r"[a-zа-я]*[а-я][a-zа-я]*|(?<=\d-)[aeoyxm](?![a-z])", lambda word: as_cyrillic(word.group()), lower)
    found: list[Token] = []
    numbering = _NUMBERING.match(lower)
    for match in _PIECES.finditer(lower, numbering.end() if numbering else 0):
        found.extend(_read(_group(match), match.group(), match.start(), match.end()))
    return [*_mended(found), Token(Kind.END, "", len(line), len(line))]


def _group(match: re.Match[str]) -> str:
    """The kind of the piece; `sep` is a group inside the date."""
    return "iso" if match["iso"] else match.lastgroup or ""


def _read(group: str, text: str, start: int, end: int) -> list[Token]:
    if group == "run":
        return _run(text, start, end)
    if group == "sign":
        return [] if text == "." else [Token(Kind.SIGN, text, start, end)]
    if group in ("roman_date", "roman_month", "iso_month", "short_months"):
        return _months(group, text, start, end)
    if group == "special":
        canonical = next(word for pattern, word in _SPECIAL.items() if _fits(pattern, text))
        return [Token(Kind.WORD, canonical, start, end, vocabulary().get(canonical, ()))]
    if group == "roman":
        value = _ROMAN_VALUES.get(re.split(r"[ -]", text)[0].translate(_ROMAN_LETTERS), 0)
        return [Token(Kind.WORD, text, start, end, roman=value)]
    if group == "ordinal":
        number = int(re.match(r"\d+", text)[0][:9])  # type: ignore[index]
        is_ordinal = not re.search(r"(х|ти|и|ми)$", text)
        return [Token(Kind.NUMBER, text, start, end, number=number, is_ordinal=is_ordinal)]
    halves = re.fullmatch(r"(\d\d)/(\d\d)", text)
    if halves and int(halves[1]) >= 13 and int(halves[2]) == int(halves[1]) + 1:  # «23/24 учебный год»
        middle = start + 2
        sign = Token(Kind.SIGN, "/", middle, middle + 1)
        return [_number(halves[1], start, middle), sign, _number(halves[2], middle + 1, end)]
    return [_date(group, text, start, end)]


def _months(group: str, text: str, start: int, end: int) -> list[Token]:
    """«15.X.2023», «IX.2023», «2023-10», «09.23-05.24»: months that are written in a rarer way."""
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    if group == "iso_month":
        if numbers[1] == numbers[0] % 100 + 1:  # «2011-12»: rather a school year
            middle = start + 4
            sign = Token(Kind.SIGN, "-", middle, middle + 1)
            return [_number(text[:4], start, middle), sign, _number(text[5:], middle + 1, end)]
        return [Token(Kind.MONTH, text, start, end, month=numbers[1], year=numbers[0])]
    if group == "short_months":
        return _short_months(text, start, end)
    roman = re.split(r"[./-]", text)[-2].translate(_ROMAN_LETTERS)
    month = _ROMAN_VALUES.get(roman, 0)
    year = numbers[-1] + (2000 if numbers[-1] < 100 else 0)
    if group == "roman_date":
        return [_dated(text, start, end, numbers[0], month, year)]
    return [Token(Kind.MONTH if month else Kind.BAD, text, start, end, month=month, year=year)]


def _short_months(text: str, start: int, end: int) -> list[Token]:
    """«09.23-05.24» are months of years, «15.10-20.11» days, «09.00-10.30» hours."""
    pieces = list(re.finditer(r"\d+\.\d+", text))
    month, year, last_month, last_year = (int(digits) for digits in re.findall(r"\d+", text))
    is_months = month <= 12 >= last_month and 12 < year < 60 and (year, month) < (last_year, last_month) < (year + 4, 0)
    first, last = (
        Token(
            Kind.MONTH, piece.group(), start + piece.start(), start + piece.end(), month=m, year=2000 + y, is_guess=True
        )
        if is_months and m
        else _date("dm", piece.group(), start + piece.start(), start + piece.end())
        for piece, m, y in zip(pieces, (month, last_month), (year, last_year), strict=True)
    )
    dash = start + text.index("-")
    return [first, Token(Kind.SIGN, "-", dash, dash + 1), last]


def _fits(pattern: str, text: str) -> bool:
    return bool(re.match(pattern, text) or re.match(pattern, text + "г"))


def _date(group: str, text: str, start: int, end: int) -> Token:
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    if group == "iso":
        return _dated(text, start, end, numbers[2], numbers[1], numbers[0])
    if group == "date":
        short = len(re.findall(r"\d+", text)[2]) == 2
        return _dated(text, start, end, numbers[0], numbers[1], numbers[2] + (2000 if short else 0))
    if group == "my":
        if 1 <= numbers[0] <= 12:
            return Token(Kind.MONTH, text, start, end, month=numbers[0], year=numbers[1])
        return Token(Kind.BAD, text, start, end)
    if group == "time":
        is_time = numbers[0] < 24 and numbers[1] < 60
        return Token(Kind.TIME if is_time else Kind.BAD, text, start, end)
    found = _dated(text, start, end, numbers[0], numbers[1], None)
    if found.kind is Kind.BAD and numbers[0] < 24 and numbers[1] < 60 and not (1 <= numbers[1] <= 12):
        return replace(found, kind=Kind.TIME)
    return found


def _dated(text: str, start: int, end: int, day: int, month: int, year: int | None) -> Token:
    return Token(_kind_of_date(day, month, year), text, start, end, day=day, month=month, year=year)


def _kind_of_date(day: int, month: int, year: int | None) -> Kind:
    is_possible = 1 <= month <= 12 and 1 <= day <= days_in_month(month, year) and (year is None or 1900 <= year <= 2199)
    return Kind.DATE if is_possible else Kind.BAD


def days_in_month(month: int, year: int | None) -> int:
    """How many days a month can have; without a year February has 29."""
    if month == 2:
        is_leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        return 29 if is_leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _run(text: str, start: int, end: int) -> list[Token]:
    if text.isascii() and text.isdigit():
        return [_number(text, start, end)]
    if not any(char.isdigit() for char in text):
        return [_word(text, start, end)]
    ordinal = _ORDINAL_RUN.fullmatch(text)
    if ordinal:
        is_ordinal = not ordinal[2].endswith("х")
        return [Token(Kind.NUMBER, text, start, end, number=int(ordinal[1]), is_ordinal=is_ordinal)]
    roman = _ROMAN_VALUES.get(text.translate(_ROMAN_LETTERS), 0)
    if roman and len(text) <= 4:
        return [Token(Kind.WORD, text, start, end, roman=roman, is_guess=True)]
    letters = digits_as_letters(text)
    if letters in vocabulary() and (len(letters) >= 4 or ("0" in text and not text[0].isdigit())):
        return [Token(Kind.WORD, letters, start, end, vocabulary()[letters], is_guess=True)]
    digits = letters_as_digits(text)
    if digits.isdigit() and len(digits) == 4 and sum(char.isdigit() for char in text) >= 2:
        return [replace(_number(digits, start, end), is_guess=True)]
    found: list[Token] = []
    for piece in re.finditer(r"\d+|\D+", text):
        found.extend(_run(piece.group(), start + piece.start(), start + piece.end()))
    return found


def _number(text: str, start: int, end: int) -> Token:
    value = int(text[:9])
    roman = {"11": 2, "111": 3, "1": 1}.get(text, 0)
    return Token(Kind.NUMBER, text, start, end, number=value, roman=roman)


def _word(text: str, start: int, end: int) -> Token:
    is_latin = text.isascii()
    roman = _ROMAN_VALUES.get(text.translate(_ROMAN_LETTERS), 0) if len(text) <= 4 else 0
    word = as_cyrillic(text)
    senses = vocabulary().get(word, ())
    if not senses and is_latin and not roman and len(text) > 1:
        word = text
    is_guess = bool(roman) and not set(text) <= set("ivxі")
    return Token(Kind.WORD, word, start, end, senses, roman=roman, is_guess=is_guess)


# ---------------------------------------------------------------------------------------------- words that were broken


def _mended(tokens: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        joined = _joined(tokens, position) if token.kind is Kind.WORD else None
        if joined:
            found.append(joined[0])
            position = joined[1]
            continue
        position += 1
        if token.kind is Kind.WORD and not token.senses and not token.roman and token.text != "с.г":
            found.extend(_split(token) or [_corrected(token)])
        else:
            found.append(token)
    return found


def _joined(tokens: Sequence[Token], first: int) -> tuple[Token, int] | None:
    """«сен- тябрь», «с е н т я б р ь»: the longest run of pieces that together are a known word."""
    text, is_broken, best = "", False, None
    position = first
    for _ in range(_MAX_PIECES):
        token = tokens[position] if position < len(tokens) else None
        if token is None or token.kind is not Kind.WORD:
            break
        text += token.text
        is_broken = is_broken or not token.senses
        if position > first and is_broken and len(text) >= 5 and text in vocabulary():
            best = Token(Kind.WORD, text, tokens[first].start, token.end, vocabulary()[text]), position + 1
        position += 1
        if position < len(tokens) and tokens[position].text == "-":
            position += 1
    return best


def _split(token: Token) -> list[Token]:
    """«вквартал» → «в квартал», «IVквартал» → «IV квартал»."""
    roman = re.match(r"[ivxіх]{1,4}(?=[а-я]{4})", token.text)
    unit = vocabulary().get(token.text[roman.end() :], ()) if roman else ()
    if roman and any(sense.role is Role.UNIT for sense in unit):
        middle = token.start + roman.end()
        value = _ROMAN_VALUES.get(roman.group().translate(_ROMAN_LETTERS), 0)
        first = Token(Kind.WORD, roman.group(), token.start, middle, roman=value, is_guess=True)
        return [first, Token(Kind.WORD, token.text[roman.end() :], middle, token.end, unit)]
    for cut in range(1, len(token.text) - 1):
        left, right = token.text[:cut], token.text[cut:]
        known = vocabulary()
        if left in known and right in known and (left in _GLUED_FIRST or right in _GLUED_LAST) and len(right) > 2:
            middle = token.start + cut
            return [
                Token(Kind.WORD, left, token.start, middle, known[left]),
                Token(Kind.WORD, right, middle, token.end, known[right]),
            ]
    return []


def _corrected(token: Token) -> Token:
    """A long word with one wrong letter, when only one word is so near; short words are left as they are."""
    if len(token.text) < _LONG - 1 or len(token.text) > 20:
        return token
    near = sorted({form for cut in _cuts(token.text) for form in _near().get(cut, ()) if _is_near(form, token.text)})
    adverbs = [form for form in near if vocabulary()[form][0].role is Role.FREQUENCY]
    near = adverbs or near  # «ежегодна»: rather «ежегодно» than «ежегодная»
    meanings = {tuple((sense.role, sense.number, sense.name) for sense in vocabulary()[form]) for form in near}
    if len(meanings) != 1:
        return token
    is_month = vocabulary()[near[0]][0].role is Role.MONTH
    if max(len(token.text), len(near[0])) < _LONG and not is_month:
        return token
    return replace(token, text=near[0], senses=vocabulary()[near[0]], is_guess=True)


def _cuts(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


@cache
def _near() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for form, senses in vocabulary().items():
        is_of_description = all(sense.role in (Role.EVENT_NOUN, Role.LABEL) for sense in senses)
        if len(form) >= _LONG - 1 and not is_of_description:
            for cut in _cuts(form):
                found.setdefault(cut, []).append(form)
    return {cut: tuple(forms) for cut, forms in found.items()}


def _is_near(one: str, other: str) -> bool:
    """One letter is wrong, missing, too many, or two neighbours are swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    tail_one, tail_other = one[start:], other[start:]
    if len(one) != len(other):
        longer, shorter = (tail_one, tail_other) if len(one) > len(other) else (tail_other, tail_one)
        return longer[1:] == shorter
    return tail_one[1:] == tail_other[1:] or (tail_one[:2] == tail_other[:2][::-1] and tail_one[2:] == tail_other[2:])

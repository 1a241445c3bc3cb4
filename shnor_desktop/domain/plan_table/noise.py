"""What scanning, retyping and a word processor leave in words: each thing is said, nothing is changed unasked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from itertools import pairwise

from shnor_desktop.domain.plan_table.plain_words import LOOK_ALIKE, WORD, folded, one_line
from shnor_desktop.domain.plan_table.terms import Doubt, DoubtCode

_BULLET = re.compile(r"^\s*[-–—•·*\u25aa\u25cf\uf0b7]\s+")
_BOX = re.compile("[\u25a1\u25a0\u2610\ufffd\uf0b7\uf0a7\uf0d8]\\s*")
_SHOWN = 60
_MOST_LOOKED_AT = 6_000
"""Longer cells are not searched for broken words: they are refused as too long anyway."""

_SUFFIX = re.compile(
    r"(?:р?у?ющ|ящ|вающ|ывающ)(?:ий|ие|их|им|ими|ая|ее|ей|ую|его|ему)|(?:ц|зац|рац|тац)(?:ия|ии|ию|ий|ией|иям|иями|иях)"
    r"|(?:ова|ирова|ва|ива|ыва)?ни(?:е|я|й|ю|ем|ям|ями|ях)|ност(?:ь|и|ью|ей|ям)|(?:тельн|альн|ивн|ическ|енн|онн)(?:ый|ая|ое|ые|ых|ого|ой|ым|ыми|ому)"
    r"|ск(?:ого|ому|ими|ой|их)|н(?:ого|ому|ыми|ой|ых)|щихся|щиеся|ющихся|чающихся"
)
"""The second half of a broken word: an ending that is no word."""
_SHORT_WORDS = {
    "на", "по", "не", "ни", "но", "от", "до", "за", "из", "об", "во", "со", "ко", "же", "ли", "бы", "как", "или", "для",
    "при", "над", "под", "без", "их", "его", "ее", "им", "ей",
}  # fmt: skip
_GLUED = re.compile(
    r"(интернет|онлайн|офлайн|веб|тест|пресс|мини|медиа|школ(?:а|ы|е|у|ам|ами|ах)?)"
    r"((?:ресурс|сайт|портал|страниц|площадк|проект|урок|класс|платформ|конференц|семинар|релиз|лекци|участниц|партн[её]р"
    r"|лидер)[а-яё]*)",
    re.IGNORECASE,
)
_SHORT_I = re.compile(r"\b([а-яё]{3,}[еоыа])и\b", re.IGNORECASE)
_REAL_I = {"лицеи", "музеи", "идеи", "трофеи", "герои", "свои", "мои", "твои", "статеи", "аллеи", "случаи", "обычаи"}
_CAPITAL = re.compile(r"(?<=[а-яё] )(?:В|И|С|К|О|НА|ОТ|ПО|ДО|ИЗ|ДЛЯ|НЕ|ЗА|НО)(?= [а-яё])")
_LATIN_AND_RUSSIAN = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[А-Яа-яЁё])[A-Za-zА-Яа-яЁё]+\b")
_LONE_LATIN = re.compile(r"(?<=[а-яё,] )[aceoykABCOK](?= [а-яё])")
_TAIL = re.compile(r"(?<=[а-яё»)] )[А-ЯЁ]{4,}(?: [А-ЯЁ]{4,})*\s*$")
_LONGEST_ABBREVIATION = 7
_STRAY_NUMBER = re.compile(r"(?m)^\s*\d{1,3}\s*$")
_DOUBLE = re.compile(r"\b([А-Яа-яЁё]{2,})(\s+)\1\b", re.IGNORECASE)
_WORD_ORDER = re.compile(r"[а-яё]+(?:ющ|ящ|ущ|ащ|вш)(?:ий|ие|их|им|ая|ее|ую|его) [А-ЯЁ][а-яё]+")


def soft_hyphens_out(text: str) -> str:
    """Without soft hyphens and marks of no width."""
    return re.sub("[\u00ad\u200b\u200c\u200d\ufeff]", "", text)


def boxes_out(text: str) -> str:
    """Without the boxes that stand for bullets of a lost font."""
    return _BOX.sub("", text)


def spaces_mended(text: str) -> str:
    """Tabs, doubled spaces and those before a comma made into single ones."""
    found = [re.sub(r"\s+([,;:.!?)»])", r"\1", " ".join(line.split())) for line in text.split("\n")]
    return "\n".join(line for line in found if line)


def lines_joined(text: str) -> str:
    """The lines of a cell as one; items of a list are kept apart by semicolons."""
    whole = ""
    for line in (line.strip() for line in text.split("\n")):
        if not line:
            continue
        is_item = _BULLET.match(line) is not None
        words = _BULLET.sub("", line)
        if whole and is_item and whole[-1] not in ",;:.":
            whole += ";"
        whole = f"{whole} {words}" if whole else words
    return whole


_BY_FUNCTION: tuple[tuple[DoubtCode, Callable[[str], str]], ...] = (
    (DoubtCode.SOFT_HYPHEN, soft_hyphens_out),
    (DoubtCode.BOX, boxes_out),
    (DoubtCode.SPACES, spaces_mended),
    (DoubtCode.LINE_BREAKS, lines_joined),
)


class Vocabulary:
    """The words of the whole plan: what is written rightly in one place tells what is broken in another."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: set[str] = set()
        for text in texts:
            for word in WORD.findall(soft_hyphens_out(text)[:_MOST_LOOKED_AT]):
                plain = folded(word)
                self.words.update({plain, *plain.split()})

    def knows(self, word: str) -> bool:
        """Whether the word stands in the plan."""
        return folded(word) in self.words

    def halves(self, word: str) -> tuple[str, str] | None:
        """Two words of the plan that this long one is made of."""
        plain = folded(word)
        if len(plain) < 12 or len(plain) != len(word):
            return None
        for at in range(5, len(plain) - 5):
            if plain[:at] in self.words and plain[at:] in self.words and not _SUFFIX.fullmatch(plain[at:]):
                return word[:at], word[at:]
        return None


def doubts_of(field: str, text: str, vocabulary: Vocabulary) -> list[Doubt]:
    """What looks wrong in the words of a field, in the order in which it is mended."""
    if not text.strip():
        return []
    found: list[Doubt] = []
    plain = text
    for code, mend in _BY_FUNCTION:
        after = mend(plain)
        if after != plain and _is_news(code, plain, after):
            found.append(Doubt(code, field, *_difference(code, plain, mend)))
        plain = after
    if len(text) > _MOST_LOOKED_AT:
        return found
    for search in (_in_words, _in_signs, _in_phrases):
        found += search(field, text, plain, vocabulary)
    return _each_once(found)


def mended(text: str, doubts: Iterable[Doubt]) -> str:
    """The words of a field with these repairs made; lines stay lines unless a list is made one."""
    wanted = list(doubts)
    codes = {doubt.code for doubt in wanted}
    whole = {code for code, _ in _BY_FUNCTION}
    for code, mend in _BY_FUNCTION:
        if code in codes:
            text = mend(text)
    for doubt in wanted:
        if doubt.after is not None and doubt.code not in whole:
            pattern = r"\s+".join(re.escape(part) for part in doubt.before.split())
            text = re.sub(rf"(?<!\w){pattern}(?!\w)", doubt.after.replace("\\", r"\\"), text)
    return text.strip()


def _is_news(code: DoubtCode, before: str, after: str) -> bool:
    """Lines of a narrow cell and spaces at their edges are no news; a list that becomes one line is."""
    if code is DoubtCode.SPACES:
        return "\n".join(line.strip() for line in before.split("\n") if line.strip()) != after
    return code is not DoubtCode.LINE_BREAKS or any(_BULLET.match(line) for line in before.split("\n"))


def _difference(code: DoubtCode, before: str, mend: Callable[[str], str]) -> tuple[str, str]:
    """The first part that changes, with the words around it, as it is and as it would be."""
    after = mend(before)
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    if code is DoubtCode.LINE_BREAKS:
        item = re.search(r"(?m)" + _BULLET.pattern, before)
        start = item.start() if item else start
    begin = max(before.rfind(" ", 0, max(0, start - 8)) + 1, start - _SHOWN // 2, 0)
    part = before[begin : begin + _SHOWN]
    return part, mend(part)


def _in_words(field: str, _raw: str, text: str, vocabulary: Vocabulary) -> list[Doubt]:
    """Broken, glued and mistaken words."""
    found = []
    words = list(WORD.finditer(text))
    for first, second in pairwise(words):
        a, b = first[0], second[0]
        if text[first.end() : second.start()].strip() or not b.islower() or len(a) < 3:
            continue
        is_known = vocabulary.knows(a + b) and len(b) > 1 and b not in _SHORT_WORDS
        if _SUFFIX.fullmatch(b) or is_known:
            found.append(Doubt(DoubtCode.BROKEN_WORD, field, f"{a} {b}", a + b))
    for word in (match[0] for match in words):
        glued = _GLUED.fullmatch(word)
        halves = (glued[1], glued[2]) if glued else vocabulary.halves(word)
        if halves:
            found.append(Doubt(DoubtCode.GLUED_WORDS, field, word, "-".join(halves)))
        is_doubted = _SHORT_I.fullmatch(word) is not None and word.casefold() not in _REAL_I
        if is_doubted and (word[-2] == "е" or vocabulary.knows(word[:-1] + "й")):
            found.append(Doubt(DoubtCode.SHORT_I, field, word, word[:-1] + "й"))
    return found


def _in_signs(field: str, _raw: str, text: str, _vocabulary: Vocabulary) -> list[Doubt]:
    """Letters of another alphabet and capitals that a scanner saw."""
    found = []
    for match in [*_LATIN_AND_RUSSIAN.finditer(text), *_LONE_LATIN.finditer(text)]:
        word = match[0]
        mended_word = "".join(LOOK_ALIKE.get(sign, sign) for sign in word)
        if not re.search(r"[A-Za-z]", mended_word):
            found.append(Doubt(DoubtCode.LOOK_ALIKE, field, word, mended_word))
    for match in _CAPITAL.finditer(text):
        before = text[: match.start()].rsplit(" ", 2)[-2] + " " + match[0]
        found.append(Doubt(DoubtCode.STRAY_CAPITAL, field, before, before[: -len(match[0])] + match[0].lower()))
    tail = _TAIL.search(text)
    if tail and not text[: tail.start()].isupper() and max(map(len, tail[0].split())) > _LONGEST_ABBREVIATION:
        before = text[: tail.start()].rsplit(" ", 2)[-2] + " " + tail[0].strip()
        found.append(Doubt(DoubtCode.CAPITALS_TAIL, field, before, before[: -len(tail[0].strip())].strip()))
    return found


def _in_phrases(field: str, raw: str, text: str, _vocabulary: Vocabulary) -> list[Doubt]:
    """Doubled words and lines, stray numbers, words out of their order."""
    found = [Doubt(DoubtCode.DOUBLE_WORD, field, one_line(match[0]), match[1]) for match in _DOUBLE.finditer(text)]
    for match in _STRAY_NUMBER.finditer(raw):
        before = one_line(raw[: match.start()])
        around = one_line(f"{before[before.rfind(' ', 0, max(0, len(before) - 20)) + 1 :]} {match[0]}")
        found.append(Doubt(DoubtCode.STRAY_NUMBER, field, around, one_line(around[: -len(match[0].strip())])))
    lines = [one_line(line) for line in raw.split("\n") if len(one_line(line)) > 15]
    for first, second in pairwise(lines):
        if len(first) < 300 and SequenceMatcher(None, folded(first), folded(second)).ratio() > 0.85:
            found.append(Doubt(DoubtCode.DOUBLE_LINE, field, f"{first} {second}", second))
    order = _WORD_ORDER.search(text)
    if order and text.startswith(order[0]):
        found.append(Doubt(DoubtCode.WORD_ORDER, field, order[0]))
    elif field == "title" and text[:1].islower():
        found.append(Doubt(DoubtCode.LOWER_START, field, text[:_SHOWN]))
    return found


def _each_once(doubts: list[Doubt]) -> list[Doubt]:
    return list(dict.fromkeys(doubts))

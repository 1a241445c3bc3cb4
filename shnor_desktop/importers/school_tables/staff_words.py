"""The words of a staff list: posts, subjects, categories, education, days, hours, as exports write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from shnor_desktop.importers.school_tables.cells import (
    days_in,
    is_blank,
    month_in,
    number_of,
    plain,
    serial_day,
    years_in,
)
from shnor_desktop.importers.school_tables.found import Doubt, FoundValue

# Patterns over folded words; the first that fits wins.
_POSITIONS = (
    ("other", r"советник|помощник|секретар|ассистент"),
    ("deputy", r"зам\W|заместител|завуч|^зд увр|зам(?:естител\w*)? ?директор"),
    ("director", r"директор|руководител\w* (?:организац|оо|школ)|заведующ\w* (?:школ|филиал)"),
    ("primary_teacher", r"начальн\w* класс|нач\W*кл"),
    ("psychologist", r"психолог"),
    ("speech_therapist", r"логопед|дефектолог"),
    ("social_teacher", r"соц\w*\W*педагог"),
    ("extra_teacher", r"доп\w*\W*образов|пдо\b"),
    ("educator", r"воспитател"),
    ("teacher", r"учител|преподавател"),
)
_SUBJECTS = (
    ("primary", r"начальн|нач\W*кл"),
    ("russian", r"русск|литератур|родн\w* яз|словесн"),
    ("math", r"матем|алгебр|геометр|вероятност"),
    ("physics", r"физик(?!\w*культ)|астроном"),
    ("chemistry", r"хими"),
    ("biology", r"биолог|природовед"),
    ("geography", r"географ|краевед"),
    ("history", r"истори|обществ|\bправо|экономик"),
    ("foreign", r"иностр|англ|немец|франц|китай|испан"),
    ("informatics", r"информ|\bикт\b"),
    ("safety", r"обж|обзр|основы безопас|безопасност"),
    ("pe", r"физич\w*\W*культ|физкульт|физ\W*(?:ра|воспит)|спорт"),
    ("technology", r"технолог|\bтруд|чертеж"),
    ("art", r"изо\b|изобраз|музык|искусств|мхк|рисов"),
)
_CATEGORIES = (
    ("conformity", r"соответств|\bсзд\b|сооответств"),
    ("highest", r"высш|^в\W?к\W?к?$|^в\W*кат"),
    ("none", r"^нет\b|без катег|^б\W?к|не имеет|не аттест|отсутств|^-$"),
    ("first", r"перв|^1\b|^i\b|^1-?я|^пкк|^і\b"),
)
_EDUCATION = (
    ("student", r"студент|обучается|неоконч|незаконч|получает"),
    ("higher", r"высш|бакалавр|магистр|специалитет|^в\W?о\b|^во$|педагогическ\w* (?:институт|универ)|аспирант"),
    ("secondary", r"средн|спо\b|ср\W|колледж|училищ|техникум|^с\W*с"),
)
_HOURS = re.compile(r"(?<!\d)(\d{1,4})\s*(?:ч\b|час|академ)")
_YEARS = re.compile(r"(\d{1,2})(?:[.,]\d+)?\s*(?:г(?:\.|од\w*)?\b|лет|л\.?\b|$)")
_MANY = re.compile(r"[,;/\n]|\s+и\s+|\s\+\s")


def position_of(text: str) -> FoundValue:
    """The post; what is not in the list is «другая» and said so."""
    found = _first(_POSITIONS, plain(text))
    if found and found != "other":
        return FoundValue(found)
    return FoundValue("other", True, Doubt("position_other", {"text": text[:80]}))


def subjects_of(text: str) -> FoundValue | None:
    """The subjects that the words name; those that are not known are named in the doubt."""
    known, unknown = [], []
    for part in [part.strip(" .") for part in _MANY.split(text[:1_000])]:
        words = plain(part)
        if not words or is_blank(part):
            continue
        found = [code for code, pattern in _SUBJECTS if re.search(pattern, words)]
        known += found[:2]
        unknown += [] if found else [part[:40]]
    doubt = Doubt("subject_unknown", {"text": ", ".join(unknown)[:120]}) if unknown else None
    if not known and doubt is None:
        return None
    return FoundValue(sorted(set(known)) or None, True, doubt)


def subjects_in_position(text: str) -> list[str]:
    """The subjects that a post names: «учитель математики и физики»."""
    words = plain(text)
    if "учител" not in words and "преподават" not in words:
        return []
    rest = re.sub(r"логопед|дефектолог|начальн\w* класс\w*", " ", words)
    found = [code for code, pattern in _SUBJECTS if re.search(pattern, rest)]
    return found or (["primary"] if re.search(r"начальн|нач\W*кл", words) else [])


def category_of(text: str) -> FoundValue | None:
    """The category; «вторая» and other words are not guessed."""
    if not text.strip():
        return None
    found = _first(_CATEGORIES, plain(text))
    return FoundValue(found) if found else FoundValue(None, True, Doubt("category_unknown", {"text": text[:60]}))


def education_of(text: str) -> FoundValue | None:
    """The level of education."""
    if is_blank(text):
        return None
    found = _first(_EDUCATION, plain(text))
    return FoundValue(found) if found else FoundValue(None, True, Doubt("education_unknown", {"text": text[:60]}))


def birth_year_of(text: str) -> FoundValue | None:
    """The year of birth from a day, a year or a serial number."""
    if is_blank(text):
        return None
    days = days_in(text)
    years = [days[0][0].year] if days else years_in(text)
    if not years and (serial := serial_day(text)) is not None:
        years = [serial.year]
    if not years or not 1930 <= years[0] <= 2010:
        return FoundValue(None, True, Doubt("birth_unread", {"text": text[:40]}))
    is_full = not days or days[0][1]
    return FoundValue(years[0], True, None if is_full else Doubt("short_year", {"text": text[:40]}))


def experience_of(text: str) -> FoundValue | None:
    """Whole years: of «12 лет 3 мес.» twelve, of «7 мес.» none."""
    if is_blank(text):
        return None
    words = plain(text)
    value = number_of(words)
    if value is None:
        found = _YEARS.search(words)
        if found is None and "мес" in words:
            value = Decimal(0)
        elif found is not None:
            value = Decimal(found[1])
    if value is None or not 0 <= value <= 70:
        return FoundValue(None, True, Doubt("experience_unread", {"text": text[:40]}))
    return FoundValue(int(value))


def training_day_of(text: str, today: int) -> FoundValue | None:
    """The last day that the words name; a month is its last day, a bare year is no day."""
    if is_blank(text):
        return None
    days = days_in(text)
    if days:
        day, is_full = max(days)
        doubt = None if is_full else Doubt("short_year", {"text": text[:60]})
        if len(days) > 1 and doubt is None:
            doubt = Doubt("several_days", {"text": text[:60]})
    else:
        month = month_in(text)
        serial = serial_day(text)
        if month is None and serial is None:
            return FoundValue(None, True, Doubt("day_unread", {"text": text[:60]}))
        day = month or serial or date.min
        doubt = Doubt("only_month" if month else "serial_day", {"text": text[:60]})
    if day.year > today:
        return FoundValue(day, False, Doubt("day_ahead", {"text": text[:60]}))
    return FoundValue(day, True, doubt)


def hours_of(text: str) -> int | None:
    """How many hours a text names: «72 ч.», or a bare number."""
    found = _HOURS.search(plain(text))
    value = Decimal(found[1]) if found else number_of(text)
    return int(value) if value is not None and 0 < value <= 2_000 else None


def workload_of(text: str, *, is_rate: bool) -> FoundValue | None:
    """Hours a week; a rate («1,5 ставки») is no number of hours."""
    if is_blank(text):
        return None
    value = number_of(re.sub(r"\s*(?:час\w*|ч)\.?(?:\s*/?\s*(?:в\s+)?нед\w*\.?)?\s*$", "", text.strip()))
    if is_rate or "ст" in plain(text):
        return FoundValue(None, True, Doubt("workload_rate", {"text": text[:40]}))
    if value is None or not 0 <= value <= 80:
        return FoundValue(None, True, Doubt("workload_unread", {"text": text[:40]}))
    return FoundValue(value)


def yes_or_no(text: str, yes: str) -> bool | None:
    """Whether a cell says yes, in words or by a sign; None where it says nothing."""
    words = plain(text)
    if words in ("", "-"):
        return None
    if words in ("нет", "0", "не", "основное", "основное место работы", "штатный"):
        return False
    return True if words in ("да", "+", "1", "v", "х", "✓") or yes in words else None


def _first(patterns: tuple[tuple[str, str], ...], words: str) -> str:
    return next((code for code, pattern in patterns if re.search(pattern, words)), "")

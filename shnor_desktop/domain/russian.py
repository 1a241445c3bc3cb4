"""Russian as people read it: plural forms, numbers, shares and dates."""

from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MINUS = "\u2212"

_MONTHS_GENITIVE = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
_MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_SMALLEST_SHOWN_PERCENT = Decimal("0.1")
_LARGEST_SHOWN_PERCENT = Decimal("99.9")


def plural_form(n: int, one: str, few: str, many: str) -> str:
    """The form of a noun after the whole number `n`, without the number.

    >>> plural_form(22, "мероприятие", "мероприятия", "мероприятий")
    'мероприятия'
    """
    last_two = abs(n) % 100
    last = last_two % 10
    if 11 <= last_two <= 14 or last == 0 or last >= 5:
        return many
    return one if last == 1 else few


def plural(n: int, one: str, few: str, many: str) -> str:
    """The number with its noun, kept on one line: «5 мероприятий»."""
    return f"{number(n)}{NBSP}{plural_form(n, one, few, many)}"


def number(value: Decimal | int, places: int | None = None) -> str:
    """A number with a decimal comma and thousands apart: «1 234,5».

    `places` rounds half up to so many digits and keeps trailing zeros; without it the value is
    shown exactly, without trailing zeros. Raises ValueError for NaN and infinity.
    """
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError("a number that is shown must be finite")
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(exact):f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", NBSP)
    sign = MINUS if exact < 0 else ""
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def percent(value: Decimal | int) -> str:
    """A percentage rounded to tenths, without an idle zero: «18,2 %», «50 %»."""
    rounded = Decimal(value).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{number(rounded)}{NBSP}%"


def share(n: int, of: int) -> str:
    """A part of a whole with its counts: «4 из 22 (18,2 %)»; of an empty whole «0 из 0».

    A part that is there is never rounded to nothing, nor an incomplete one to all.
    """
    counts = f"{number(n)}{NBSP}из{NBSP}{number(of)}"
    if of <= 0:
        return counts
    exact = Decimal(n) * 100 / Decimal(of)
    if 0 < exact < _SMALLEST_SHOWN_PERCENT / 2:
        shown = f"менее{NBSP}{percent(_SMALLEST_SHOWN_PERCENT)}"
    elif _LARGEST_SHOWN_PERCENT + _SMALLEST_SHOWN_PERCENT / 2 <= exact < 100:
        shown = f"более{NBSP}{percent(_LARGEST_SHOWN_PERCENT)}"
    else:
        shown = percent(exact)
    return f"{counts} ({shown})"


def long_date(day: date) -> str:
    """«1 марта 2024 г.», kept on one line."""
    return f"{day.day}{NBSP}{_MONTHS_GENITIVE[day.month - 1]}{NBSP}{day.year}{NBSP}г."


def short_date(day: date) -> str:
    """«01.03.2024»."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def date_time(moment: datetime, zone: tzinfo | None = None) -> str:
    """«01.03.2024 14:02» in `zone`, or in the zone that the moment carries."""
    local = moment.astimezone(zone) if zone is not None else moment
    return f"{short_date(local.date())} {local.hour:02}:{local.minute:02}"


def initialed(name: str) -> str:
    """«А. И. Берестинова» of «Берестинова Анна Ивановна», for a line to sign on; anything else stays as it is."""
    surname, *given = name.split()[:4] or [""]
    is_name = 1 <= len(given) <= 2 and all(part[:1].isupper() and part.isalpha() for part in given)
    return f"{NBSP.join(f'{part[0]}.' for part in given)}{NBSP}{surname}" if is_name else name


def month_name(month: int) -> str:
    """The month, 1 to 12, as it stands after a day: «марта»."""
    return _MONTHS_GENITIVE[month - 1]


def month_word(month: int) -> str:
    """The month, 1 to 12, by itself: «март»."""
    return _MONTHS[month - 1]

"""Figures of the graduates: thresholds of the exams, profile subjects, certificates; each of one year.

The newest year unless another one is asked for. A school without these grades is told so, not asked for numbers.
"""

from __future__ import annotations

from functools import partial

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.counts import Counted, PartOfWhole
from shnor_desktop.domain.metrics.grades import NINTH, SENIOR, absence_of, last_exams
from shnor_desktop.domain.metrics.registry import Metric, metric_by_year
from shnor_desktop.domain.metrics.values import MetricValue, does_not_apply

_GRADES = {"9": NINTH, "11": SENIOR}
_GRADUATES = Counted("graduates", "Выпускников")
_PROFILE = Counted("profile_pupils", "Учились по профилям")
_NOBODY, _NO_PROFILES = "В этом году выпускников не было", "Профильных классов и групп не было"
_PASSED = PartOfWhole(
    "results", Counted("passed_both", "Преодолели порог по русскому языку и математике"), _GRADUATES, _NOBODY
)
_CERTIFIED = PartOfWhole("results", Counted("certificates", "Получили аттестат"), _GRADUATES, _NOBODY)
_CHOSE = PartOfWhole(
    "results", Counted("profile_chose", "Из них выбрали профильные предметы на ЕГЭ"), _PROFILE, _NO_PROFILES
)
_SUCCEEDED = PartOfWhole(
    "results", Counted("profile_passed", "Из них успешно сдали профильные предметы"), _PROFILE, _NO_PROFILES
)

_metric = partial(Metric, page="results", entity="graduation", polarity=Polarity.HIGHER_BETTER)
_of_11 = partial(_metric, denominator_caption="Выпускников 11 класса", needs="Внесите сведения о выпускниках 11 класса")
_of_9 = partial(_metric, denominator_caption="Выпускников 9 класса", needs="Внесите сведения о выпускниках 9 класса")
_of_profile = partial(
    _metric,
    denominator_caption="Выпускников профильных классов и групп",
    needs="Внесите сведения о выпускниках 11 класса",
)


@metric_by_year(
    _of_11(
        name="graduates.share_ege_both_passed",
        caption="Доля выпускников, преодолевших порог на ЕГЭ по двум обязательным предметам",
        numerator_caption="Преодолели порог по русскому языку и математике",
    )
)
def share_ege_both_passed(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share(facts, year, "11", _PASSED)


@metric_by_year(
    _of_profile(
        name="graduates.share_profile_chose_ege",
        caption="Доля обучающихся по профилям, выбравших профильные предметы на ЕГЭ",
        numerator_caption="Выбрали профильные предметы",
    )
)
def share_profile_chose_ege(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share(facts, year, "11", _CHOSE)


@metric_by_year(
    _of_profile(
        name="graduates.share_profile_passed_ege",
        caption="Доля обучающихся по профилям, успешно сдавших профильные предметы на ЕГЭ",
        numerator_caption="Успешно сдали профильные предметы",
    )
)
def share_profile_passed_ege(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share(facts, year, "11", _SUCCEEDED)


@metric_by_year(
    _of_9(
        name="graduates.share_oge_both_passed",
        caption="Доля выпускников, преодолевших порог на ОГЭ по двум обязательным предметам",
        numerator_caption="Преодолели порог по русскому языку и математике",
    )
)
def share_oge_both_passed(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share(facts, year, "9", _PASSED)


@metric_by_year(
    _of_11(
        name="graduates.share_certificates",
        caption="Доля выпускников 11 класса, получивших аттестат",
        numerator_caption="Получили аттестат",
    )
)
def share_certificates(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share(facts, year, "11", _CERTIFIED)


@metric_by_year(
    _of_9(
        name="graduates.share_certificates_9",
        caption="Доля выпускников 9 класса, получивших аттестат",
        numerator_caption="Получили аттестат",
    )
)
def share_certificates_9(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share(facts, year, "9", _CERTIFIED)


def _share(facts: SchoolFacts, year: int | None, level: str, counts: PartOfWhole) -> MetricValue:
    rows = [row for row in facts.graduations if row.level == level and row.year is not None]
    known = sorted({row.year for row in rows if row.year is not None and row.year <= facts.as_of.year}, reverse=True)
    chosen = year if year is not None else next(iter(known), None)
    if year is None and (chosen is None or chosen < last_exams(facts)):
        reason = absence_of(facts, _GRADES[level])
        if reason:
            return does_not_apply(reason)
    return counts.share([row for row in rows if row.year == chosen], chosen)

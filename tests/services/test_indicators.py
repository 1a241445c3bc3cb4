"""The indicators of a school and of a centre: with counts and gaps, judged, weighted by participants."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.domain.facts import GraduationFact, IndicatorFact, ProgrammeFact, SchoolContext, SchoolFacts
from shnor_desktop.domain.methodology import Indicator, Level, Polarity
from shnor_desktop.domain.metrics import METRICS, MetricPart, MetricValue
from shnor_desktop.domain.metrics.values import does_not_apply, share, yes_no
from shnor_desktop.domain.metrics.weighted import weighted
from shnor_desktop.models.education import Graduation
from shnor_desktop.models.municipality import RegisteredSchool
from shnor_desktop.services import centre, indicators, records, registry
from shnor_desktop.services.arrivals import VerdictCode, import_package
from shnor_desktop.services.demo import make_demo_centre
from shnor_desktop.services.desks import DeskIds, SchoolCard, create_centre_desk, create_school_desk, open_desk
from shnor_desktop.services.diagnosis import form_view_of
from shnor_desktop.services.indicators import centre_indicators, indicator_lines, indicator_lines_of, metric_line
from shnor_desktop.services.packages import export_package
from shnor_desktop.services.store_check import check_store_file
from shnor_desktop.services.workspace import Profile, Workspace
from tests.clock import FixedClock

TODAY = date(2024, 10, 15)
EGE = "graduates.share_ege_both_passed"


def indicator(metric: str = EGE, **fields: Any) -> Indicator:
    values = {"id": "i", "title": "Показатель", "unit": "%", "polarity": Polarity.HIGHER_BETTER, "metric": metric}
    return Indicator(**{**values, **fields})


def school(*rows: GraduationFact, kind: str = "secondary", **more: Any) -> SchoolFacts:
    card = SchoolContext(id="s", short_name="Школа", kind=kind)
    return SchoolFacts(as_of=TODAY, schools=(card,), graduations=rows, **more)


def graduation(passed: int | None, graduates: int, year: int = 2024) -> GraduationFact:
    return GraduationFact(id=str(year), year=year, level="11", graduates=graduates, passed_both=passed)


def test_that_a_line_shows_the_figure_with_its_n_and_the_year_before() -> None:
    line = indicator_lines_of([indicator()], school(graduation(18, 20), graduation(15, 20, 2023)))[0]
    assert line.shown == "18\u00a0из\u00a020 (90\u00a0%)"
    assert line.previous == "2023: 15\u00a0из\u00a020 (75\u00a0%)"
    assert (line.level, line.judged) == (Level.LOW, "стало лучше: +15,0\u00a0п.\u00a0п.")
    assert [row.entity for row in line.rows] == ["graduation"]


def test_that_a_change_below_one_person_is_no_change_for_the_worse() -> None:
    line = indicator_lines_of([indicator()], school(graduation(13, 16), graduation(14, 17, 2023)))[0]
    assert line.level is Level.MEDIUM
    assert "меньше одного человека" in line.judged


def test_that_the_difference_of_a_small_group_is_told_and_not_judged() -> None:
    line = indicator_lines_of([indicator()], school(graduation(4, 8), graduation(7, 8, 2023)))[0]
    assert line.level is Level.UNKNOWN
    assert "группа мала" in line.judged
    assert "n = 8" in line.value.warning


@pytest.mark.parametrize(
    ("passed", "level", "words"),
    [(19, Level.LOW, "цель достигнута"), (17, Level.MEDIUM, "до цели 10,0"), (13, Level.HIGH, "до цели 30,0")],
)
def test_that_a_figure_is_judged_against_the_target_of_the_methodology(passed: int, level: Level, words: str) -> None:
    given = school(graduation(passed, 20), graduation(15, 20, 2023))
    line = indicator_lines_of([indicator(target=Decimal(95))], given)[0]
    assert (line.level, line.target_words) == (level, "95\u00a0%")
    assert words in line.judged


def test_that_the_target_of_the_school_s_programme_counts_before_that_of_the_methodology() -> None:
    programme = ProgrammeFact(id="p", period="2024")
    typed = IndicatorFact(id="t", programme="p", code="i", title="Показатель", base=Decimal(70), target=Decimal(80))
    given = school(graduation(18, 20), programmes=(programme,), indicators=(typed,))
    line = indicator_lines_of([indicator(target=Decimal(95))], given)[0]
    assert (line.target, line.judged) == (Decimal(80), "цель достигнута, стало лучше")
    assert line.previous == "база: 70\u00a0%"


def test_that_lower_is_better_where_the_polarity_says_so() -> None:
    lower = indicator(polarity=Polarity.LOWER_BETTER)
    line = indicator_lines_of([lower], school(graduation(18, 20), graduation(10, 20, 2023)))[0]
    assert line.level is Level.HIGH


def test_that_what_does_not_apply_and_what_is_missing_are_said_apart() -> None:
    absent = indicator_lines_of([indicator()], school(kind="basic"))[0]
    assert (absent.shown, absent.missing) == ("не применимо", ())
    gap = indicator_lines_of([indicator()], school(graduation(None, 20)))[0]
    assert (gap.shown, gap.missing[0].page, gap.missing[0].field) == ("нет данных", "results", "passed_both")


def test_that_an_indicator_without_a_metric_is_what_the_programme_holds() -> None:
    programme = ProgrammeFact(id="p", period="2024")
    typed = IndicatorFact(id="t", programme="p", code="i", base=Decimal(4), reached_first=Decimal(6))
    by_hand = indicator(metric="", unit="ед.")
    line = indicator_lines_of([by_hand], school(programmes=(programme,), indicators=(typed,)))[0]
    assert (line.shown, line.rows[0].entity) == ("6 ед.", "target_indicator")
    assert indicator_lines_of([by_hand], school())[0].missing[0].page == "programme"


def test_that_indicators_of_a_municipality_are_none_of_a_school() -> None:
    assert indicator_lines_of([indicator("municipal.share_registered")], school()) == ()
    line = metric_line("municipal.share_registered", school())
    assert "центр" in line.value.not_applicable


# ------------------------------------------------------------------------------------------------------ over schools
def test_that_a_percentage_over_schools_is_weighted_by_participants() -> None:
    found = weighted(METRICS[EGE], [share(9, 10), share(10, 40)])
    assert (str(found.value), found.numerator, found.denominator) == ("38.0", 19, 50)


def test_that_schools_without_a_figure_are_left_out_of_the_sum() -> None:
    values = [share(9, 10), MetricValue(None), does_not_apply("В школе нет 10–11 классов")]
    assert weighted(METRICS[EGE], values).denominator == 10
    assert weighted(METRICS[EGE], values[1:]).value is None


def test_that_yes_over_schools_is_a_share_of_schools_and_counts_are_added_up() -> None:
    found = weighted(METRICS["extra.three_offers"], [yes_no(True), yes_no(False), yes_no(True)])
    assert (str(found.value), found.numerator, found.denominator) == ("66.7", 2, 3)
    counts = [MetricValue(Decimal(3), 3), MetricValue(Decimal(4), 4)]
    assert weighted(METRICS["teaching.directions"], counts).value == 7


def test_that_the_parts_are_weighted_by_their_level() -> None:
    one = MetricValue(None, 1, 2, parts=(MetricPart("basic", "ООО", share(10, 100)),))
    two = MetricValue(None, 1, 2, parts=(MetricPart("basic", "ООО", share(30, 100)),))
    found = weighted(METRICS["teaching.share_independent_work"], [one, two])
    assert [(part.caption, str(part.value.value)) for part in found.parts] == [("ООО", "20.0")]


# --------------------------------------------------------------------------------------------------------- at a centre
@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("centre")
    made = make_demo_centre(folder / "c.shnor-db", FixedClock(), schools=3, profile=Profile(folder / "profile"))
    yield made
    made.close()


def test_that_the_centre_s_own_rows_make_no_school(desk: Workspace) -> None:
    assert desk.centre
    assert desk.centre not in {line.id for line in centre.schools(desk)}
    assert len(centre.schools(desk)) == 3
    with desk.reading() as reader:
        assert desk.centre in reader.schools()


def test_that_a_figure_over_the_centre_names_the_schools_behind_it(desk: Workspace) -> None:
    lines = {found.line.id: found for found in centre_indicators(desk)}
    found = lines["below_russian"]
    assert len(found.schools) == 3
    assert sum(one.value.denominator or 0 for one in found.schools) == found.line.value.denominator
    assert sum(int(one.value.numerator or 0) for one in found.schools) == found.line.value.numerator
    assert {row.id for row in found.line.rows} == {one.school for one in found.schools}
    own = indicator_lines(desk, found.schools[0].school)
    assert own[0].shown == found.schools[0].shown


def test_that_schools_without_data_and_those_it_does_not_concern_are_named_beside_the_figure() -> None:
    def known(code: str, value: MetricValue) -> indicators.KnownSchool:
        return indicators.KnownSchool(code, code, f"Школа {code}", {EGE: value})

    values = [known("a", share(9, 10)), known("b", MetricValue(None)), known("c", does_not_apply("Нет 11 класса"))]
    found = indicators.over_schools(indicator(), values)
    assert found.line.shown == "9\u00a0из\u00a010 (90\u00a0%)"
    assert [one.name for one in found.schools] == ["Школа a"]
    assert [one.name for one in found.without_data] == ["Школа b"]
    assert [one.name for one in found.not_concerned] == ["Школа c"]
    nobody = indicators.over_schools(indicator(), values[1:])
    assert nobody.line.missing[0].page == "schools"
    assert indicators.over_schools(indicator(), values[2:]).line.shown == "не применимо"


def test_that_a_registry_row_fills_itself_from_the_package_and_says_so(desk: Workspace) -> None:
    view = registry.registry(desk, 2024)
    filled = next(line for line in view.lines if line.school and "in_events" in line.filled)
    assert filled.fact.in_events is filled.filled["in_events"].value
    assert "из пакета" in filled.filled["in_events"].origin
    assert registry.registry(desk, 2023).lines[0].filled == {}


def test_that_what_a_person_says_counts_before_the_package(desk: Workspace) -> None:
    line = next(one for one in registry.registry(desk, 2024).lines if "in_events" in one.filled)
    said = not line.fact.in_events
    records.edit(desk, RegisteredSchool.log_name, line.fact.id, "in_events", said, desk.centre)
    after = next(one for one in registry.registry(desk, 2024).lines if one.fact.id == line.fact.id)
    assert after.fact.in_events is said
    assert "in_events" not in after.filled
    records.undo(desk)
    again = next(one for one in registry.registry(desk, 2024).lines if one.fact.id == line.fact.id)
    assert "in_events" in again.filled


def test_that_a_new_year_begins_with_the_schools_of_the_one_before_and_judges_them_anew(desk: Workspace) -> None:
    before = registry.registry(desk, 2024)
    done = registry.begin_year(desk, 2025)
    after = registry.registry(desk, 2025)
    assert done.changed
    assert [line.fact.code for line in after.lines] == [line.fact.code for line in before.lines]
    assert all(line.fact.has_succeeded is None for line in after.lines)
    assert not registry.begin_year(desk, 2025).changed
    assert registry.registry(desk).year == 2025
    records.undo(desk)
    assert registry.registry(desk).year == 2024


def test_that_schools_with_a_package_are_entered_into_an_empty_registry(desk: Workspace) -> None:
    assert len(registry.registry(desk, 2031).absent) == 3
    registry.add_from_packages(desk, 2031)
    view = registry.registry(desk, 2031)
    assert (len(view.lines), view.absent) == (3, ())
    records.undo(desk)


def test_that_a_store_with_a_registry_is_sound_and_counts_only_schools(desk: Workspace, tmp_path: Path) -> None:
    report = check_store_file(desk.store.path, FixedClock())
    assert report.is_sound
    assert report.schools == 3


def test_that_a_school_may_not_write_into_a_registry() -> None:
    from shnor_desktop.domain.roles import WriterRole
    from shnor_desktop.models.registry import info_of

    assert info_of(RegisteredSchool).writers == {WriterRole.MUNICIPAL}
    assert info_of(RegisteredSchool).deleters == {WriterRole.MUNICIPAL}
    assert WriterRole.SCHOOL in info_of(Graduation).writers


def test_that_a_question_whose_figure_does_not_concern_the_school_is_answered_by_that(desk: Workspace) -> None:
    form = desk.pack.form("diagnostic_map")
    assert form is not None
    first = form.blocks[0]
    asked = replace(first.questions[0], metric=EGE)
    block = replace(first, questions=(asked, *first.questions[1:]))
    forms = tuple(replace(form, blocks=(block, *form.blocks[1:])) if one is form else one for one in desk.pack.forms)
    view = form_view_of(replace(desk.pack, forms=forms), school(kind="basic")).questions[0]
    assert (view.shown, view.origin) == ("не применимо", "В школе нет 10–11 классов")
    assert view.is_answered
    assert view.missing == ()


def test_that_a_centre_s_store_from_before_the_registry_gets_an_aggregate_of_its_own(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    made = create_centre_desk(tmp_path / "c.db", "72-100", "Центр", FixedClock(), profile=profile)
    with made.writing() as work:
        work.records.set_meta("centre", "")
    made.close()
    opened = open_desk(tmp_path / "c.db", FixedClock(), profile=profile)
    row = {"year": 2024, "code": "72-101", "name": "Школа"}
    records.begin(opened, RegisteredSchool, row, opened.centre)
    assert [line.fact.code for line in registry.registry(opened).lines] == ["72-101"]
    assert centre.schools(opened) == []
    own = opened.centre
    opened.close()
    again = open_desk(tmp_path / "c.db", FixedClock(), profile=profile)
    assert again.centre == own
    again.close()


def test_that_a_package_that_calls_itself_the_centre_s_own_rows_is_refused(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    ours = create_centre_desk(tmp_path / "c.db", "72-100", "Центр", FixedClock(), is_demo=True, profile=profile)
    ids = DeskIds(str(uuid.uuid4()), ours.centre, b"secret")
    card = SchoolCard("72-101", "Школа")
    forged = create_school_desk(tmp_path / "s.db", card, FixedClock(), is_demo=True, ids=ids, profile=profile)
    package = export_package(forged, tmp_path, unfinished=True)
    verdict = import_package(ours, package.path, forged.identity.certificate.fingerprint)
    assert verdict.code is VerdictCode.WRONG_SCHOOL
    assert centre.schools(ours) == []
    with ours.reading() as reader:
        assert reader.schools() == []
    forged.close()
    ours.close()

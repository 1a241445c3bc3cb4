"""The demo: a school and a centre that a person can look at as if they were real, the same from the same seed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.domain.deadlines import DeadlineKind
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Level
from shnor_desktop.domain.result_reading import StatementKind
from shnor_desktop.domain.social_index import Band
from shnor_desktop.models.registry import entities
from shnor_desktop.services import arrivals, centre, packages, records, results
from shnor_desktop.services.check import check
from shnor_desktop.services.deadlines import deadlines_of
from shnor_desktop.services.demo import DEMO_DAY, make_demo_centre, make_demo_school
from shnor_desktop.services.demo.library import main_school, other_schools, words
from shnor_desktop.services.diagnosis import form_view
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.identification import centre_identification
from shnor_desktop.services.registry import registry
from shnor_desktop.services.result_reading import reading
from shnor_desktop.services.workspace import Profile, Workspace
from shnor_desktop.system.wording import has_words
from tests.clock import FixedClock


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One demo school for the tests that only read."""
    folder = tmp_path_factory.mktemp("demo")
    return make_demo_school(folder / "demo.shnor-db", FixedClock(), profile=Profile(folder / "profile"))


@pytest.fixture(scope="module")
def facts(demo: Workspace) -> SchoolFacts:
    return read_facts(demo)


@pytest.fixture(scope="module")
def municipal(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One demo centre, of the first three schools."""
    folder = tmp_path_factory.mktemp("centre")
    return make_demo_centre(folder / "c.shnor-db", FixedClock(), schools=3, profile=Profile(folder / "profile"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The demo centre with all its schools."""
    folder = tmp_path_factory.mktemp("whole")
    return make_demo_centre(folder / "c.shnor-db", FixedClock(), profile=Profile(folder / "profile"))


def _content(workspace: Workspace) -> bytes:
    """All rows of the school with their ids, as canonical bytes."""
    rows = {
        name: [[item.id, item.hidden, records.wire_values(item)] for item in records.rows(workspace, info.cls)]
        for name, info in entities().items()
    }
    return canonical_json(rows)


def test_that_the_demo_school_has_the_year_that_was_asked_for(facts: SchoolFacts) -> None:
    assert len(facts.staff) == 22
    assert len(facts.classes) == 9
    assert len(facts.measures) == 30
    assert len(facts.events) == 12
    assert len(facts.plans) == 8
    assert {sheet.year for sheet in facts.results} == {2022, 2023, 2024}
    assert len(facts.partners) == 2
    assert 4 <= len([problem for problem in facts.problems if problem.is_active]) <= 5


def test_that_its_check_finds_no_errors_and_every_warning_has_a_reason(demo: Workspace) -> None:
    found = check(demo)
    assert found.errors == ()
    assert found.warnings == ()
    assert found.confirmed
    assert all(line.reason for line in found.confirmed)


def test_that_its_diagnostic_map_is_full_and_every_level_known(demo: Workspace) -> None:
    view = form_view(demo)
    assert [question.question.code for question in view.questions if not question.is_answered] == []
    assert [question.question.code for question in view.questions if question.lacks_evidence] == []
    assert Level.UNKNOWN not in {item.level for item in view.profile}
    assert {item.factor for item in view.profile if item.level is Level.HIGH} >= set(main_school().high)


def test_that_its_programme_is_read_and_its_road_map_alive(facts: SchoolFacts) -> None:
    assert not any(paragraph.generated for paragraph in facts.paragraphs)
    assert not any("____" in (paragraph.body or "") for paragraph in facts.paragraphs)
    states = {measure.state for measure in facts.measures}
    assert {"done", "in_progress", "planned", "moved"} <= states
    assert 1 <= len([measure for measure in facts.measures if measure.is_overdue(facts.as_of)]) <= 2
    soon = [measure for measure in facts.measures if measure.due_on and 0 <= (measure.due_on - facts.as_of).days < 7]
    assert len(soon) == 2


def test_that_its_results_came_through_the_importer_and_by_hand(demo: Workspace) -> None:
    lines = results.sheets(demo)
    imported = [line for line in lines if line.is_imported]
    assert {line.subject for line in imported} == {"русский язык", "математика"}
    assert {line.procedure for line in lines} == {"ВПР", "ОГЭ"}
    detail = results.sheet_detail(demo, imported[0].id)
    assert detail is not None
    assert detail.tasks
    assert detail.journal is not None
    assert sum(detail.primary_scores.values()) == detail.line.participants


def test_that_a_demo_store_stands_on_its_own_day(demo: Workspace) -> None:
    assert today(demo) == DEMO_DAY
    assert read_facts(demo).as_of == DEMO_DAY


def test_that_its_history_reads_like_a_year_and_offers_nothing_to_undo(demo: Workspace) -> None:
    times = [line.time[:7] for line in records.history(demo)]
    assert times == sorted(times, reverse=True)
    with demo.reading() as reader:
        months = {line.time[:7] for line in reader.history(demo.school, limit=100_000)}
    assert {"2024-01", "2024-04", "2024-06", "2024-09", "2024-10"} <= months
    assert not records.undoable(demo)


def test_that_one_seed_gives_the_same_rows_and_the_same_key(demo: Workspace, tmp_path: Path) -> None:
    again = make_demo_school(tmp_path / "again.shnor-db", FixedClock())
    assert _content(again) == _content(demo)
    assert again.identity.certificate.der == demo.identity.certificate.der
    assert again.store_id != demo.store_id
    again.close()


def test_that_another_seed_gives_another_school_without_errors(demo: Workspace, tmp_path: Path) -> None:
    other = make_demo_school(tmp_path / "other.shnor-db", FixedClock(), seed=7, as_of=date(2024, 11, 19))
    assert other.school != demo.school
    assert _content(other) != _content(demo)
    found = check(other)
    assert (found.errors, found.warnings) == ((), ())
    other.close()


class _StoppedByHand(Exception):
    pass


def test_that_a_demo_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, total: int, words: str) -> None:
        assert words
        if done == 3:
            raise _StoppedByHand

    profile = Profile(tmp_path / "profile")
    folder = tmp_path / "stores"
    folder.mkdir()
    with pytest.raises(_StoppedByHand):
        make_demo_school(folder / "demo.shnor-db", FixedClock(), profile=profile, progress=stop)
    assert list(folder.iterdir()) == []
    assert list((profile.folder / "keys").iterdir()) == []


def test_that_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "demo.shnor-db"
    path.write_text("мой файл", "utf-8")
    for make in (make_demo_school, make_demo_centre):
        with pytest.raises(KnownError, match=r"demo\.store_exists"):
            make(path, FixedClock())
    assert path.read_text("utf-8") == "мой файл"
    assert has_words("demo.store_exists")


def test_that_the_demo_centre_has_schools_in_every_state(municipal: Workspace) -> None:
    lines = centre.schools(municipal)
    assert [line.code for line in lines] == sorted(school.code for school in other_schools()[:3])
    assert {line.state for line in lines} == {"received", "accepted", "returned"}
    assert any(line.open_remarks for line in lines)
    assert all(line.package is not None for line in lines)
    assert all(not line.conflicts for line in lines)
    assert {line.risk.high for line in lines} != {0}


def test_that_the_demo_centre_knows_the_demo_school(municipal: Workspace, demo: Workspace, tmp_path: Path) -> None:
    package = packages.export_package(demo, tmp_path)
    verdict = arrivals.import_package(municipal, package.path)
    assert verdict.code is arrivals.VerdictCode.ACCEPTED
    receipt = packages.export_receipt(municipal, demo.school, tmp_path)
    assert arrivals.import_package(demo, receipt.path).code is arrivals.VerdictCode.ACCEPTED


def test_that_the_demo_knows_eighteen_other_schools_of_different_progress() -> None:
    others = other_schools()
    assert len(others) == 18
    assert {school.fill for school in others[:12]} == {"full", "map", "begun"}
    assert {school.fill for school in others[12:]} == {"light"}
    assert len({school.code for school in (main_school(), *others)}) == 19


def test_that_its_results_of_three_years_show_a_decline_and_tasks_of_every_level(demo: Workspace) -> None:
    cards = reading(demo).cards
    assert len([card for card in cards if len(card.card.years) == 3]) >= 2
    said = {found.level for card in cards if (found := card.card.says(StatementKind.DYNAMICS)) is not None}
    assert {Level.HIGH, Level.LOW, Level.UNKNOWN} <= said
    tasks = {task.level for card in cards for task in card.card.tasks}
    assert {Level.HIGH, Level.MEDIUM, Level.LOW} <= tasks
    assert any(card.card.needs_action and card.measures for card in cards)


def test_that_its_road_map_has_deadlines_of_many_kinds(demo: Workspace, facts: SchoolFacts) -> None:
    deadlines = deadlines_of(demo.pack, facts)
    kinds = Counter(deadlines.of(measure).reading.kind for measure in facts.measures)
    assert set(kinds) >= set(DeadlineKind) - {DeadlineKind.STAGE, DeadlineKind.UNKNOWN}
    assert all(deadlines.of(measure).reading.recognised for measure in facts.measures)


def test_that_the_schools_of_the_whole_demo_centre_can_be_compared(whole: Workspace) -> None:
    found = centre_identification(whole)
    by_code = {school.code: school for school in found.schools}
    assert found.comparison.has_expectation
    expected = {code: found.expectation(school.id) for code, school in by_code.items()}
    assert [code for code, one in expected.items() if one is not None and one.is_resilient] == ["72-114"]
    assert expected["72-115"].band is Band.BELOW
    assert by_code["72-108"].index.value is None
    assert expected["72-108"] is None
    indexes = sorted(float(one.index.value) for one in found.schools if one.index.value is not None)
    assert indexes[0] < 35
    assert indexes[-1] > 80
    assert by_code["72-117"].result.low.low == ()
    assert max(one.counts.participants for one in by_code["72-116"].result.low.counted) < 10
    assert max(one.counts.participants for one in by_code["72-117"].result.low.counted) >= 50


def test_that_the_whole_demo_centre_shows_a_decline_and_a_gap_to_the_journal(whole: Workspace) -> None:
    ids = {line.code: line.id for line in centre.schools(whole)}
    declining = [card.card.says(StatementKind.DYNAMICS) for card in reading(whole, ids["72-118"]).cards]
    assert any(found is not None and found.level is Level.HIGH for found in declining)
    gaps = [card.card.says(StatementKind.JOURNAL) for card in reading(whole, ids["72-119"]).cards]
    assert any(found is not None and found.level is Level.MEDIUM for found in gaps)


def test_that_the_registry_of_the_whole_demo_centre_knows_schools_without_a_package(whole: Workspace) -> None:
    lines = registry(whole).lines
    assert {line.fact.code for line in lines} > {line.code for line in centre.schools(whole)}
    assert any(not line.school for line in lines)


def test_that_every_warning_of_a_demo_school_has_words_for_its_reason() -> None:
    assert all(text.strip() for text in words("texts")["reasons"].values())

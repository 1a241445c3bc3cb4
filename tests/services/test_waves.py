"""Two waves of a form: kept figures, last year's answers taken over, the comparison, in every methodology."""

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.waves import Change, current_wave
from shnor_desktop.reports.content import Document, texts
from shnor_desktop.services import documents, records, waves
from shnor_desktop.services.desks import create_school_desk
from shnor_desktop.services.diagnosis import MAP, QuestionView, answer_question, form_view, set_factor_level, waves_of
from shnor_desktop.services.document_kinds import DocumentKind, info_of
from shnor_desktop.services.document_makers import source_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.waves_documents import make_wave_comparison, which_of
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import CARD, fill_map, fill_passport_and_staff, make_diagnosed_school

PACKS = load_methodologies()


@pytest.fixture
def school(tmp_path: Path) -> Workspace:
    return make_diagnosed_school(tmp_path, FixedClock())


def words_of(document: Document) -> str:
    return "\n".join(texts(document)).replace("\u00a0", " ")


def second(workspace: Workspace) -> str:
    return waves_of(workspace.pack, MAP)[1]


def view_of(workspace: Workspace, question: str, wave: str = "") -> QuestionView:
    return next(item for item in form_view(workspace, MAP, wave).questions if item.question.code == question)


def comment_of(workspace: Workspace, question: str) -> str | None:
    typed = view_of(workspace, question, second(workspace)).typed
    assert typed is not None
    return typed.comment


def test_that_a_computed_figure_that_was_not_kept_is_not_compared(school: Workspace) -> None:
    first, last = waves_of(school.pack, MAP)[:2]
    found = waves.compare_waves(school.pack, read_facts(school), MAP, first, last)
    staff = next(item for item in found.answers if item.question == "staff.highest_category")
    assert (staff.moved.change, staff.before) == (Change.UNKNOWN, "")
    assert "не зафиксировано" in staff.note
    assert found.unkept > 0
    assert found.is_empty


def test_that_kept_figures_stay_when_the_staff_changes_and_are_compared(school: Workspace) -> None:
    first, last = waves_of(school.pack, MAP)[:2]
    done = waves.keep_wave(school, MAP, first)
    assert done.changed
    assert "зафиксированы" in done.operation
    teacher = next(item for item in read_facts(school).staff if item.category == "first")
    records.edit(school, "staff_member", teacher.id, "category", "highest")
    found = waves.compare_waves(school.pack, read_facts(school), MAP, first, last)
    staff = next(item for item in found.answers if item.question == "staff.highest_category")
    assert (staff.moved.change, staff.moved.by) == (Change.BETTER, "+11,1 п. п.")
    assert "на сегодня" in staff.note
    assert "малая группа (n = 9)" in staff.note
    assert found.counts[Change.BETTER] >= 1
    assert not found.unkept


def test_that_a_kept_wave_shows_the_figures_that_were_computed(school: Workspace) -> None:
    first = waves_of(school.pack, MAP)[0]
    before = {item.question.code: item.shown for item in form_view(school, MAP, first).questions}
    waves.keep_wave(school, MAP, first)
    assert {item.question.code: item.shown for item in form_view(school, MAP, first).questions} == before


def test_that_keeping_a_wave_is_one_step_that_can_be_taken_back(school: Workspace) -> None:
    first = waves_of(school.pack, MAP)[0]
    live = waves.live_figures(form_view(school, MAP, first))
    waves.keep_wave(school, MAP, first)
    assert waves.live_figures(form_view(school, MAP, first)) == 0
    records.undo(school)
    assert waves.live_figures(form_view(school, MAP, first)) == live > 0
    assert not waves.keep_wave(school, MAP, second(school)).operation.endswith("0 значений")


def test_that_the_answer_of_the_last_wave_is_offered_with_its_source(school: Workspace) -> None:
    answer_question(school, MAP, waves_of(school.pack, MAP)[0], "teaching.deficits", {"numerator": 4, "denominator": 9})
    view = view_of(school, "teaching.deficits", second(school))
    assert view.previous is not None
    assert view.previous.shown.startswith("4\u00a0из\u00a09")
    assert view.previous.source.startswith("Входная 2024, до ")
    waves.take_previous(school, MAP, second(school), "teaching.deficits")
    taken = view_of(school, "teaching.deficits", second(school)).typed
    assert taken is not None
    assert taken.comment is not None
    assert (taken.numerator, taken.denominator) == (4, 9)
    assert taken.comment.startswith("Без изменений: Входная 2024")


def test_that_a_changed_answer_forgets_that_it_was_taken_over(school: Workspace) -> None:
    waves.take_previous(school, MAP, second(school), "teaching.deficits")
    answer_question(school, MAP, second(school), "teaching.deficits", {"value": "12"})
    assert comment_of(school, "teaching.deficits") is None
    answer_question(school, MAP, second(school), "teaching.deficits", {"comment": "по справке"})
    answer_question(school, MAP, second(school), "teaching.deficits", {"value": "13"})
    assert comment_of(school, "teaching.deficits") == "по справке"


def test_that_all_unchanged_answers_are_confirmed_in_one_step(school: Workspace) -> None:
    wave = second(school)
    waiting = waves.waiting(form_view(school, MAP, wave))
    assert len(waiting) > 10
    done = waves.take_all_previous(school, MAP, wave)
    assert str(len(waiting)) in done.operation
    assert not waves.waiting(form_view(school, MAP, wave))
    assert current_wave(school.pack, read_facts(school)) == wave
    with pytest.raises(KnownError, match=r"waves\.nothing_before"):
        waves.take_all_previous(school, MAP, wave)
    records.undo(school)
    assert current_wave(school.pack, read_facts(school)) != wave
    assert len(waves.waiting(form_view(school, MAP, wave))) == len(waiting)


def test_that_an_own_answer_is_not_written_over(school: Workspace) -> None:
    wave = second(school)
    answer_question(school, MAP, wave, "teaching.deficits", {"value": "77"})
    waves.take_all_previous(school, MAP, wave)
    assert "77" in view_of(school, "teaching.deficits", wave).shown


def test_that_a_level_by_hand_belongs_to_its_wave(school: Workspace) -> None:
    first, last = waves_of(school.pack, MAP)[:2]
    set_factor_level(school, first, "sen", "high", "Приходит класс коррекции")
    levels = {item.factor: item.override for item in form_view(school, MAP, first).profile}
    assert levels["sen"] is not None
    assert {item.factor: item.override for item in form_view(school, MAP, last).profile}["sen"] is None


def test_that_waves_are_compared_in_their_order_only(school: Workspace) -> None:
    first, last = waves_of(school.pack, MAP)[:2]
    for pair in ((last, first), (first, first), (first, "1999")):
        with pytest.raises(KnownError, match=r"waves\.not_a_pair"):
            waves.compare_waves(school.pack, read_facts(school), MAP, *pair)


@pytest.mark.parametrize("pack", [pack.id for pack in PACKS.packs])
def test_that_every_methodology_compares_all_its_forms(pack: str, tmp_path: Path) -> None:
    desk = create_school_desk(tmp_path / "s.db", CARD, FixedClock(), pack, is_demo=True, packs=PACKS)
    fill_passport_and_staff(desk)
    fill_map(desk)
    waves.keep_wave(desk, MAP, waves_of(desk.pack, MAP)[0])
    for form in waves.compared_forms(desk.pack):
        if form != MAP:
            first = waves_of(desk.pack, form)[0]
            for view in form_view(desk, form, first).questions:
                if not view.is_answered and not view.question.choices and view.question.kind != "yes_no":
                    answer_question(desk, form, first, view.question.code, {"value": "5"})
    found = waves.comparisons(desk)
    assert [item.form for item in found] == list(waves.compared_forms(desk.pack))
    assert all(item.answers for item in found)
    assert {item.factor for item in found[0].factors} == {factor.code for factor in desk.pack.factors}
    for item in found:
        assert sum(item.counts.values()) == len(item.answers)
        assert str(len(item.answers)) in item.summary
    for form in waves.compared_forms(desk.pack):
        assert all(first.number < after.number for first, after in waves.pairs_of(desk.pack, form))


def test_that_the_comparison_is_printed_with_its_words_and_only_changes_when_asked(school: Workspace) -> None:
    first, last = waves_of(school.pack, MAP)[:2]
    waves.keep_wave(school, MAP, first)
    teacher = next(item for item in read_facts(school).staff if item.category == "first")
    records.edit(school, "staff_member", teacher.id, "category", "highest")
    source = source_of(school, None)
    whole = words_of(make_wave_comparison(source, which_of(MAP, first, last)))
    assert "Входная карта, 2024 г. (до 30.04.2024)" in whole
    assert "↗ лучше, +11,1 п. п." in whole
    assert "= без изменений" in whole
    changes = words_of(make_wave_comparison(source, which_of(MAP, first, last, only_changes=True)))
    assert "↗ лучше, +11,1 п. п." in changes
    assert "= без изменений" not in changes
    assert "Мониторинг" in words_of(make_wave_comparison(source))


def test_that_the_comparison_becomes_a_file_of_every_kind(school: Workspace, tmp_path: Path) -> None:
    for form in info_of(DocumentKind.WAVE_COMPARISON).formats:
        target = tmp_path / f"c.{form.value}"
        documents.write_document(school, DocumentKind.WAVE_COMPARISON, target, form=form)
        assert target.stat().st_size > 1000

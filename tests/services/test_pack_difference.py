"""The difference of two versions in words, and what a move means for a school with a diagnosis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.domain.methodology import Form, Pack, Question
from shnor_desktop.domain.methodology_difference import ChangeKind
from shnor_desktop.methodologies import pack_hash
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import answer_question, form_view
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.pack_difference import consequences, difference_lines, summary
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Workspace]:
    """A school with a filled map."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    yield workspace
    workspace.close()


def newer(pack: Pack, **parts: Any) -> Pack:
    """A later version."""
    changed = replace(pack, version="9.1", **parts)
    return replace(changed, hash=pack_hash(changed))


def with_questions(pack: Pack, change: Any) -> tuple[Form, ...]:
    """The forms with each question as `change` gives it; None leaves it out."""
    forms = []
    for form in pack.forms:
        blocks = tuple(
            replace(block, questions=tuple(new for one in block.questions if (new := change(one)) is not None))
            for block in form.blocks
        )
        forms.append(replace(form, blocks=blocks))
    return tuple(forms)


def test_that_a_difference_reads_as_russian_sentences_before_and_after() -> None:
    pack = load_methodologies().packs[0]
    measure = replace(pack.measures[0], title="Новое имя", executors=pack.measures[0].executors[:1])
    new = newer(pack, measures=(measure, *pack.measures[2:]), goal="Новая цель")
    parts = {part.part: part for part in difference_lines(pack, new)}
    assert parts["measures"].caption == "Мероприятия"
    lines = {line.kind: line for line in parts["measures"].lines}
    changed = lines[ChangeKind.CHANGED]
    assert changed.kind_words == "изменено"
    assert ("Мероприятие", pack.measures[0].title, "Новое имя") in [
        (one.caption, one.old, one.new) for one in changed.fields
    ]
    assert lines[ChangeKind.REMOVED].title == pack.measures[1].title
    assert {one.caption for one in parts[""].lines[0].fields} == {"Версия", "Цель проекта"}
    assert "Мероприятия: убрано 1, изменено 1" in summary(pack, new)


def test_that_references_are_shown_by_their_titles() -> None:
    pack = next(one for one in load_methodologies().packs if one.id == "tyumen-2024")
    measure = next(one for one in pack.measures if len(one.factors) > 0)
    other = next(one for one in pack.factors if one.code not in measure.factors)
    rest = tuple(replace(one, factors=(other.code,)) if one.id == measure.id else one for one in pack.measures)
    (part,) = [one for one in difference_lines(pack, newer(pack, measures=rest)) if one.part == "measures"]
    (line,) = part.lines
    assert [(one.caption, one.new) for one in line.fields] == [("Факторы", other.title)]


def answered(school: Workspace) -> Question:
    """A question with thresholds that the school has an answer to."""
    return next(
        view.question
        for view in form_view(school).questions
        if view.is_answered and view.question.thresholds and view.step.level.value in ("high", "low")
    )


def test_that_a_threshold_that_changes_a_level_is_said(school: Workspace) -> None:
    pack, question = school.pack, answered(school)
    far = (Decimal(-2), Decimal(-3)) if question.polarity.value == "higher_better" else (Decimal(-3), Decimal(-2))
    was = next(view.step.level for view in form_view(school).questions if view.question.code == question.code)
    if was.value == ("low" if question.polarity.value == "higher_better" else "high"):
        far = tuple(one + 1000 for one in far)  # type: ignore[assignment]
    new = newer(
        pack, forms=with_questions(pack, lambda one: replace(one, thresholds=far) if one.code == question.code else one)
    )
    said = [line.text for line in consequences(school, new).levels]
    assert any(question.caption in words and "вместо" in words for words in said)


def test_that_a_question_that_vanishes_shows_the_answer_that_stays_in_the_history(school: Workspace) -> None:
    pack, question = school.pack, answered(school)
    wave = form_view(school).wave
    answer_question(school, "diagnostic_map", wave, question.code, {"comment": "важно"})
    used = {item.question for factor in pack.factors for item in factor.indicators}
    factors = tuple(
        replace(one, indicators=tuple(item for item in one.indicators if item.question != question.code))
        for one in pack.factors
    )
    assert used
    forms = with_questions(pack, lambda one: None if one.code == question.code else one)
    found = consequences(school, newer(pack, forms=forms, factors=factors))
    assert [line.is_loss for line in found.vanishing] == [True]
    assert question.caption in found.vanishing[0].text


def test_that_a_measure_of_the_road_map_whose_source_changed_is_named(school: Workspace) -> None:
    pack = school.pack
    measure = pack.school_measures()[0]
    records.begin(school, Measure, {"title": measure.title, "library_code": measure.id})
    changed = tuple(replace(one, deadline="май") if one.id == measure.id else one for one in pack.measures)
    (line,) = consequences(school, newer(pack, measures=changed)).measures
    assert measure.title[:20] in line.text
    assert "май" in line.detail
    gone = tuple(one for one in pack.measures if one.id != measure.id)
    assert "больше нет" in consequences(school, newer(pack, measures=gone)).measures[0].text


def test_that_a_version_that_touches_nothing_of_the_school_says_so(school: Workspace) -> None:
    assert consequences(school, newer(school.pack, goal="Другая цель")).is_empty


def test_that_new_questions_are_counted_and_named(school: Workspace) -> None:
    pack = school.pack
    first = pack.forms[0].blocks[0].questions[0]
    fresh = replace(first, code="fresh.one", caption="Новый вопрос")
    block = replace(pack.forms[0].blocks[0], questions=(*pack.forms[0].blocks[0].questions, fresh))
    forms = (replace(pack.forms[0], blocks=(block, *pack.forms[0].blocks[1:])), *pack.forms[1:])
    (line,) = consequences(school, newer(pack, forms=forms)).new_questions
    assert "новый вопрос" in line.text
    assert "Новый вопрос" in line.detail

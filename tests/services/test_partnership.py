"""The work with partner schools: an item of the joint plan becomes an event, an event closes a day of the road map."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.partners import JointPlanItem, PartnerEvent, PartnerSchool
from shnor_desktop.reports.content import Document, texts
from shnor_desktop.services import documents, partners, records, roadmap
from shnor_desktop.services.document_kinds import PAPER, DocumentFormat, DocumentKind
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with one partner."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    partner = {
        "name": "МАОУ «Гимназия № 1»",
        "director": "Образцова Мария Ильинична",
        "agreement_number": "7",
        "agreement_date": "2024-03-25",
        "agreement_until": "2024-07-15",
        "topics": "Задания трёх уровней; независимая проверка.",
        "frequency": "не реже 1 раза в четверть",
        "promised_events": 4,
    }
    records.begin(workspace, PartnerSchool, partner)
    return workspace


def words(document: Document) -> str:
    return "\n".join(texts(document)).replace("\xa0", " ")


def _partner(school: Workspace) -> str:
    return records.rows(school, PartnerSchool)[0].id


def _item(school: Workspace, title: str = "Семинар: разбор работ") -> str:
    values = {
        "partner": _partner(school),
        "title": title,
        "form": "seminar",
        "due_on": "2024-06-20",
        "expected": "Таблица ошибок класса",
        "state": "planned",
    }
    return records.begin(school, JointPlanItem, values).row


def test_that_an_item_of_the_joint_plan_becomes_an_event_once(school: Workspace) -> None:
    item = _item(school)
    held = partners.hold(school, item, date(2024, 6, 14))
    event = records.row(school, PartnerEvent, held.row)
    assert event is not None
    assert (event.partner, event.form, event.topic) == (_partner(school), "seminar", "Семинар: разбор работ")
    assert (event.held_on, event.state, event.plan_item) == ("2024-06-14", "held", item)
    kept = records.row(school, JointPlanItem, item)
    assert kept is not None
    assert kept.state == "held"
    assert partners.hold(school, item).row == held.row
    assert len(records.rows(school, PartnerEvent)) == 1


def test_that_one_step_back_takes_the_event_and_the_mark_of_the_item(school: Workspace) -> None:
    item = _item(school)
    partners.hold(school, item)
    records.undo(school)
    assert read_facts(school).events == ()
    assert read_facts(school).plan_items[0].state == "planned"


def test_that_a_planned_event_does_not_keep_a_promise(school: Workspace) -> None:
    for day, state in (("2024-04-18", "held"), ("2024-05-18", "cancelled")):
        values = {"partner": _partner(school), "held_on": day, "topic": "Встреча", "form": "seminar", "state": state}
        records.begin(school, PartnerEvent, values)
    view = partners.partners_view(school)
    assert (view.promised, view.held) == (4, 1)
    assert view.partners[0].caption == "проведено 1 из 4"


def test_that_words_that_say_no_frequency_are_told_to_be_so(school: Workspace) -> None:
    records.edit(school, "partner_school", _partner(school), "frequency", "по мере возможности")
    assert "не читается как частота" in partners.partners_view(school).partners[0].promise_words


def test_that_an_event_offers_the_nearest_day_of_its_measure(school: Workspace) -> None:
    from shnor_desktop.services import programme

    programme.ensure_programme(school)
    measure = roadmap.add_own(
        school, {"title": "Методические дни", "deadline": "ежемесячно", "evidence": "Справка"}
    ).row
    held_on = read_facts(school).as_of.isoformat()
    values = {"partner": _partner(school), "held_on": held_on, "topic": "День", "form": "seminar", "measure": measure}
    event = records.begin(school, PartnerEvent, values).row
    day = partners.linked_day(school, event)
    assert day is not None
    assert day.measure == measure
    assert "День" in day.given
    partners.mark_linked(school, day)
    after = partners.linked_day(school, event)
    assert after is None or after.due != day.due


def test_that_an_event_without_a_measure_offers_no_day(school: Workspace) -> None:
    held_on = read_facts(school).as_of.isoformat()
    values = {"partner": _partner(school), "held_on": held_on, "topic": "День", "form": "seminar"}
    assert partners.linked_day(school, records.begin(school, PartnerEvent, values).row) is None


def test_that_the_agreement_is_drafted_from_what_is_known(school: Workspace) -> None:
    text = words(documents.document(school, DocumentKind.AGREEMENT, which=_partner(school)))
    for known in ("№ 7", "25 марта 2024 г.", "не реже 1 раза в четверть", "не менее 4 встреч", "Задания трёх уровней"):
        assert known in text
    assert "М. И. Образцова" in text
    assert "г.." not in text


def test_that_an_agreement_of_an_unknown_partner_is_refused(school: Workspace) -> None:
    with pytest.raises(KnownError, match="no_such_partner"):
        documents.document(school, DocumentKind.AGREEMENT, which="Никакая школа")


def test_that_an_empty_partner_gives_an_agreement_to_fill_by_hand(school: Workspace) -> None:
    row = records.begin(school, PartnerSchool, {"name": "Новая школа"}).row
    text = words(documents.document(school, DocumentKind.AGREEMENT, which=row))
    assert "____" in text
    assert "None" not in text


def test_that_the_joint_plan_says_what_was_held(school: Workspace) -> None:
    held = _item(school)
    _item(school, "Открытые уроки")
    partners.hold(school, held, date(2024, 6, 14))
    text = words(documents.document(school, DocumentKind.JOINT_PLAN))
    assert "проведено 14.06.2024" in text
    assert "Всего: 2 мероприятия." in text
    assert "СОГЛАСОВАН" in text


@pytest.mark.parametrize("kind", [DocumentKind.AGREEMENT, DocumentKind.JOINT_PLAN])
@pytest.mark.parametrize("form", PAPER)
def test_that_the_papers_come_in_every_format(school: Workspace, kind: DocumentKind, form: DocumentFormat) -> None:
    _item(school, "=СУММ(A1)")
    assert documents.document_bytes(school, kind, form=form)

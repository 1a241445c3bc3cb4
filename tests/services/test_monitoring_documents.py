"""The report on a wave: the form against the wave before it, in every methodology that has waves."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.reports.content import Document, Heading
from shnor_desktop.services import documents
from shnor_desktop.services.desks import SchoolCard, create_school_desk
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.workspace import Profile
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school

PACKS = load_methodologies().packs


def words(document: Document) -> str:
    """All text of a document."""
    return repr(document).replace("\\xa0", " ")


def test_that_the_second_wave_stands_beside_the_first(tmp_path: Path, fixed_clock: FixedClock) -> None:
    school = make_diagnosed_school(tmp_path, fixed_clock)
    waves = sorted(school.pack.monitoring_waves, key=lambda one: (one.form, one.number))
    first, second = waves[0], waves[1]
    assert (first.form, second.number) == (second.form, 2)
    alone = documents.document(school, DocumentKind.MONITORING_REPORT, which=first.id)
    beside = documents.document(school, DocumentKind.MONITORING_REPORT, which=second.id)
    assert "Прошлая волна" not in words(alone)
    assert "Прошлая волна" in words(beside)
    assert first.title in words(beside)


def test_that_every_question_of_the_form_is_reported(tmp_path: Path, fixed_clock: FixedClock) -> None:
    school = make_diagnosed_school(tmp_path, fixed_clock)
    for wave in school.pack.monitoring_waves:
        text = words(documents.document(school, DocumentKind.MONITORING_REPORT, which=wave.id))
        form = school.pack.form(wave.form)
        assert form is not None
        assert [one.caption for one in form.questions() if one.caption not in text] == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_that_every_methodology_reports_or_says_that_it_has_no_waves(
    pack: Pack, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    card = SchoolCard("T-1", "Школа", "Школа", "Район", kind="secondary")
    profile = Profile(tmp_path / "profile")
    school = create_school_desk(tmp_path / "s.shnor-db", card, fixed_clock, pack.id, profile=profile)
    if school.pack.monitoring_waves:
        made = documents.document(school, DocumentKind.MONITORING_REPORT)
        assert isinstance(made.blocks[0], Heading)
    else:
        with pytest.raises(KnownError) as caught:
            documents.document(school, DocumentKind.MONITORING_REPORT)
        assert caught.value.code == "monitoring.no_waves"
    school.close()


def test_that_an_unknown_wave_is_named(tmp_path: Path, fixed_clock: FixedClock) -> None:
    school = make_diagnosed_school(tmp_path, fixed_clock)
    with pytest.raises(KnownError) as caught:
        documents.document(school, DocumentKind.MONITORING_REPORT, which="nothing")
    assert caught.value.code == "monitoring.no_such_wave"

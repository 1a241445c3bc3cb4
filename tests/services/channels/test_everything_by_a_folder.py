"""A request, its invitation and a methodology travel by the same folder as packages and their answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.services import authority_desk, enrolment, inbox, outbox, packages
from shnor_desktop.services.channels import outgoing_folder
from tests.services.channels.test_outbox import by_folder
from tests.services.exchange_desks import Desks
from tests.services.trust_desks import PASSPHRASE
from tests.services.trust_desks import light_passphrases as light_passphrases


@pytest.mark.usefixtures("light_passphrases")
def test_that_a_school_is_enrolled_over_a_shared_folder(desks: Desks, tmp_path: Path) -> None:
    authority_desk.create(desks.centre, PASSPHRASE)
    for desk in (desks.school, desks.centre):
        by_folder(desk, tmp_path / "общая")
    enrolment.request(desks.school, outgoing_folder(desks.school), "Образцова Анна Ивановна")
    assert len(outbox.send_due(desks.school).sent) == 1
    taken, failed = inbox.fetch_all(desks.centre)
    assert ([one.verdict.code.is_fine for one in taken], failed) == ([True], [])
    asked = authority_desk.requests(desks.centre)
    authority_desk.invite(desks.centre, asked[0].id, PASSPHRASE, outgoing_folder(desks.centre))
    assert len(outbox.send_due(desks.centre).sent) == 1
    (came,), _ = inbox.fetch_all(desks.school)
    digits = desks.centre.identity.certificate.fingerprint_words
    verdict = inbox.take_in_file(desks.school, Path(came.fetched.file), digits)
    assert verdict.code.is_fine, verdict
    assert enrolment.standing(desks.school).is_enrolled
    packages.export_methodology(desks.centre, outgoing_folder(desks.centre))
    assert len(outbox.send_due(desks.centre).sent) == 1
    (pack,), failed = inbox.fetch_all(desks.school)
    assert (pack.verdict.code.is_fine, failed) == (True, [])

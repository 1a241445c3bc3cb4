"""Who was revoked reads nothing that is sent later: packages are not encrypted to their keys any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import authority_desk, packages
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.opening_files import open_file
from shnor_desktop.services.workspace import Workspace
from tests.services.exchange_desks import add_teacher
from tests.services.exchange_desks import desks as desks
from tests.services.exchange_desks import without_check as without_check
from tests.services.trust_desks import PASSPHRASE, TrustDesks
from tests.services.trust_desks import light_passphrases as light_passphrases
from tests.services.trust_desks import trust as trust


def opens(desk: Workspace, file: Path) -> bool:
    """Whether the keys of a desk open a file."""
    try:
        open_file(file, desk)
    except KnownError as error:
        if error.code != "package.encrypted_for_others":
            raise
        return False
    return True


def test_that_a_revoked_methodist_cannot_open_later_packages(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    methodist = trust.second("methodist", "methodist", "72-M1")
    trust.enrol(methodist)
    import_package(trust.centre, trust.send(trust.school))
    trust.meet_all()
    add_teacher(trust.school, "Лесная Вера Петровна")
    assert opens(methodist, trust.send(trust.school))
    authority_desk.revoke(trust.centre, methodist.identity.certificate.fingerprint, "stolen", PASSPHRASE)
    trust.meet_all()
    add_teacher(trust.school, "Полевая Анна Петровна")
    later = trust.send(trust.school)
    assert not opens(methodist, later)
    assert opens(trust.centre, later)
    answer = packages.export_receipt(trust.centre, trust.school.school, trust.flash).path
    assert not opens(methodist, answer)
    assert opens(trust.school, answer)


def test_that_a_school_whose_only_computer_was_revoked_is_sent_nothing(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    import_package(trust.centre, trust.send(trust.school))
    authority_desk.revoke(trust.centre, trust.school.identity.certificate.fingerprint, "stolen", PASSPHRASE)
    with pytest.raises(KnownError) as refused:
        packages.export_receipt(trust.centre, trust.school.school, trust.flash)
    assert refused.value.code == "package.receiver_revoked"

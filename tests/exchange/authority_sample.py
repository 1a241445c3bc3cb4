"""An authority of a test, made once: it has issued a centre's working key, a school, another school and a methodist."""

from __future__ import annotations

from functools import cache

from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.authority import Authority
from shnor_desktop.exchange.certificates import subject_of
from shnor_desktop.exchange.keys import Identity
from tests.exchange.sample import NOW, seeded


@cache
def authority(name: str = "МОЦ Лесного района", *, is_demo: bool = False) -> Authority:
    """An authority by name; the same one each time."""
    return Authority.create("moc-1", name, NOW, is_demo=is_demo, entropy=seeded(f"authority {name}"))


@cache
def issued(
    role: WriterRole = WriterRole.SCHOOL, school: str = "school-a", by: str = "МОЦ Лесного района", name: str = "Школа"
) -> Identity:
    """A writer to whom an authority issued a certificate; the same one each time."""
    entropy = seeded(f"{role} {school} {by} {name}")
    own = Identity.create(subject_of("72-014", role, name, name), NOW, entropy)
    subject = subject_of("72-014", role, name, name, school=school)
    issuer = authority(by)
    certificate = issuer.issue(own.certificate.point, subject, NOW, entropy)
    return Identity(own.key, certificate, issuer.chain)


@cache
def successor() -> Authority:
    """The authority that took over from the first one."""
    return Authority.create("moc-1", "МОЦ Лесного района", NOW, entropy=seeded("successor"), before=authority())

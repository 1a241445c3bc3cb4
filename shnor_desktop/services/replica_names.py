"""The name of a replica ends in the mark of its key: whoever has another key cannot seal in its name.

Without it the first key that sealed for a replica would have to be believed, and what counts would depend on which
package comes first.
"""

from __future__ import annotations

import hashlib
import uuid

from shnor_desktop.exchange.certificates import Certificate

_MARK = 32


def new_replica(certificate: Certificate) -> str:
    """A name that no other replica has, for a profile with this key."""
    return f"{uuid.uuid4()}.{mark_of(certificate)}"


def is_of_key(replica: str, certificate: Certificate) -> bool:
    """Whether a replica of this name seals with the key of this certificate."""
    return replica.endswith(f".{mark_of(certificate)}")


def mark_of(certificate: Certificate) -> str:
    """What the names of the replicas of a key end in."""
    return hashlib.sha256(certificate.point).hexdigest()[:_MARK]

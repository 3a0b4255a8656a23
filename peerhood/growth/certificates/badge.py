"""A certificate as a file of Open Badges 3.0, for its holder's wallet (1EdTech, Open Badges 3.0, appendix B).

The file is not signed: a signed one would go on looking valid after its certificate was withdrawn or its account
erased, and the list of withdrawn ones that a signature wants beside it would make their addresses public. So it
says where to ask, and that is where it is confirmed. It tells no address of its holder: the identity is hashed,
with a salt.
"""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from peerhood.growth.models import Certificate
from peerhood.people.models import Person

CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]  # fmt: skip


def told(certificate: Certificate) -> dict[str, Any]:
    """The credential, in the language of its circle."""
    with translation.override(certificate.language):
        return {
            "@context": CONTEXT,
            "id": certificate.address,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": certificate.title_outside,
            "issuer": {
                "id": settings.SITE_URL,
                "type": ["Profile"],
                "name": settings.SITE_NAME,
                "url": settings.SITE_URL,
            },
            "validFrom": f"{certificate.issued_at:%Y-%m-%dT%H:%M:%SZ}",
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [identity(certificate.holder, certificate.uid.hex)],
                "achievement": _achievement(certificate),
            },
        }


def _achievement(certificate: Certificate) -> dict[str, Any]:
    about = {
        "day": certificate.day.isoformat(),
        "hours": certificate.hours,
        "provider": certificate.provider_outside,
    }
    lines = [_("%(day)s, %(hours)s hours. Given by %(provider)s.") % about, *certificate.outcomes_outside]
    return {
        "id": certificate.achievement_uid.urn,
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "inLanguage": certificate.language,
        "name": certificate.title_outside,
        "description": "\n".join(lines),
        "criteria": {
            "narrative": _("Was checked in at the door. Whether it is valid is said at %(address)s")
            % {"address": certificate.address}
        },
    }


def identity(holder: Person, salt: str) -> dict[str, Any]:
    """Who holds it, for whoever knows the address already; the name, of somebody who has none."""
    known = ("emailAddress", holder.email) if holder.email else ("name", holder.name)
    hashed = sha256(f"{known[1]}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${hashed}",
        "identityType": known[0],
        "salt": salt,
    }

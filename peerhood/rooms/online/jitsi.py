"""A call for each group on the operator's own Jitsi server.

Nothing is stored: the address is reckoned from the room, the round and the group with the site's
secret. Whoever had one cannot tell the next, and another ``SECRET_KEY`` makes other addresses.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac

from peerhood.mixing.models import Round
from peerhood.rooms.models import Room

SALT = "peerhood.rooms.online.jitsi"
# 128 bits. Jitsi reads names without regard to case, so hexadecimal loses nothing.
LENGTH = 32


def address(room: Room, shown: Round, group: int) -> str:
    """Where this group of the round meets; empty where the operator has no Jitsi."""
    if not settings.JITSI_HOST:
        return ""
    return f"https://{settings.JITSI_HOST}/{_name(room.pk, shown.pk, group)}"


def _name(room_pk: int, round_pk: int, group: int) -> str:
    value = f"{room_pk}/{round_pk}/{group}"
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:LENGTH]

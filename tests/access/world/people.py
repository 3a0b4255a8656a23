"""The member as a person: their photo, and a file of their own data."""

from peerhood.people.models import Photo, PutAway
from peerhood.people.own_data import asking, exporting
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene


def plant(scene: Scene) -> Kwargs:
    member = scene.member
    PutAway.objects.get_or_create(owner=scene.organiser, about=member)
    Photo.objects.get_or_create(person=member, defaults={"small": b"RIFF", "large": b"RIFF"})
    member.photo_digest = "0123456789abcdef"
    member.save()
    exporting.make_or_stop(asking.ask(member).pk)
    return {
        "people": {"pk": member.pk, "level": "members"},
        "people:photo": {"pk": member.pk, "digest": member.photo_digest, "size": "small"},
        # Ids of things that are the person's own: whoever asks here has none.
        "mfa_remove_webauthn": {"pk": 0},
    }

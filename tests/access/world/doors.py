"""Pages that show several steps at once, the links in a mail, and the demo's mails."""

from peerhood.notices import choices, sending
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene


def plant(scene: Scene) -> Kwargs:
    mail = sending.send(scene.organiser, "circles/accepted", circle=scene.circle)
    return {
        "pages": {**scene.of_circle, **scene.of_gathering, "step": "invite"},
        # Somebody else's device: whoever asks here has none of that number.
        "pages:sign_out_device": {"pk": 0},
        "pages:leave_mails": {"link": choices.link_for(scene.member.pk, choices.Group.APPLICATIONS)},
        "demo": {"pk": mail.pk},
    }

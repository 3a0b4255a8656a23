"""What he chose to hear of and when, and mails that name him or went to him."""

from datetime import time

from peerhood.notices import choices, quiet_hours, sending
from peerhood.notices.models import FailingAddress, Mail, Together
from peerhood.people.models import Person
from tests.own_data.planted.cast import Cast
from tests.own_data.planted.words import MAIN


def choose(ben: Person) -> None:
    choices.choose(ben, set())
    Together.objects.create(person=ben, group="hosts")
    quiet_hours.choose(ben, time(22), time(8))
    FailingAddress.objects.create(address=MAIN, failures_count=1)


def write(cast: Cast) -> None:
    ada, ben, circle = cast.ada, cast.ben, cast.circle
    membership = circle.memberships.get(person=ben)
    sending.send(ada, "circles/applied", circle=circle, applicant=ben, membership=membership)
    sending.send(ada, "connections/connected", other=ben, gathering=cast.gathering)
    sending.send(ben, "circles/accepted", circle=circle)
    # To an address he had once, and has taken off since.
    Mail.objects.filter(pk=sending.send(ben, "circles/accepted", circle=circle).pk).update(
        address="b@canary.example"
    )

"""From the line to a seat: shortly before the start one gives theirs up, and it is offered, from mail to mail."""

from datetime import timedelta

import pytest
import time_machine

from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.coming import links
from peerhood.notices.models import Mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def mail_to(person, kind: str) -> Mail:
    return Mail.objects.filter(kind=f"gatherings/{kind}", person=person).latest("pk")


def test_a_seat_given_up_goes_on_by_offer_until_somebody_takes_it(phone, supper, makers, ada, ben, chi, dot):
    makers.memberships.create(person=dot)
    with time_machine.travel(supper.starts_at - timedelta(days=3)) as clock:
        for person in (ben, chi, dot):
            rsvp.attend(supper, person)
        waiting = phone()
        waiting.opens(links.link_for(dot, supper))
        waiting.sees("2")
        assert mail_to(dot, "waitlisted").calendar == ""

        clock.move_to(supper.starts_at - timedelta(hours=20))
        leaving = phone()
        leaving.opens(links.link_for(ben, supper))
        leaving.presses(leaving.button("I can’t come"))
        assert mail_to(ben, "withdrawn").calendar_method == "CANCEL"

        # Chi is first in line, and says no; nothing is in Chi's calendar.
        assert not Mail.objects.filter(kind="gatherings/offered", person=dot).exists()
        offered = mail_to(chi, "offered")
        assert offered.calendar == ""
        first = phone()
        first.opens(links.link_for(chi, supper))
        first.sees("A place is yours if you say yes until")
        first.presses(first.button("No, thank you"))

        offered = mail_to(dot, "offered")
        # A link says when it was signed, so another second has another one.
        assert links.link_for(dot, supper).rsplit(":", 2)[0] in offered.text
        waiting.step = "accepts"
        waiting.opens(links.link_for(dot, supper))
        assert supper.rsvps.get(person=dot).is_offered()  # to open it changes nothing
        waiting.presses(waiting.button("I’ll be there"))
        waiting.sees("You have a seat.")
        assert waiting.clicks["accepts"] == 2

        supper.refresh_from_db()
        assert [held.person for held in supper.rsvps.going()] == [dot]
        assert (supper.going_count, supper.waiting_count, supper.capacity) == (1, 0, 1)
        assert mail_to(dot, "seated").calendar_method == "REQUEST"
        planning.cancel(supper, by=ada)
    assert mail_to(dot, "cancelled").calendar_method == "CANCEL"

"""An announced gathering moves online: everybody hears of it, calendars change, and the link is not passed around."""

import re
from datetime import timedelta

import pytest
import time_machine

from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.coming import links
from peerhood.notices.models import Mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINK = "https://call.example.org/afternoon"


def sequence_in(mail: Mail) -> int:
    return int(re.search(r"^SEQUENCE:(\d+)", mail.calendar, re.MULTILINE)[1])


def test_a_published_gathering_moves_online(phone, supper, makers, ada, ben, chi, dot):
    with time_machine.travel(supper.starts_at - timedelta(days=3)) as clock:
        planning.edit(supper, by=ada, version=supper.version, online_capacity=1)
        rsvp.attend(supper, ben)
        rsvp.attend(supper, chi)
        seated = Mail.objects.get(kind="gatherings/seated", person=ben)

        host = phone(ada)
        host.opens(f"/gatherings/{supper.pk}/")
        host.presses(host.link("Meet online instead"))
        host.sees("Going: 1. Waiting: 1.")
        host.fills(host.page.locator("[name=online_url]"), LINK)
        host.presses(host.button("Move online and tell everybody"))
        assert (sum(host.clicks.values()), sum(host.fields.values())) == (3, 1)

        told = Mail.objects.filter(kind="gatherings/moved_online")
        assert {mail.person for mail in told} == {ben, chi}
        of_ben, of_chi = told.get(person=ben), told.get(person=chi)
        assert of_ben.calendar_method == "REQUEST"
        assert sequence_in(of_ben) > sequence_in(seated)
        assert of_chi.calendar == ""  # whoever waits has nothing in their calendar
        assert LINK not in of_ben.text + of_ben.calendar

        everybody = phone()
        everybody.opens(f"/gatherings/{supper.pk}/")
        everybody.sees("Moved online")
        everybody.does_not_see("Coffee on us")
        member = phone()
        member.opens(links.link_for(ben, supper))
        member.sees("The link to join stands here from an hour before")
        assert LINK not in member.page.content()

        clock.move_to(supper.starts_at - timedelta(minutes=59))
        member.opens(links.link_for(ben, supper))
        assert LINK in member.page.content()
        for somebody, address in (
            (phone(), links.link_for(chi, supper)),
            (everybody, f"/gatherings/{supper.pk}/"),
        ):
            somebody.opens(address)
            assert LINK not in somebody.page.content()
        outsider = phone(dot)
        outsider.opens(f"/gatherings/{supper.pk}/")
        assert LINK not in outsider.page.content()

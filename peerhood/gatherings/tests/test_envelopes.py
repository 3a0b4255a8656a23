"""What the subject of a mail says of a closed circle: nothing."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.gatherings import planning, rsvp
from peerhood.notices.models import Mail


def write_every_mail(circle, gathering, people, host):
    """Seat, line up, move up, move and cancel."""
    evening = gathering(circle, title=f"Dawn of {circle.name}", capacity=1)
    first, second = people
    rsvp.attend(evening, first)
    rsvp.attend(evening, second)
    rsvp.withdraw(evening, first)
    evening.refresh_from_db()
    planning.edit(evening, by=host, version=evening.version, starts_at=now() + timedelta(days=3))
    planning.cancel(evening, by=host)
    return list(Mail.objects.filter(kind__startswith="gatherings/"))


@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_subject_names_a_closed_circle_or_its_gathering(forum, gathering, ada, ben, language):
    for person in (ada, ben):
        person.language = language
        person.save()
    mails = write_every_mail(forum, gathering, (ada, ben), ada)
    assert len({mail.kind for mail in mails}) == 5
    assert [mail.subject for mail in mails if "Gryningsforum" in mail.subject] == []


def test_control_an_open_circles_gathering_is_named(makers, gathering, ada, ben):
    assert all(
        "Dawn of Makers" in mail.subject for mail in write_every_mail(makers, gathering, (ada, ben), ada)
    )

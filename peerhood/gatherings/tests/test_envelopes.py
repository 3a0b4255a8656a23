"""What the subject of a mail says of a closed circle: nothing."""

import re
from datetime import timedelta
from pathlib import Path

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
    assert len({mail.kind for mail in mails}) == 6
    assert [mail.subject for mail in mails if "Gryningsforum" in mail.subject] == []


def test_control_an_open_circles_gathering_is_named(makers, gathering, ada, ben):
    assert all(
        "Dawn of Makers" in mail.subject for mail in write_every_mail(makers, gathering, (ada, ben), ada)
    )


FIRST_LINES = {
    path: path.read_text(encoding="utf-8").splitlines()[0]
    for step in ("circles", "gatherings")
    for path in (Path(planning.__file__).parents[1] / step).glob("templates/*/mail/*.txt")
}


@pytest.mark.parametrize("path", FIRST_LINES, ids=lambda path: path.stem)
def test_every_subject_asks_what_may_stand_on_an_envelope(path):
    """A circle's own name stands in a subject only where the line asks whether the circle is closed."""
    names = re.findall(r"(?:circle\.name|gathering\.title)(?!_on_envelope)", FIRST_LINES[path])
    assert not names or "circle.is_closed" in FIRST_LINES[path]

"""One line of each who was there, and nobody's name with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey
from django.utils.timezone import now

from peerhood.gatherings.models import AgendaItem, Rsvp
from peerhood.journal.models import Entry
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.stories.models import LineMark, RecapLines
from peerhood.stories.recaps import lines

Level = AgendaItem.Confidentiality


@pytest.fixture
def was_there(past_supper, ada, ben, chi):
    for person in (ada, ben, chi):
        past_supper.rsvps.create(person=person, status=Rsvp.Status.GOING, checked_in_at=past_supper.starts_at)
    return past_supper


def under(gathering, level):
    gathering.agenda.create(position=1, kind="talk", title="Talk", length_minutes=10, confidentiality=level)
    return type(gathering).objects.get(pk=gathering.pk)


def test_each_who_was_there_adds_one_line_once(as_, client, told, was_there, ben, dot):
    path = f"/stories/lines/{was_there.pk}/"
    assert as_(dot).get(path).status_code == 403
    assert as_(ben).post(path, {"line": "Soup brings people together."}).status_code == 302
    assert as_(ben).post(path, {"line": "Again."}).status_code == 409
    client.logout()
    assert "Soup brings people together." in client.get("/stories/what-we-ate/").text


def test_no_author_and_no_time_is_kept_anywhere(was_there, ben):
    before = Entry.objects.count()
    lines.add(was_there, "Soup.", by=ben)
    kept = [field for model in (RecapLines, LineMark) for field in model._meta.get_fields()]
    assert [f for f in kept if isinstance(f, ForeignKey) and f.related_model is Person] == []
    assert [f.name for f in kept if f.get_internal_type().startswith("Date")] == []
    assert Entry.objects.count() == before


def test_under_a_rule_lines_are_read_once_there_are_three(client, told, was_there, ada, ben, chi):
    hall = under(was_there, Level.CHATHAM_HOUSE)
    for person, line in ((ada, "One"), (ben, "Two")):
        lines.add(hall, line, by=person)
    assert lines.lines_of(hall) == []
    lines.add(hall, "Three", by=chi)
    assert sorted(lines.lines_of(hall)) == ["One", "Three", "Two"]


@pytest.mark.parametrize("level", [Level.AGENDA_ONLY, Level.CONFIDENTIAL])
def test_where_no_words_are_told_there_is_no_line_and_those_there_were_are_gone(was_there, ben, level):
    lines.add(was_there, "Soup.", by=ben)
    hall = under(was_there, level)
    assert lines.lines_of(hall) == []
    with pytest.raises(Refusal):
        lines.add(hall, "More.", by=ben)


def test_names_of_people_and_employers_are_flagged_first(as_, was_there, ben, chi):
    path = f"/stories/lines/{was_there.pk}/"
    answer = as_(ben).post(path, {"line": "Chi was right."})
    assert (answer.status_code, "1 name in it." in answer.text) == (422, True)
    assert not LineMark.objects.exists()
    assert as_(ben).post(path, {"line": "Chi was right.", "sure": "1"}).status_code == 302


def test_after_a_month_it_is_too_late(was_there, ben):
    was_there.starts_at, was_there.ends_at = now() - timedelta(days=32), now() - timedelta(days=31)
    was_there.save()
    with pytest.raises(Refusal):
        lines.add(was_there, "Late.", by=ben)


def test_whoever_may_write_the_recap_takes_a_line_out(as_, told, was_there, ada, ben):
    lines.add(was_there, "Soup.", by=ben)
    with pytest.raises(PermissionDenied):
        lines.take_out(was_there, lines.digest_of("Soup."), by=ben)
    as_(ada).post(f"/stories/lines/{was_there.pk}/take-out/", {"line": lines.digest_of("Soup.")})
    assert lines.lines_of(was_there) == []


def test_the_list_asks_those_who_were_there(as_, was_there, ben, dot):
    assert "Add your line: Supper" in as_(ben).get("/stories/").text
    assert "Add your line" not in as_(dot).get("/stories/").text


def test_a_recap_leads_to_the_next_gathering(client, told, makers, gathering):
    gathering(makers, title="Autumn supper")
    page = client.get("/stories/what-we-ate/").text
    assert page.count("Autumn supper") == 1

"""An organiser keeps the run of a day, and a series is drafted from it."""

from datetime import time

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.gatherings import agenda, polling
from peerhood.gatherings.models import SavedAgenda, Series
from peerhood.gatherings.series import saved_agendas, scheduling
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(supper, ada, lines):
    agenda.set_agenda(supper, lines, by=ada)
    return saved_agendas.save(supper, "Our afternoon", by=ada)


def test_lines_are_kept_and_who_spoke_is_not(ours, lines):
    assert [(line.title, line.length_minutes) for line in saved_agendas.lines_of(ours)] == [
        (line.title, line.length_minutes) for line in lines
    ]
    assert saved_agendas.lines_of(ours)[3].confidentiality == "chatham"
    assert "Ben Berg" not in str(ours.lines)
    assert (ours.length, ours.mode) == (200, "in-person")


def test_a_series_is_drafted_and_polled_from_it(ours, makers, ada):
    series = scheduling.schedule(makers, by=ada, saved_agenda=ours, starts_at_time=time(13))
    assert series.name == "Our afternoon"
    drafted = scheduling.draft(series, by=ada)
    assert [line.title for line in agenda.lines_of(drafted)] == [line["title"] for line in ours.lines]
    assert drafted.length.total_seconds() / 60 == 200
    poll = polling.open_poll(series, polling.proposed_starts(series), by=ada)
    slot = poll.slots.first()
    assert (slot.ends_at - slot.starts_at).total_seconds() / 60 == 200


def test_a_name_is_used_once_in_a_circle(ours, supper, ada):
    with pytest.raises(Refusal, match="of that name"):
        saved_agendas.save(supper, "Our afternoon", by=ada)
    other = saved_agendas.save(supper, "Another", by=ada)
    with pytest.raises(Refusal, match="of that name"):
        saved_agendas.rename(other, "Our afternoon", by=ada)
    saved_agendas.rename(other, "Longer", by=ada)
    assert [saved.name for saved in SavedAgenda.objects.all()] == ["Longer", "Our afternoon"]


def test_what_a_series_is_drafted_from_is_not_thrown_away(ours, makers, ada):
    series = scheduling.schedule(makers, by=ada, saved_agenda=ours, starts_at_time=time(13))
    with pytest.raises(Refusal, match="Our afternoon"):
        saved_agendas.delete(ours, by=ada)
    scheduling.change(series, by=ada, saved_agenda=None, template="flashmob-evening")
    saved_agendas.delete(ours, by=ada)
    assert list(SavedAgenda.objects.all()) == []


def test_ben_keeps_renames_and_throws_away_nothing(ours, supper, ben):
    for act in (
        lambda: saved_agendas.save(supper, "Ben’s", by=ben),
        lambda: saved_agendas.rename(ours, "Ben’s", by=ben),
        lambda: saved_agendas.delete(ours, by=ben),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_it_is_saved_from_a_gathering_and_offered_for_a_new_series(client, ours, supper, makers, ada):
    client.force_login(ada)
    page = f"/gatherings/{supper.pk}/saved-agenda/"
    assert "What we measured" in client.get(page).text
    assert client.post(page, {"name": "Our afternoon"}).status_code == 409
    assert client.post(page, {"name": "The long one"})["Location"] == "/gatherings/new/makers/"
    assert "The long one" in client.get("/gatherings/new/makers/").text
    saved = SavedAgenda.objects.get(name="The long one")
    begin = f"/gatherings/new/makers/saved/{saved.pk}/"
    assert client.get(begin).status_code == 200
    answers = {
        "cadence": "monthly",
        "weekday": 3,
        "week_of_month": 3,
        "starts_at_time": "13:00",
        "capacity": 9,
    }
    client.post(begin, answers)
    series = Series.objects.get()
    assert (series.saved_agenda, series.gatherings.count()) == (saved, 1)
    client.post(f"/gatherings/agendas/{saved.pk}/", {"name": "Longest"})
    saved.refresh_from_db()
    assert saved.name == "Longest"
    assert client.post(f"/gatherings/agendas/{saved.pk}/deletion/").status_code == 409
    client.post(f"/gatherings/agendas/{ours.pk}/deletion/")
    assert [each.name for each in SavedAgenda.objects.all()] == ["Longest"]


def test_the_agenda_of_a_closed_circle_is_known_to_nobody_outside(client, forum, gathering, ada, dot, lines):
    dawn = gathering(forum, state="draft")
    agenda.set_agenda(dawn, lines, by=ada)
    saved = saved_agendas.save(dawn, "At dawn", by=ada)
    client.force_login(dot)
    for page in (f"/gatherings/agendas/{saved.pk}/", f"/gatherings/new/gryningsforum/saved/{saved.pk}/"):
        assert client.get(page).status_code == 404

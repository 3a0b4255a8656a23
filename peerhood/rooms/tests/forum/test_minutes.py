"""The minutes list topics and the reminder; a name in them is a fault."""

from peerhood.gatherings.models import Rsvp
from peerhood.rooms import running
from peerhood.rooms.forum import acknowledging, objecting
from peerhood.rooms.models import Room
from peerhood.themes.models import Ballot, Theme


def pages(client, evening):
    return [client.get(f"/gatherings/{evening.pk}/minutes/{page}") for page in ("", "text/")]


def canaries(evening, makers):
    """Every name that somebody has here: who leads, who came, who hosts, whose theme it was."""
    people = [rsvp.person.name for rsvp in evening.rsvps.all()]
    people += [participant.person.name for participant in evening.room.participants.exclude(person=None)]
    people += [person.name for person in evening.hosts.all()]
    return {*people, *filter(None, evening.agenda.values_list("speaker", flat=True))}


def named_in(text, names):
    return {name for name in names if name in text}


def test_they_list_topics_the_reminder_the_objection_and_the_next_theme(
    opened, phones, evening, client, ada, ben, makers
):
    theme = Theme.objects.create(circle=makers, title="Benefits realisation", proposed_by=ben)
    Ballot.objects.create(gathering=evening, winner=theme)
    room = objecting.object_to(opened, phones[0], item_pk=opened.item_id)
    running.next_item(room, by=ada)
    client.force_login(ada)
    for answer in pages(client, evening):
        assert answer.status_code == 200
        text = answer.text
        for said in ("Makers", "Risk registers", "Reporting lines", "20 minutes planned", "Benefits realisation",
                     "It was given, and 3 acknowledged it.", "Stopped after an objection"):  # fmt: skip
            assert said in text
        assert "Last word" not in text


def test_they_never_name_anybody(opened, phones, evening, client, ada, ben, chi, person, makers):
    for name in ("Quilla Canary", "Orrin Canary"):
        evening.rsvps.create(person=person(name), status=Rsvp.Status.GOING)
    ada.name = "Adelheid Hostess"
    ada.save()
    for who, name in ((ben, "Benvolio Phone"), (chi, "Chiara Phone")):
        who.name = name
        who.save()
    objecting.object_to(opened, phones[0], item_pk=opened.item_id)
    client.force_login(ada)
    names = canaries(evening, makers)
    assert len(names) == 7
    page, text = pages(client, evening)
    assert named_in(text.text, names) == set()
    main = page.text.split("<main", 1)[1].split("</main>")[0]
    assert named_in(main, names) == set()


def test_control_the_canary_is_found_where_a_speaker_is_told(opened, evening, client, ada, makers):
    client.force_login(ada)
    programme = client.get(evening.get_absolute_url()).text
    assert "Sixten Speaker" in named_in(programme, canaries(evening, makers))


def test_how_many_had_not_acknowledged_is_said(waiting, phones, evening, client, ada):
    acknowledging.acknowledge(waiting, phones[0])
    acknowledging.go_on_without(waiting, by=ada)
    client.force_login(ada)
    for answer in pages(client, evening):
        assert "It was given, and 1 acknowledged it. 2 had not when we went on." in answer.text


def test_an_item_that_was_never_opened_is_no_topic(waiting, evening, client, ada):
    running.next_item(waiting, by=ada)
    client.force_login(ada)
    page, text = pages(client, evening)
    assert "None yet." in text.text
    assert "It has not been given yet." in page.text


def test_a_stopped_topic_stays_in_the_minutes_when_it_leaves_the_agenda(opened, phones, evening, client, ada):
    objecting.object_to(opened, phones[0], item_pk=opened.item_id)
    evening.agenda.get(title="Risk registers").delete()
    client.force_login(ada)
    assert "Risk registers" in pages(client, evening)[1].text


def test_they_are_for_hosts_and_not_for_who_came(opened, evening, client, ben, dot):
    for who in (ben, dot):
        client.force_login(who)
        assert {answer.status_code for answer in pages(client, evening)} == {403}


def test_there_are_none_where_no_item_is_agenda_only(opened, evening, client, ada):
    evening.agenda.update(confidentiality="chatham")
    client.force_login(ada)
    assert {answer.status_code for answer in pages(client, evening)} == {404}


def test_the_text_speaks_the_circles_language_and_is_a_file(opened, evening, client, ada, makers):
    makers.language = "sv"
    makers.save()
    client.force_login(ada)
    text = pages(client, evening)[1]
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in text.headers["Content-Disposition"]


def test_the_run_screen_leads_to_them(opened, client, ada):
    client.force_login(ada)
    assert "minutes/" in client.get(f"/gatherings/{Room.objects.get().gathering_id}/room/").text

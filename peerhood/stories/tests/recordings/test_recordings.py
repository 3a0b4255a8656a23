"""Recordings: of open items, with the speaker's yes, and asked of nobody before the click."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.gatherings.models import AgendaItem
from peerhood.platform.refusals import Refusal
from peerhood.stories import publishing
from peerhood.stories.models import Recording
from peerhood.stories.recordings import attaching, providers, words

Level = AgendaItem.Confidentiality
TUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
WORDS = {
    "title": "What we measured",
    "url": TUBE,
    "language": "en",
    "chapters": "0:00 Welcome\n1:02:03 Questions",
    "transcript": "Hello.",
}


@pytest.fixture
def talk(past_supper):
    return past_supper.agenda.create(position=1, kind="talk", title="Talk", length_minutes=10)


@pytest.fixture
def recording(talk, ada):
    return attaching.attach(talk, by=ada, has_agreed=True, **WORDS)


def frames_of(response):
    policy = dict(
        part.split(" ", 1) for part in response["Content-Security-Policy"].split("; ") if " " in part
    )
    return policy.get("frame-src")


def test_whoever_runs_the_gathering_attaches_it_with_the_speakers_yes(as_, talk, ada, ben):
    path = f"/stories/recordings/attach/{talk.pk}/"
    assert as_(ben).get(path).status_code == 403
    assert as_(ada).post(path, WORDS).status_code == 422
    assert as_(ada).post(path, WORDS | {"has_agreed": "on"}).status_code == 302
    assert Recording.objects.get().agreed_at
    with pytest.raises(Refusal):
        attaching.attach(talk, by=ada, has_agreed=False, **WORDS)
    with pytest.raises(PermissionDenied):
        attaching.attach(talk, by=ben, has_agreed=True, **WORDS)


@pytest.mark.parametrize("level", [Level.CHATHAM_HOUSE, Level.AGENDA_ONLY, Level.CONFIDENTIAL])
def test_a_closed_item_is_refused_with_the_reason(as_, talk, ada, level):
    talk.confidentiality = level
    talk.save()
    answer = as_(ada).get(f"/stories/recordings/attach/{talk.pk}/")
    assert answer.status_code == 409
    assert "a recording would say who was there and who said what" in answer.text
    with pytest.raises(Refusal):
        attaching.attach(talk, by=ada, has_agreed=True, **WORDS)


def test_when_its_item_gets_a_rule_it_is_gone_for_all_and_its_hosts_can_take_it_away(
    as_, client, recording, talk, ada
):
    talk.confidentiality = Level.CHATHAM_HOUSE
    talk.save()
    for path in ("", "watch/"):
        assert as_(ada).get(f"{recording.get_absolute_url()}{path}").status_code == 404
    assert "What we measured" not in client.get("/stories/recordings/").text
    playlist = as_(ada).get(f"/stories/recordings/of/{talk.gathering_id}/").text
    assert "nobody sees it since its item has a rule" in playlist
    as_(ada).post(f"/stories/recordings/{recording.pk}/remove/")
    assert not Recording.objects.exists()


def test_before_the_click_the_page_asks_nothing_of_anybody_else(client, recording):
    page = client.get(recording.get_absolute_url())
    assert ("<iframe" in page.text, frames_of(page)) == (False, None)
    assert ("Welcome" in page.text, "1:02:03" in page.text, "Hello." in page.text) == (True, True, True)
    assert f'href="{TUBE}"' in page.text


def test_after_the_click_it_may_frame_that_one_place(client, recording):
    page = client.get(f"{recording.get_absolute_url()}watch/?t=3723")
    assert 'src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=3723"' in page.text
    assert frames_of(page) == "https://www.youtube-nocookie.com"


@pytest.mark.parametrize("seconds", ["-1", "9" * 30, "x", "²", ""])
def test_a_time_that_is_none_begins_at_the_beginning_or_the_last_day(client, recording, seconds):
    assert client.get(f"{recording.get_absolute_url()}watch/?t={seconds}").status_code == 200


def test_a_plain_link_is_a_link(client, talk, ada):
    plain = attaching.attach(
        talk, by=ada, has_agreed=True, **WORDS | {"url": "https://cloud.example.org/talk.mp4"}
    )
    assert client.get(f"{plain.get_absolute_url()}watch/").status_code == 302
    page = client.get(plain.get_absolute_url()).text
    assert ("Open the recording" in page, "Play from" in page) == (True, False)


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        (
            "https://m.youtube.com/watch?app=x&v=dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        ("https://vimeo.com/12345", "https://player.vimeo.com/video/12345?dnt=1"),
        ("https://tube.example.org/w/aB3", "https://tube.example.org/videos/embed/aB3?p2p=0"),
        ("https://youtube.com.evil.example/watch?v=x", ""),
        ("http://youtu.be/dQw4w9WgXcQ", ""),
        ("https://user@youtu.be/dQw4w9WgXcQ", ""),
        ("https://evil.example/youtu.be/dQw4w9WgXcQ", ""),
        ("https://evil.example:8443/w/abc", ""),
        ("https://x;script-src.example/w/abc", ""),
    ],
)
def test_what_may_be_framed(url, frame):
    assert providers.told_by(url).frame == frame


def test_a_chapter_without_a_time_is_shown_to_whoever_wrote_it(as_, talk, ada):
    answer = as_(ada).post(
        f"/stories/recordings/attach/{talk.pk}/", WORDS | {"has_agreed": "on", "chapters": "Welcome"}
    )
    assert (answer.status_code, "This line has no time: Welcome" in answer.text) == (422, True)


def test_a_caption_file_is_read_as_text():
    captions = "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nOne\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\n<i>Two</i>\r\n"
    assert words.transcript_of(captions) == "One\nTwo"


def test_the_list_and_the_playlist_hold_what_one_may_know_of(client, as_, recording, makers, dot, ben):
    lists = ["/stories/recordings/", "/stories/recordings/?circle=makers", f"/stories/recordings/of/{recording.item.gathering_id}/"]  # fmt: skip
    assert ["What we measured" in client.get(path).text for path in lists] == [True] * 3
    makers.kind = "invitation"
    makers.save()
    assert "What we measured" not in as_(dot).get(lists[0]).text
    assert [as_(dot).get(path).status_code for path in [*lists[1:], recording.get_absolute_url()]] == [
        404
    ] * 3
    assert "What we measured" in as_(ben).get(lists[0]).text


def test_the_same_address_twice_is_one(talk, recording, ada):
    again = attaching.attach(talk, by=ada, has_agreed=True, **WORDS | {"title": "Again"})
    assert (again.pk, Recording.objects.get().title) == (recording.pk, "Again")


def test_as_many_questions_for_many_as_for_few(client, talk, recording, ada):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in range(2):
        for n in range(10 * more):
            Recording.objects.create(item=talk, title=f"{n}", url=f"https://a.example/{n}", language="en", agreed_at=recording.agreed_at)  # fmt: skip
        for path in ("/stories/recordings/", f"/stories/recordings/of/{talk.gathering_id}/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


# Where it is found


def test_a_gathering_that_is_over_leads_to_its_recordings(client, as_, chi, recording, past_supper):
    door = f'href="/stories/recordings/of/{past_supper.pk}/"'
    assert door in client.get(past_supper.get_absolute_url()).text
    assert door in as_(chi).get(past_supper.get_absolute_url()).text
    recording.delete()
    assert door not in as_(chi).get(past_supper.get_absolute_url()).text


def test_no_door_leads_to_a_recording_whose_item_got_a_rule(client, as_, chi, talk, recording, past_supper):
    talk.confidentiality = Level.CHATHAM_HOUSE
    talk.save()
    door = f'href="/stories/recordings/of/{past_supper.pk}/"'
    assert door not in as_(chi).get(past_supper.get_absolute_url()).text


def test_whoever_runs_it_finds_where_to_attach_one(as_, ada, past_supper):
    page = as_(ada).get(past_supper.get_absolute_url()).text
    assert (f'href="/stories/recordings/of/{past_supper.pk}/"' in page, "Attach a recording" in page) == (
        True,
        True,
    )


def test_a_topic_gathers_the_recordings_of_its_gatherings(client, told, ada, recording):
    publishing.edit(told, by=ada, version=0, topics=["Soup"])
    assert "What we measured" in client.get("/stories/topics/soup/").text
    recording.item.confidentiality = Level.CHATHAM_HOUSE
    recording.item.save()
    assert "What we measured" not in client.get("/stories/topics/soup/?again").text

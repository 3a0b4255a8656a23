from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from peerhood.gatherings.models import AgendaItem
from peerhood.stories import publishing
from peerhood.stories.models import Story

LIST = "/stories/"
RECAP = f"{LIST}what-we-ate/"


@pytest.fixture
def closed_items(past_supper):
    Level = AgendaItem.Confidentiality
    for position, (title, level) in enumerate(
        [
            ("Talk", Level.OPEN),
            ("Lean Coffee", Level.CHATHAM_HOUSE),
            ("Round", Level.AGENDA_ONLY),
        ]
    ):
        past_supper.agenda.create(
            position=position, kind="talk", title=title, length_minutes=10, confidentiality=level
        )


def titles(response):
    return [story.title for story in response.context["page"]]


def test_everybody_reads_published_stories_latest_first(client, told, past_supper, ada):
    later = publishing.write(past_supper, by=ada, title="And then", text="x")
    publishing.publish(later, by=ada)
    publishing.write(past_supper, by=ada, title="Not yet", text="x")
    response = client.get(LIST)
    assert titles(response) == ["And then", "What we ate"]
    assert "Soup, mostly." in response.text
    assert "Not yet" not in response.text


def test_a_story_shows_its_author_its_date_and_its_text(client, told):
    page = client.get(RECAP).text
    assert "Ada Andersson" in page
    assert f'<time datetime="{localdate(told.published_at)}">' in page
    assert "<p>We ate <strong>soup</strong>.</p>" in page
    assert "noindex" not in page


def test_what_people_write_is_harmless(client, past_supper, ada):
    attack = (
        "Hi <script>alert(1)</script> [x](javascript:alert(1)) ![x](https://e.example/x.png) <p hx-get='/'>"
    )
    publishing.publish(publishing.write(past_supper, by=ada, title="<b>Hm</b>", text=attack), by=ada)
    page = client.get(f"{LIST}{Story.objects.get().slug}/").text
    told = page.split('<div class="stack told"', 1)[1].split("</div>", 1)[0]
    assert [bad for bad in ("<script", 'href="javascript', "<img", "<p hx") if bad in told] == []
    assert "<b>Hm" not in page


@pytest.mark.usefixtures("minute_stands")
def test_a_visitors_page_is_kept_until_the_story_changes(client, told, ada, django_assert_num_queries):
    client.get(RECAP)
    with django_assert_num_queries(1):
        client.get(RECAP)
    publishing.edit(told, by=ada, version=0, text="We drank tea.")
    assert "We drank tea." in client.get(RECAP).text
    publishing.unpublish(told, by=ada)
    assert client.get(RECAP).status_code == 404


def test_a_draft_is_found_by_its_author_only(client, as_, ada, ben, draft):
    assert client.get(RECAP).status_code == 404
    assert as_(ben).get(RECAP).status_code == 404
    page = as_(ada).get(RECAP).text
    assert ("Draft" in page, "Publish" in page) == (True, True)
    assert "What we ate" in as_(ada).get(LIST).text


def test_the_organiser_writes_a_recap_and_publishes_it(as_, ada, past_supper):
    desk = f"{LIST}new/?gathering={past_supper.pk}"
    assert f'href="{desk}"' in as_(ada).get(LIST).text
    assert 'value="Supper"' in as_(ada).get(desk).text
    written = as_(ada).post(desk, {"title": "What we ate", "teaser": "", "text": "Soup."})
    assert written.url == RECAP
    assert as_(ada).post(f"{RECAP}publication/").url == RECAP
    assert Story.objects.get().is_published()
    assert f'href="{desk}"' not in as_(ada).get(LIST).text
    as_(ada).post(f"{RECAP}publication/withdraw/")
    assert not Story.objects.get().is_published()


def test_a_preview_shows_and_saves_nothing(as_, ada, past_supper):
    desk = f"{LIST}new/?gathering={past_supper.pk}"
    page = as_(ada).post(desk, {"title": "T", "teaser": "", "text": "Some **soup**", "preview": "1"}).text
    assert "Some <strong>soup</strong>" in page
    assert "Some **soup**</textarea>" in page
    assert Story.objects.count() == 0


def test_a_recap_needs_a_title_and_a_text(as_, ada, past_supper):
    response = as_(ada).post(f"{LIST}new/?gathering={past_supper.pk}", {"teaser": "Kept"})
    assert (response.status_code, "Kept" in response.text, Story.objects.count()) == (422, True, 0)


def test_whoever_wrote_already_is_named_at_the_desk(as_, ada, draft, past_supper):
    assert f'href="{RECAP}"' in as_(ada).get(f"{LIST}new/?gathering={past_supper.pk}").text


def test_a_late_save_keeps_both_texts(as_, ada, draft):
    mine = {"title": "Mine", "teaser": "", "text": "My soup", "version": "0"}
    publishing.edit(draft, by=ada, version=0, title="Theirs", text="Their soup")
    response = as_(ada).post(f"{RECAP}edit/", mine)
    assert (response.status_code, Story.objects.get().text) == (409, "Their soup")
    assert "Their soup</dd>" in response.text
    assert "My soup</textarea>" in response.text
    assert 'name="version" value="1"' in response.text
    as_(ada).post(f"{RECAP}edit/", mine | {"version": "1"})
    assert Story.objects.get().text == "My soup"


def test_an_edit_can_be_previewed_before_it_is_saved(as_, ada, draft):
    mine = {"title": "Mine", "teaser": "", "text": "My *soup*", "version": "0", "preview": "1"}
    page = as_(ada).post(f"{RECAP}edit/", mine).text
    assert ("My <em>soup</em>" in page, Story.objects.get().title) == (True, "What we ate")


def test_a_gathering_with_a_rule_reminds_its_writer_and_says_so_to_readers(
    client, as_, ada, told, closed_items, past_supper
):
    page = client.get(RECAP).text
    assert ("Told without names." in page, "noindex" in page) == (True, True)
    for path in (f"{LIST}new/?gathering={past_supper.pk}", f"{RECAP}edit/"):
        desk = as_(ada).get(path).text
        assert "Chatham House Rule (Lean Coffee)" in desk
        assert "Agenda only (Round)" in desk


def test_an_open_gathering_has_no_reminder(client, as_, ada, told, past_supper):
    assert "Told without names" not in client.get(RECAP).text
    assert "Before you write" not in as_(ada).get(f"{RECAP}edit/").text


def test_a_recap_names_nobody_who_was_there(client, told, past_supper, ben, chi):
    past_supper.rsvps.create(person=ben, status="going", checked_in_at=now())
    past_supper.hosts.add(chi)
    page = client.get(RECAP).text
    assert [name for name in ("Ben Berg", "Chi Chen") if name in page] == []


def test_who_may_write_and_who_may_not(
    client, as_, ada, ben, dot, draft, told, past_supper, gathering, forum
):
    desk = f"{LIST}new/?gathering={past_supper.pk}"
    dawn = f"{LIST}new/?gathering={gathering(forum).pk}"
    acts = (f"{RECAP}publication/", f"{RECAP}publication/withdraw/")
    for person in (ben, dot):
        answers = [as_(person).get(path).status_code for path in (desk, f"{RECAP}edit/")]
        answers += [
            as_(person).post(path, {"title": "x", "text": "x"}).status_code
            for path in (desk, f"{RECAP}edit/", *acts)
        ]
        assert set(answers) == {403}
    assert as_(dot).get(dawn).status_code == as_(dot).post(dawn).status_code == 404
    for nothing in ("", "abc", "999999"):
        assert as_(ada).get(f"{LIST}new/?gathering={nothing}").status_code == 404
    assert {as_(ada).get(path).status_code for path in acts} == {405}
    client.logout()
    answers = [client.get(path) for path in (desk, f"{RECAP}edit/")] + [client.post(path) for path in acts]
    assert {answer.url.split("?")[0] for answer in answers} == {"/sign-in/"}


def test_a_closed_circles_story_is_not_found_from_outside(client, as_, ada, ben, dot, forum, gathering):
    story = publishing.write(gathering(forum, title="Dawn"), by=ada, title="At dawn", text="Canary.")
    publishing.publish(story, by=ada)
    path = f"{LIST}at-dawn/"
    assert "noindex" in as_(ben).get(path).text
    assert "At dawn" in as_(ben).get(LIST).text
    outside = [
        as_(dot).get(path),
        as_(dot).get(f"{path}edit/"),
        as_(dot).post(f"{path}publication/"),
        as_(dot).get(LIST),
    ]
    client.logout()
    outside += [client.get(path), client.get(LIST)]
    assert [answer.status_code for answer in outside] == [404, 404, 404, 200, 404, 200]
    words = ("Canary", "At dawn", "Gryningsforum", "Dawn")
    assert [word for word in words for answer in outside if word in answer.text] == []


def test_an_empty_list_says_what_will_be_here(client, db):
    assert "Nothing has been told yet" in client.get(LIST).text


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_asks_the_database_as_often_for_3_as_for_300(
    client, as_, ada, ben, makers, rows, django_assert_num_queries
):
    Story.objects.bulk_create(
        Story(
            circle=makers,
            author=ada,
            title=f"Story {number}",
            slug=f"story-{number}",
            text="x",
            language="en",
            published_at=now() - timedelta(hours=number),
        )
        for number in range(rows)
    )
    with django_assert_num_queries(4):
        assert len(titles(client.get(LIST))) == min(rows, 20)
    signed_in = as_(ben)
    with django_assert_num_queries(9):
        assert len(titles(signed_in.get(LIST))) == min(rows, 20)


def test_the_list_can_be_of_one_circle(client, told, forum):
    assert told.title in client.get("/stories/?circle=makers").text
    assert client.get(f"/stories/?circle={forum.slug}").status_code == 404

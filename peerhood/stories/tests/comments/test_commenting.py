"""What is said under a story: by whom, seen when, and what becomes of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings.models import AgendaItem
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.people.own_data import erasing
from peerhood.platform.refusals import Refusal
from peerhood.stories.comments import commenting, following, forgetting, holding, moderating, threads
from peerhood.stories.models import Comment, Following

PAGE = "/stories/what-we-ate/"
Level = AgendaItem.Confidentiality
GUEST = {"text": "How many were you?", "name": "Gus Guest", "email": "Gus@Guest.example", "is_told": "on"}


@pytest.fixture
def under(told, past_supper):
    """The story, with an item at this level: ``under("chatham")``."""

    def put(level):
        past_supper.agenda.create(
            position=1, kind="talk", title="Talk", length_minutes=10, confidentiality=level
        )
        return type(told).objects.get(pk=told.pk)

    return put


def held():
    return list(Comment.objects.held())


def test_a_members_comment_stands_at_once(as_, client, told, ben):
    as_(ben).post(f"{PAGE}comments/", {"text": "So **good**."})
    client.logout()
    page = client.get(PAGE).text
    assert "So <strong>good</strong>." in page
    assert "Ben Berg" in page


def test_pressing_twice_says_it_once(told, ben):
    once, twice = commenting.write(told, "Good.", by=ben), commenting.write(told, "Good.", by=ben)
    assert once == twice


def test_a_guests_comment_waits_and_its_address_is_shown_nowhere(as_, client, told, ada, ben):
    answer = client.post(f"{PAGE}comments/", GUEST)
    assert answer.status_code == 302
    assert "How many" not in client.get(PAGE).text
    desk = as_(ada).get(f"{PAGE}comments/waiting/").text
    assert ("How many were you?" in desk, "Gus Guest" in desk) == (True, True)
    moderating.let_through(held()[0], by=ada)
    pages = [desk, as_(ada).get(PAGE).text, as_(ben).get(PAGE).text]
    client.logout()
    pages.append(client.get(PAGE).text)
    assert ["guest.example" in page.lower() for page in pages] == [False] * 4
    assert all("Gus Guest" in page for page in pages)


def test_the_address_is_forgotten_when_it_is_decided_and_the_guest_is_told_once(told, ada, client):
    client.post(f"{PAGE}comments/", GUEST)
    comment = held()[0]
    assert comment.guest_address == "gus@guest.example"
    moderating.let_through(comment, by=ada)
    moderating.let_through(comment, by=ada)
    comment.refresh_from_db()
    assert comment.guest_address == ""
    mail = Mail.objects.get(kind="stories/comment_appeared")
    assert (mail.address, mail.is_fleeting) == ("gus@guest.example", True)


def test_what_nobody_read_for_a_month_is_let_go(told, client):
    client.post(f"{PAGE}comments/", GUEST)
    forgetting.forget_old()
    assert len(held()) == 1
    Comment.objects.update(created_at=now() - timedelta(days=31))
    forgetting.forget_old()
    assert held() == []


def test_refused_is_gone(told, client, ada):
    client.post(f"{PAGE}comments/", GUEST)
    moderating.refuse(held()[0], by=ada)
    assert not Comment.objects.exists()


def test_whoever_belongs_elsewhere_waits_too(told, dot):
    assert commenting.write(told, "Hello.", by=dot).is_held()


def test_moderators_are_told_once_a_day_and_not_what(told, client, ada):
    for text in ("One?", "Two?"):
        client.post(f"{PAGE}comments/", GUEST | {"text": text})
    assert [mail.person for mail in Mail.objects.filter(kind="stories/comment_waits")] == [ada]
    assert "One?" not in Mail.objects.get(kind="stories/comment_waits").text


def test_only_moderators_decide(told, client, ben, as_):
    client.post(f"{PAGE}comments/", GUEST)
    with pytest.raises(PermissionDenied):
        moderating.let_through(held()[0], by=ben)
    assert as_(ben).get(f"{PAGE}comments/waiting/").status_code == 403
    assert as_(ben).post(f"{PAGE}comments/{held()[0].pk}/let-through/").status_code == 404


# Spam


def test_the_field_nobody_sees_drops_it_and_says_the_same(told, client):
    dropped = client.post(f"{PAGE}comments/", GUEST | {"website": "x"})
    assert held() == []
    kept = client.post(f"{PAGE}comments/", GUEST)
    assert (dropped.status_code, dropped["Location"]) == (kept.status_code, kept["Location"])
    assert len(held()) == 1


def test_a_guest_with_two_links_or_the_same_words_again_is_dropped(told, client):
    client.post(f"{PAGE}comments/", GUEST | {"text": "https://a.example and https://b.example"})
    client.post(f"{PAGE}comments/", GUEST | {"name": "www.pills.example"})
    assert held() == []
    client.post(f"{PAGE}comments/", GUEST | {"text": "See https://a.example"})
    client.post(f"{PAGE}comments/", GUEST | {"text": "see  HTTPS://a.example!"})
    assert len(held()) == 1


def test_a_member_with_many_links_is_read_first(told, ben):
    assert commenting.write(told, " ".join(["https://a.example"] * 3), by=ben).is_shown()
    assert commenting.write(told, " ".join(["https://a.example"] * 4), by=ben).is_held()
    assert commenting.write(told, " ".join(["https://a.example"] * 8), by=ben) is None


def test_so_much_an_hour(told, ben, monkeypatch, client):
    monkeypatch.setattr(holding, "MOST_OF_A_PERSON", 2)
    for text in "ab":
        commenting.write(told, text, by=ben)
    with pytest.raises(Refusal):
        commenting.write(told, "c", by=ben)
    Comment.objects.update(created_at=now() - timedelta(hours=2))
    assert commenting.write(told, "c", by=ben)
    answers = [client.post(f"{PAGE}comments/", GUEST | {"text": f"{n}"}).status_code for n in range(8)]
    assert answers == [302] * 5 + [409] + [429] * 2


def test_a_long_queue_takes_no_more(told, client, monkeypatch):
    monkeypatch.setattr(holding, "MOST_HELD", 1)
    client.post(f"{PAGE}comments/", GUEST)
    assert client.post(f"{PAGE}comments/", GUEST | {"text": "Two"}).status_code == 409


# Answers, changes, taking back


def test_answers_stand_below_and_no_deeper_than_a_phone_shows(told, ben, chi):
    comment = None
    for n in range(6):
        comment = commenting.write(told, f"{n}", by=(ben, chi)[n % 2], reply_to=comment)
    assert list(told.comments.order_by("pk").values_list("depth", flat=True)) == [0, 1, 2, 3, 3, 3]


def test_an_answer_to_what_is_gone_is_refused(told, ben, chi):
    comment = commenting.write(told, "One", by=ben)
    commenting.withdraw(comment, by=ben)
    with pytest.raises(Refusal):
        commenting.write(told, "Two", by=chi, reply_to=comment)


def test_its_author_changes_it_for_ten_minutes(as_, told, ben, chi):
    comment = commenting.write(told, "Godd.", by=ben)
    edited = as_(ben).post(f"{PAGE}comments/{comment.pk}/edit/", {"text": "Good.", "version": 0})
    assert edited.status_code == 302
    assert as_(chi).post(f"{PAGE}comments/{comment.pk}/edit/", {"text": "x", "version": 1}).status_code == 403
    Comment.objects.update(created_at=now() - timedelta(minutes=11))
    assert as_(ben).post(f"{PAGE}comments/{comment.pk}/edit/", {"text": "x", "version": 1}).status_code == 409
    comment.refresh_from_db()
    assert comment.text == "Good."


def test_an_older_version_is_refused_and_both_are_shown(as_, told, ben):
    comment = commenting.write(told, "One", by=ben)
    commenting.edit(comment, "Two", by=ben, version=0)
    answer = as_(ben).post(f"{PAGE}comments/{comment.pk}/edit/", {"text": "Three", "version": 0})
    assert answer.status_code == 409
    assert ("Two" in answer.text, "Three" in answer.text) == (True, True)


def test_taken_back_it_leaves_a_place_only_where_somebody_answered(as_, told, ben, chi):
    comment = commenting.write(told, "Secret words", by=ben)
    commenting.write(told, "Indeed", by=chi, reply_to=comment)
    lonely = commenting.write(told, "Alone", by=ben)
    for each in (comment, lonely):
        commenting.withdraw(each, by=ben)
    page = as_(chi).get(PAGE).text
    assert ("Secret words" in page, "Indeed" in page, page.count("Taken back by")) == (False, True, 1)
    assert not Comment.objects.filter(text__in=["Secret words", "Alone"]).exists()


# Reports and hiding


def test_a_report_reaches_the_moderators_and_not_whoever_wrote(as_, told, ada, ben, chi):
    comment = commenting.write(told, "You are fools.", by=ben)
    as_(chi).post(f"{PAGE}comments/{comment.pk}/report/", {"text": "Unkind."})
    assert "Unkind." in as_(ada).get(f"{PAGE}comments/waiting/").text
    assert "Unkind." not in as_(ben).get(PAGE).text
    assert [mail.person for mail in Mail.objects.filter(kind="stories/comment_reported")] == [ada]
    assert Entry.objects.get(name="comment.reported").by_id is None


def test_nobody_judges_what_is_said_of_their_own_words(as_, told, ada, ben):
    comment = commenting.write(told, "You are fools.", by=ada)
    commenting.report(comment, "Unkind.", by=ben)
    assert "Unkind." not in as_(ada).get(f"{PAGE}comments/waiting/").text
    with pytest.raises(Refusal):
        moderating.show(comment, by=ada)


def test_hidden_the_reason_stands_in_its_place_and_it_can_be_undone(as_, client, told, ada, ben):
    comment = commenting.write(told, "You are fools.", by=ben)
    as_(ada).post(f"{PAGE}comments/{comment.pk}/hide/", {"reason": "It hurt somebody."})
    client.logout()
    page = client.get(PAGE).text
    assert ("fools" in page, "It hurt somebody." in page) == (False, True)
    moderating.show(comment, by=ada)
    assert "fools" in client.get(PAGE).text


def test_hiding_without_a_reason_is_not_done(as_, told, ada, ben):
    comment = commenting.write(told, "Hm.", by=ben)
    assert as_(ada).post(f"{PAGE}comments/{comment.pk}/hide/", {"reason": " "}).status_code == 422


# Under a rule


def test_told_without_names_the_comments_are_too(as_, client, under, ada, ben):
    story = under(Level.CHATHAM_HOUSE)
    comment = commenting.write(story, "Indeed.", by=ben)
    commenting.write_as_guest(story, "And you?", name="Gus", address="g@guest.example")
    moderating.let_through(held()[0], by=ada)
    form = as_(ben).get(PAGE).text
    client.logout()
    for page in (form, client.get(PAGE).text):
        thread = page.split('<ol class="thread">')[1].split("</section>")[0]
        assert ("Indeed." in thread, "And you?" in thread) == (True, True)
        assert [mark for mark in ("Berg", "Gus", "<time") if mark in thread] == []
    assert "do not say whether you were there" in form
    assert Entry.objects.get(name="comment.written", subject_id=str(comment.pk)).by_id is None


def test_control_where_it_is_open_names_and_days_are_there(client, told, ben):
    commenting.write(told, "Indeed.", by=ben)
    thread = client.get(PAGE).text.split('<ol class="thread">')[1]
    assert ("Berg" in thread, "<time" in thread) == (True, True)
    assert Entry.objects.get(name="comment.written").by_id == ben.pk


def test_where_only_the_method_is_told_nobody_comments_and_what_was_said_is_gone(client, under, told, ben):
    comment = commenting.write(told, "The price was 12.", by=ben)
    story = under(Level.AGENDA_ONLY)
    assert "price" not in client.get(PAGE).text
    assert client.get(f"{PAGE}comments/{comment.pk}/reply/").status_code == 404
    with pytest.raises(Refusal):
        commenting.write(story, "More.", by=ben)


def test_a_draft_takes_none(draft, ada):
    with pytest.raises(Refusal):
        commenting.write(draft, "Hm.", by=ada)


def test_of_a_closed_circles_story_visitors_know_nothing(client, told, makers):
    Circle.objects.filter(pk=makers.pk).update(kind=Circle.Kind.INVITATION_ONLY)
    assert client.post(f"{PAGE}comments/", GUEST).status_code == 404


def test_whoever_is_kept_apart_does_not_read_the_other(told, ada, ben, chi):
    first = commenting.write(told, "One", by=ben)
    commenting.write(told, "Two", by=ada, reply_to=first)
    silence.block(chi, ben)
    seen = lambda person: [place.comment.text for place in threads.threads_of(told, person)]  # noqa: E731
    assert (seen(chi), seen(ada)) == (["Two"], ["One"])


def test_a_deleted_account_leaves_a_former_member(client, told, ben, person):
    eve = person("Eve Ek")
    told.circle.memberships.create(person=eve)
    commenting.write(told, "Stays.", by=eve)
    erasing.erase(eve)
    page = client.get(PAGE).text
    assert ("Stays." in page, "A former member" in page, "Eve Ek" in page) == (True, True, False)


# Following


def test_followers_are_told_and_one_press_in_the_mail_ends_it(client, told, ben, chi):
    for person in (ben, chi):
        following.follow(told, person)
    commenting.write(told, "Indeed.", by=ben)
    mail = Mail.objects.get(kind="stories/commented")
    assert (mail.person, "Indeed." in mail.text, "Ben" in mail.text) == (chi, False, False)
    path = mail.leave.removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    assert Following.objects.count() == 2
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [each.person for each in Following.objects.all()] == [ben]
    assert client.post("/stories/comments/off/nonsense/").status_code == 404


def test_whoever_may_not_read_it_any_more_is_not_told(told, ben, chi, dot, makers):
    following.follow(told, dot)
    following.follow(told, chi)
    silence.block(chi, ben)
    Circle.objects.filter(pk=makers.pk).update(kind=Circle.Kind.INVITATION_ONLY)
    commenting.write(told, "Indeed.", by=ben)
    assert not Mail.objects.filter(kind="stories/commented").exists()


def test_following_is_a_button_that_can_be_pressed_back(as_, told, ben):
    as_(ben).post(f"{PAGE}comments/follow/")
    assert "You get a mail when somebody comments here." in as_(ben).get(PAGE).text
    as_(ben).post(f"{PAGE}comments/leave/")
    assert not Following.objects.exists()


# Pages


def test_a_kept_page_has_the_new_comment_and_nothing_of_the_guests(client, told, ben, minute_stands):
    client.get(PAGE)
    commenting.write(told, "Fresh.", by=ben)
    assert "Fresh." in client.get(PAGE).text


def test_as_many_questions_for_many_comments_as_for_few(
    as_, told, ben, chi, django_assert_num_queries, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_(chi).get(PAGE)
        return len(queries)

    first = commenting.write(told, "1", by=ben)
    as_(chi).get(PAGE)
    few = asked()
    Comment.objects.bulk_create(
        Comment(story=told, author=ben, text=f"{n}", language="en", parent=first if n % 2 else None)
        for n in range(60)
    )
    assert asked() == few


@pytest.mark.parametrize("nonsense", ["\0", "x" * 4001, " "])
def test_nonsense_is_said_to_be(client, told, nonsense):
    assert client.post(f"{PAGE}comments/", GUEST | {"text": nonsense}).status_code == 422


def test_of_two_moderators_who_refuse_the_same_the_second_is_told_that_it_is_gone(told, ada):
    held = told.comments.create(guest_name="Eve", text="Hm.", language="en", state=Comment.State.HELD)
    moderating.refuse(Comment.objects.get(pk=held.pk), by=ada)
    with pytest.raises(Refusal):
        moderating.refuse(held, by=ada)

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from peerhood.growth.models import OutsideEvent
from peerhood.growth.outside import going, listing
from peerhood.people import silence

LIST = "/growth/outside/makers/"


def posted(said):
    return {name: value for name, value in said.items() if value not in (False, None)}


def test_a_conference_is_listed_changed_and_removed_after_a_question(as_, ben, makers, said):
    browser = as_(ben)
    page = browser.post(f"{LIST}new/", posted(said()), follow=True)
    event = OutsideEvent.objects.get()
    assert page.redirect_chain[-1][0] == f"{LIST}{event.pk}/"
    assert 'href="https://bricks.example/" rel="nofollow noopener noreferrer"' in page.text
    assert "Listed by Ben Berg" in page.text
    browser.post(f"{LIST}{event.pk}/edit/", posted(said(title="Days of Mud")))
    assert "Days of Mud" in browser.get(LIST).text
    assert browser.get(f"{LIST}{event.pk}/remove/").status_code == 200
    assert OutsideEvent.objects.exists()
    browser.post(f"{LIST}{event.pk}/remove/")
    assert not OutsideEvent.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://bricks.example:99999/"}, "link"),
        ({"link": "https://known.example@elsewhere.example/"}, "link"),
        ({"link": "ftp://bricks.example/"}, "link"),
        ({"place": ""}, "place"),
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"starts_on": "no day"}, "starts_on"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(as_, ben, makers, said, wrong, field):
    answer = as_(ben).post(f"{LIST}new/", posted(said(why="So that we meet")) | wrong)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "So that we meet" in answer.text
    assert not OutsideEvent.objects.exists()


def test_online_needs_no_place(as_, ben, makers, said):
    as_(ben).post(f"{LIST}new/", posted(said(place="", is_online=True)))
    assert OutsideEvent.objects.get().is_online


def test_the_next_is_first_and_what_is_over_is_on_a_page_of_its_own(as_, ben, makers, said):
    soon = localdate() + timedelta(days=2)
    listing.list_event(makers, by=ben, **said(title="Later"))
    listing.list_event(makers, by=ben, **said(title="Sooner", starts_on=soon, ends_on=soon))
    past = listing.list_event(makers, by=ben, **said(title="Gone by"))
    OutsideEvent.objects.filter(pk=past.pk).update(
        starts_on=localdate() - timedelta(days=9), ends_on=localdate() - timedelta(days=8)
    )
    browser = as_(ben)
    coming, over = browser.get(LIST).text, browser.get(f"{LIST}?past=1").text
    assert 0 < coming.index("Sooner") < coming.index("Later")
    assert "Gone by" not in coming
    assert ("Gone by" in over, "Sooner" in over) == (True, False)


def test_outsiders_find_nothing_and_learn_nothing(as_, dot, event):
    browser = as_(dot)
    for path in ("", "new/", f"{event.pk}/", f"{event.pk}/edit/", f"{event.pk}/calendar.ics"):
        assert browser.get(LIST + path).status_code == 404
    for path in ("go", "go-no-more", "show", "hide", "remove"):
        assert browser.post(f"{LIST}{event.pk}/{path}/").status_code == 404


def test_an_event_of_another_circle_is_not_found_here(as_, ada, forum, makers, said):
    elsewhere = listing.list_event(forum, by=ada, **said())
    assert as_(ada).get(f"{LIST}{elsewhere.pk}/").status_code == 404
    assert as_(ada).post(f"{LIST}{elsewhere.pk}/go/").status_code == 404


def test_a_member_who_did_not_list_it_may_not_change_it(as_, chi, event, said):
    for path in ("edit", "remove"):
        assert as_(chi).get(f"{LIST}{event.pk}/{path}/").status_code == 403
        assert as_(chi).post(f"{LIST}{event.pk}/{path}/", posted(said(title="Mine"))).status_code == 403
    assert OutsideEvent.objects.get().title == event.title


def test_the_two_choices_are_two_buttons(as_, ben, chi, event):
    path = f"{LIST}{event.pk}/"
    going_page = as_(chi).post(f"{path}go/", follow=True).text
    assert "Only you see it." in going_page
    assert "Chi Chen" not in as_(ben).get(path).text
    assert "Members of this circle read your name here." in as_(chi).post(f"{path}show/", follow=True).text
    assert "Chi Chen" in as_(ben).get(path).text
    as_(chi).post(f"{path}hide/")
    assert "Chi Chen" not in as_(ben).get(path).text
    as_(chi).post(f"{path}go-no-more/")
    assert as_(chi).post(f"{path}show/").status_code == 409


def test_the_page_is_the_same_whether_others_go_unshown_or_nobody_goes(as_, ben, chi, ada, event):
    path = f"{LIST}{event.pk}/"
    nobody = as_(ben).get(path)
    for person in (ada, chi):
        going.go(event, person)
    unshown = as_(ben).get(path)
    going.show(event, chi)
    shown = as_(ben).get(path)
    texts = [page.text[page.text.index("Who else is going") :] for page in (nobody, unshown, shown)]
    cut = [text[: text.index("</main>")] for text in texts]
    assert cut[0] == cut[1]
    assert cut[1] != cut[2]  # control


def test_no_page_says_where_anybody_works_or_lets_itself_be_found(as_, ben, chi, event):
    chi.work = "Keeper of the Havsrud office"
    chi.save()
    going.go(event, chi)
    going.show(event, chi)
    page = as_(ben).get(f"{LIST}{event.pk}/").text
    assert "Chi Chen" in page
    assert "Havsrud" not in page
    assert '<meta name="robots" content="noindex">' in page


def test_what_somebody_blocked_listed_is_not_there(as_, ben, chi, event):
    assert as_(chi).get(f"{LIST}{event.pk}/").status_code == 200  # control
    silence.block(chi, ben)
    assert as_(chi).get(f"{LIST}{event.pk}/").status_code == 404
    assert event.title not in as_(chi).get(LIST).text


def test_what_is_written_is_written_as_text(as_, ben, makers, said):
    listing.list_event(makers, by=ben, **said(title="<b>Bold</b>", why="<script>1</script>"))
    page = as_(ben).get(OutsideEvent.objects.get().get_absolute_url()).text
    assert "<b>Bold</b>" not in page
    assert "<script>1</script>" not in page
    assert "&lt;script&gt;1&lt;/script&gt;" in page


def test_the_list_and_the_names_ask_the_same_however_long_they_are(
    as_, ben, makers, said, event, person, django_assert_num_queries
):
    browser = as_(ben)

    def more(numbers):
        for number in numbers:
            one = person(f"Member{number}")
            makers.memberships.create(person=one)
            going.go(event, one)
            going.show(event, one)
            listing.list_event(makers, by=ben, **said(title=f"Number {number}"))

    more(range(1))
    browser.get(LIST)
    for path, count in ((LIST, 6), (f"{LIST}{event.pk}/", 9)):
        with django_assert_num_queries(count):
            browser.get(path)
    more(range(1, 30))
    for path, count in ((LIST, 6), (f"{LIST}{event.pk}/", 9)):
        with django_assert_num_queries(count):
            assert "Page 1 of 2" in browser.get(path).text

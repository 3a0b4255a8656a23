from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from peerhood.gatherings.models import Gathering
from peerhood.themes import ballots, deciding, proposing
from peerhood.themes.models import Ballot, Support, Theme

LIST = "/circles/makers/themes/"


@pytest.fixture
def htmx():
    return {"HX-Request": "true"}


def shown(response):
    """The titles of the themes in the list, in order."""
    return [theme.title for theme in response.context["page"]]


def test_the_list_shows_the_backlog_most_wanted_first(as_, ben, chi, value, alone, tools):
    proposing.support(tools, chi)
    response = as_(ben).get(LIST)
    assert shown(response) == ["Tools", "The value of the office", "Being alone in the job"]
    assert "1 wants this" in response.text


def test_each_state_has_its_tab(as_, ben, theme):
    theme("Waiting")
    theme("Next", state=Theme.State.SCHEDULED)
    theme("Then", state=Theme.State.HELD, last_held_on=localdate() - timedelta(days=30))
    theme("Gone", state=Theme.State.WITHDRAWN)
    pages = {
        tab: shown(as_(ben).get(LIST, {"tab": tab})) for tab in ("proposed", "scheduled", "held", "nonsense")
    }
    assert pages == {
        "proposed": ["Waiting"],
        "scheduled": ["Next"],
        "held": ["Then"],
        "nonsense": ["Waiting"],
    }


def test_a_held_theme_tells_when_and_where_and_how_often(as_, ben, makers, gathering, theme):
    risk = theme("Risk", state=Theme.State.HELD, last_held_on="2025-03-14")
    for days in (620, 1000):
        start = now() - timedelta(days=days)
        met = gathering(makers, title=f"{days} days ago", starts_at=start, ends_at=start + timedelta(hours=4))
        risk.adoptions.create(gathering=met)
    latest = Gathering.objects.get(title="620 days ago")
    page = as_(ben).get(LIST, {"tab": "held"}).text
    assert f'Last held <a href="/gatherings/{latest.pk}/">14 March 2025</a>' in page
    assert "held 2 times" in page
    assert "Propose again" in page


def test_what_was_held_lately_cannot_be_proposed_again_yet(as_, ben, theme):
    risk = theme("Risk", state=Theme.State.HELD, last_held_on=localdate())
    page = as_(ben).get(LIST, {"tab": "held"}).text
    assert ("Held recently" in page, "Propose again" in page) == (True, False)
    assert as_(ben).post(f"{LIST}{risk.pk}/propose-again/").status_code == 409


def test_a_scheduled_theme_leads_to_its_gathering_for_those_who_may_see_it(
    as_, ada, ben, makers, gathering, tools
):
    draft = gathering(makers, title="Secret plan", state=Gathering.State.DRAFT)
    deciding.adopt(tools, draft, by=ada)
    organiser, member = (as_(person).get(LIST, {"tab": "scheduled"}).text for person in (ada, ben))
    assert ("Secret plan" in organiser, "Secret plan" in member) == (True, False)
    assert "which is being drafted" in member


def test_search_finds_every_word_in_any_order_whatever_its_case(as_, ben, theme):
    theme("Överblick över portföljen", question="Vem ser helheten?")
    for number in range(11):
        theme(f"Theme {number}")
    assert 'type="search"' in as_(ben).get(LIST).text
    assert shown(as_(ben).get(LIST, {"q": "HELHETEN överblick"})) == ["Överblick över portföljen"]
    assert "No theme here holds" in as_(ben).get(LIST, {"q": "nothing like it"}).text


def test_a_short_list_needs_no_search(as_, ben, tools):
    assert 'type="search"' not in as_(ben).get(LIST).text


def test_an_empty_backlog_says_what_will_be_here(as_, ben, makers):
    assert "Nothing is proposed right now" in as_(ben).get(LIST).text


def test_proposing_leads_to_the_theme(as_, ben, makers):
    response = as_(ben).post(f"{LIST}propose/", {"title": "Tools", "question": "Which?"}, follow=True)
    assert response.redirect_chain == [(f"{LIST}{Theme.objects.get().pk}/", 302)]
    assert "Which?" in response.text


def test_a_title_that_is_there_is_answered_with_the_way_to_it(as_, ben, tools):
    response = as_(ben).post(f"{LIST}propose/", {"title": "TOOLS", "question": "My words"})
    assert response.status_code == 409
    assert f'href="{LIST}{tools.pk}/">See “Tools”' in response.text
    assert "My words" in response.text


def test_a_proposal_without_a_title_is_asked_for_one(as_, ben, makers):
    response = as_(ben).post(f"{LIST}propose/", {"question": "My words"})
    assert (response.status_code, "My words" in response.text, Theme.objects.count()) == (422, True, 0)


def test_one_tap_wants_a_theme_and_another_takes_it_back(as_, ben, tools, htmx):
    path = f"{LIST}{tools.pk}/support/"
    tapped = as_(ben).post(path, {"next": LIST}, headers=htmx)
    assert ("<h1" in tapped.text, 'aria-pressed="true"' in tapped.text, "1 wants this" in tapped.text) == (
        False,
        True,
        True,
    )
    assert f'hx-post="{path}withdraw/"' in tapped.text
    back = as_(ben).post(f"{path}withdraw/", {"next": LIST}, headers=htmx)
    assert ('aria-pressed="false"' in back.text, "0 want this" in back.text) == (True, True)


def test_without_javascript_the_tap_returns_to_where_it_was_made(as_, ben, tools):
    path = f"{LIST}{tools.pk}/support/"
    assert as_(ben).post(path, {"next": f"{LIST}?page=2"}).url == f"{LIST}?page=2"
    assert as_(ben).post(path, {"next": "https://elsewhere.example/"}).url == f"{LIST}{tools.pk}/"
    assert Support.objects.count() == 1


def test_a_refused_tap_says_why_in_place(as_, ben, theme, htmx):
    gone = theme("Gone", state=Theme.State.SCHEDULED)
    response = as_(ben).post(f"{LIST}{gone.pk}/support/", headers=htmx)
    assert (response.status_code, "<h1" in response.text) == (409, False)
    assert "does not stand in the backlog any more" in response.text


def test_only_whoever_may_withdraw_is_shown_the_button(as_, ada, ben, chi, makers):
    theme = proposing.propose(makers, ben, "Tools")
    offered = {
        p.first_name: "Withdraw this" in as_(p).get(theme.get_absolute_url()).text for p in (ada, ben, chi)
    }
    assert offered == {"Ada": True, "Ben": True, "Chi": False}
    assert as_(chi).post(f"{theme.get_absolute_url()}withdraw/").status_code == 403
    assert as_(ben).post(f"{theme.get_absolute_url()}withdraw/").url == LIST
    assert "Withdraw this" not in as_(ben).get(theme.get_absolute_url()).text


def test_an_open_ballot_shows_no_numbers_and_its_close_to_whoever_runs_it(as_, ada, ben, supper, tools):
    ballot = ballots.open_ballot(supper, by=ada)
    ballots.vote(ballot, "phone 1", [ballot.choices.get().pk])
    member, host = as_(ben).get(ballot.get_absolute_url()).text, as_(ada).get(ballot.get_absolute_url()).text
    assert ["Close the ballot" in page for page in (member, host)] == [False, True]
    assert ["<meter" in page for page in (member, host)] == [False, False]


def test_closing_shows_sentence_table_and_bars_and_the_way_to_the_draft(
    as_, ada, ben, supper, afternoons, tools, alone
):
    ballot = ballots.open_ballot(supper, by=ada)
    ballots.vote(ballot, "phone 1", [ballot.choices.get(theme=tools).pk])
    page = as_(ada).post(f"{ballot.get_absolute_url()}close/", follow=True).text
    assert "“Tools” is the next theme. 1 of 1 person voted for it." in page
    assert page.count("<meter") == 2
    draft = Ballot.objects.get().next_gathering
    assert f'href="/gatherings/{draft.pk}/edit/"' in page
    assert f'href="/gatherings/{draft.pk}/edit/"' not in as_(ben).get(ballot.get_absolute_url()).text


def test_the_organiser_chooses_where_nobody_voted(as_, ada, ben, supper, afternoons, tools, alone):
    ballot = ballots.close(ballots.open_ballot(supper, by=ada), by=ada)
    choose = f"{ballot.get_absolute_url()}choose/{tools.pk}/"
    assert [choose in as_(person).get(ballot.get_absolute_url()).text for person in (ada, ben)] == [
        True,
        False,
    ]
    assert as_(ben).post(choose).status_code == 403
    assert "so the organiser chose" in as_(ada).post(choose, follow=True).text


def test_without_a_series_the_page_says_what_is_missing_and_drafts_once_there_is_one(
    as_, ada, supper, tools, request
):
    ballot = ballots.open_ballot(supper, by=ada)
    ballots.vote(ballot, "phone 1", [ballot.choices.get().pk])
    page = as_(ada).post(f"{ballot.get_absolute_url()}close/", follow=True).text
    assert "has no series to draft from" in page
    assert as_(ada).post(f"{ballot.get_absolute_url()}draft/").status_code == 409
    request.getfixturevalue("afternoons")
    assert "Draft the next gathering" in as_(ada).get(ballot.get_absolute_url()).text
    page = as_(ada).post(f"{ballot.get_absolute_url()}draft/", follow=True).text
    assert f'href="/gatherings/{Ballot.objects.get().next_gathering_id}/edit/"' in page


def test_no_page_promises_that_the_vote_is_secret(as_, ada, supper, tools):
    ballot = ballots.open_ballot(supper, by=ada)
    pages = [as_(ada).get(LIST).text, as_(ada).get(ballot.get_absolute_url()).text]
    ballots.close(ballot, by=ada)
    pages.append(as_(ada).get(ballot.get_absolute_url()).text)
    assert not [
        word for word in ("secret", "anonym", "without a name") for page in pages if word in page.lower()
    ]


@pytest.fixture
def every_path(supper, ada, tools):
    ballot = ballots.open_ballot(supper, by=ada)
    one = f"{LIST}{tools.pk}/"
    on_ballot = ballot.get_absolute_url()
    reads = [LIST, one, on_ballot]
    writes = [f"{LIST}propose/"]
    writes += [f"{one}{act}/" for act in ("support", "support/withdraw", "withdraw", "propose-again")]
    writes += [f"{on_ballot}{act}/" for act in ("close", f"choose/{tools.pk}", "draft")]
    return reads, writes


def test_outside_the_circle_there_is_nothing_here(as_, dot, every_path):
    reads, writes = every_path
    answers = [as_(dot).get(path) for path in reads] + [
        as_(dot).post(path, {"title": "X"}) for path in writes
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert "Makers" not in "".join(answer.text for answer in answers)


def test_a_visitor_is_asked_to_sign_in(client, every_path):
    reads, writes = every_path
    answers = [client.get(path) for path in reads] + [client.post(path) for path in writes]
    assert {answer.url.split("?")[0] for answer in answers} == {"/sign-in/"}


def test_looking_changes_nothing(as_, ada, every_path):
    _reads, writes = every_path
    assert {as_(ada).get(path).status_code for path in writes} == {405}


def test_a_theme_of_another_circle_is_not_found_under_this_one(as_, ada, forum, tools):
    elsewhere = proposing.propose(forum, ada, "Dawn")
    assert as_(ada).get(f"{LIST}{elsewhere.pk}/").status_code == 404


@pytest.mark.parametrize("rows", [3, 300])
@pytest.mark.parametrize("tab", ["proposed", "scheduled", "held"])
def test_the_list_asks_the_database_as_often_for_3_as_for_300(
    as_, ben, makers, gathering, rows, tab, django_assert_num_queries
):
    start = now() - timedelta(days=30)
    met = [gathering(makers, starts_at=start, ends_at=start + timedelta(hours=4)) for _ in range(3)]
    made = Theme.objects.bulk_create(
        Theme(circle=makers, title=f"Theme {number}", state=tab, last_held_on=start.date())
        for number in range(rows)
    )
    for theme, gathering in zip(made, met, strict=False):
        theme.adoptions.create(gathering=gathering)
    signed_in = as_(ben)
    with django_assert_num_queries(9):
        assert len(shown(signed_in.get(LIST, {"tab": tab}))) == min(rows, 20)

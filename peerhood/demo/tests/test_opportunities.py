"""Opportunities, mentoring and pitches in the demo: among members alone, and something of each to read and to answer."""

import pytest

from peerhood.circles.permissions import is_inside
from peerhood.growth.mentoring import asking, queries
from peerhood.growth.models import Interest, MentoringAsk, MentoringPair, MentorOffer, Opportunity, PitchCard
from peerhood.growth.pitching.practising import may_be_asked_by

pytestmark = pytest.mark.usefixtures("network")


def test_opportunities_stand_and_are_told_and_answered_by_members():
    told = list(Opportunity.objects.select_related("circle", "author"))
    assert {each.circle.slug for each in told} == {"mellan-norrkoping", "low-tide"}
    assert all(each.is_standing() and is_inside(each.author, each.circle) for each in told)
    for interest in Interest.objects.select_related("opportunity__circle", "person"):
        assert is_inside(interest.person, interest.opportunity.circle)
        assert interest.person_id != interest.opportunity.author_id


def test_one_opportunity_waits_for_an_organisers_eye():
    (reported,) = Opportunity.objects.reported()
    assert reported.circle.slug == "low-tide"


def test_pairs_are_active_within_what_their_mentor_offers():
    pairs = list(MentoringPair.objects.select_related("circle", "mentor", "mentee"))
    assert pairs
    for pair in pairs:
        offer = MentorOffer.objects.get(circle=pair.circle, person=pair.mentor)
        assert pair.is_active()
        assert is_inside(pair.mentee, pair.circle)
        assert queries.active_in(pair.circle).filter(mentor=pair.mentor).count() <= offer.cap


def test_somebody_asks_and_the_mentor_can_say_yes():
    (ask,) = MentoringAsk.objects.filter(state=MentoringAsk.State.OPEN).select_related(
        "circle", "mentor", "mentee"
    )
    offer = MentorOffer.objects.get(circle=ask.circle, person=ask.mentor)
    assert offer in asking.offers_to(ask.mentee, ask.circle)
    assert asking.has_place(offer)


def test_cards_are_asked_of_peers_and_some_are_written():
    cards = list(PitchCard.objects.select_related("pitch__person", "peer"))
    assert all(card.peer in may_be_asked_by(card.pitch.person) for card in cards)
    assert {bool(card.written_at) for card in cards} == {True, False}

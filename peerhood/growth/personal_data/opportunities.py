"""What they told a circle of, what they are open to, and whom they mentor."""

from django.db.models import Exists, OuterRef
from django.utils.timezone import now

from peerhood.growth.mentoring import keeping
from peerhood.growth.models import (
    Interest,
    MentoringAsk,
    MentoringNote,
    MentoringPair,
    MentorOffer,
    OpenToTalk,
    Opportunity,
    OpportunityReport,
    Pitch,
    PitchCard,
)
from peerhood.people.models import Person
from peerhood.people.own_data.rules import Rows, Says, delete, rule


def _circles(said: OpenToTalk, _person: Person) -> list[str]:
    return [str(circle) for circle in said.circles.order_by("pk")]


rule(
    Opportunity,
    "author",
    "opportunities_i_told_of",
    {
        "circle": "circle.name",
        "kind": "kind",
        "title": "title",
        "text": "text",
        "place": "place",
        "link": "link",
        "last_day": "last_day",
        "posted_at": "posted_at",
        "closed_at": "closed_at",
        "hidden_because": "hidden_reason",
    },
    erase=delete,
)
# Whether it was delivered is not said: it would tell of somebody's silence.
rule(
    Interest,
    "person",
    "opportunities_i_am_interested_in",
    {"opportunity": "opportunity.title", "words": "words", "at": "said_at"},
    erase=delete,
)
rule(
    OpportunityReport,
    "by",
    "opportunities_i_reported",
    {"opportunity": "opportunity.title", "text": "text", "at": "created_at"},
    erase=delete,
)
rule(
    OpenToTalk,
    "person",
    "open_to_talk",
    {"about": "kinds", "words": "words", "circles": _circles, "until": "ends_at"},
    erase=delete,
)


def end_and_leave_to_the_other(rows: Rows) -> None:
    """What was agreed is ended. It stays where the other has written something for themselves, without the goals."""
    # Whoever goes is not named in the mail that says so.
    gone = Person(pk=rows.person.pk, name="", erased_at=now())
    for pair in rows.all().select_related("circle", "mentor", "mentee"):
        if pair.is_active():
            setattr(pair, rows.rule.field, gone)
            keeping.call_off(pair)
        pair.goals.all().delete()
    theirs = MentoringNote.objects.filter(pair=OuterRef("pk")).exclude(person=rows.person)
    rows.all().filter(~Exists(theirs)).delete()


def _other(row: MentoringAsk | MentoringPair, person: Person) -> str:
    return str(row.the_other(person))


def _goals(pair: MentoringPair, _person: Person) -> list[str]:
    return [goal.text for goal in pair.goals.all()]


rule(
    MentorOffer,
    "person",
    "i_offer_to_mentor",
    {"circle": "circle.name", "about": "about", "at_a_time": "cap", "is_open": "is_open"},
    erase=delete,
)
ASKED: Says = {
    "with": _other,
    "circle": "circle.name",
    "why": "why",
    "goals": "goals",
    "state": "state",
    "asked_at": "asked_at",
}
rule(MentoringAsk, "mentor", "mentoring_asked", ASKED, erase=delete)
rule(MentoringAsk, "mentee", "mentoring_asked", ASKED, erase=delete)
AGREED: Says = {
    "with": _other,
    "goals": _goals,
    "from": "starts_on",
    "until": "ends_on",
    "ended_at": "ended_at",
}
rule(MentoringPair, "mentor", "mentoring", AGREED, erase=end_and_leave_to_the_other)
rule(MentoringPair, "mentee", "mentoring", AGREED, erase=end_and_leave_to_the_other)
rule(
    MentoringNote,
    "person",
    "mentoring_notes",
    {"text": "text", "what_i_gained": "gained"},
    erase=delete,
)


def _cards(pitch: Pitch, person: Person) -> list[str]:
    """What those who wrote said, as its owner reads it."""
    cards = PitchCard.objects.visible_to(person).filter(pitch=pitch).written().select_related("peer")
    return [f"{card.peer}: {card.heard} / {card.stayed} / {card.to_try}" for card in cards.order_by("pk")]


rule(
    Pitch,
    "person",
    "my_pitches",
    {"for": "title", "text": "text", "cards": _cards, "changed_at": "changed_at"},
    erase=delete,
)
rule(
    PitchCard,
    "peer",
    "pitch_cards_asked_of_me",
    {
        "for": "pitch.person",
        "heard": "heard",
        "stayed": "stayed",
        "to_try": "to_try",
        "asked_at": "asked_at",
        "written_at": "written_at",
    },
    erase=delete,
)

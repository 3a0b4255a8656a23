"""What search finds is exactly what somebody may see: every kind of thing, everybody who looks.

A small world is drawn by chance: circles of each kind, people, what they say and who sees it,
gatherings, themes and stories in each state. The truth is worked out the slow way, from
``visible_to`` and from the cards that pages show.
"""

from datetime import timedelta
from random import Random

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from django.utils.timezone import now

from peerhood import packs
from peerhood.circles.models import Circle, House, Invitation, Membership
from peerhood.gatherings.models import Gathering
from peerhood.people import affiliations
from peerhood.people.models import Person, Silence
from peerhood.people.searching import audiences_of, left_for
from peerhood.people.seeing import cards
from peerhood.people.seeing.visibility import FIELDS, Level
from peerhood.search import indexing, postgresql, sqlite
from peerhood.search.finding import find
from peerhood.search.folding import words_of
from peerhood.stories.models import Story
from peerhood.themes.models import Theme

pytestmark = pytest.mark.django_db
VOCABULARY = ["Malmö", "Örebro", "benefits", "governance", "Lindvik", "risk", "wiki", "Ängel", "portfolio"]
ASKED = [
    "",
    "p",
    "malmo",
    "be",
    "portfolio gov",
    "sector",
    "pmo",
    "finska",
    "ger",
    "lind",
    "angel r",
    "ci",
    "zzz",
]
ROLES = [*Membership.Role]


def draw(seed):
    """A world of its own for each seed; nothing in it goes through an act, all is written at the end."""
    chance = Random(seed)
    some = lambda most: " ".join(chance.sample(VOCABULARY, chance.randint(0, most)))  # noqa: E731
    circles = [
        Circle.objects.create(
            name=f"Circle {chance.choice(VOCABULARY)}",
            slug=f"circle-{n}",
            purpose=some(2),
            language="en",
            time_zone="UTC",
            kind=kind,
            town=some(1),
        )
        for n, kind in enumerate([*Circle.Kind, Circle.Kind.OPEN, Circle.Kind.INVITATION_ONLY])
    ]
    people = [_person(chance, some, n, circles) for n in range(12)]
    for circle in circles:
        if circle.kind == Circle.Kind.IN_HOUSE:
            House.objects.create(circle=circle, domain="house.example.org")
    for one in chance.sample(people, 4):
        EmailAddress.objects.create(
            user=one, email=f"{one.pk}@house.example.org", verified=chance.random() < 0.7
        )
        other = chance.choice([each for each in people if each != one])
        Silence.objects.create(owner=one, about=other, kind=chance.choice(Silence.Kind.values))
    for circle in circles:
        for state in Gathering.State:
            gathering = Gathering.objects.create(
                circle=circle,
                title=f"Gathering {some(2)}",
                words=some(2),
                state=state,
                published_at=now() if state != "draft" and chance.random() < 0.7 else None,
                starts_at=now() + timedelta(days=chance.choice([-9, 9])),
                ends_at=now() + timedelta(days=10),
                time_zone="UTC",
            )
            gathering.hosts.add(chance.choice(people))
        for state in Theme.State:
            Theme.objects.create(circle=circle, title=f"Theme {some(2)}", question=some(2), state=state)
        for n, published_at in enumerate([None, now() - timedelta(days=1), now() - timedelta(days=2)]):
            Story.objects.create(
                circle=circle,
                author=chance.choice([*people, None]),
                title=f"Story {some(2)}",
                slug=f"{circle.slug}-{n}",
                teaser=some(1),
                text=some(3),
                language="en",
                published_at=published_at,
            )
    indexing.write_everything()
    return people


def _person(chance, some, n, circles):
    pack = packs.current()
    fields = [*FIELDS, *(f"profile.{key}" for key in pack.fields)]
    one = Person.objects.create_user(
        f"p{n}@example.org",
        name=f"{chance.choice(VOCABULARY)} Person{n}",
        welcomed_at=now(),
        languages=chance.sample(["sv", "fi", "de"], chance.choice([0, 1])),
        profile={
            key: chance.sample(list(field.answers), 1)
            if field.several
            else chance.choice(list(field.answers))
            for key, field in pack.fields.items()
            if chance.random() < 0.5
        },
        visibility={field: chance.choice(Level.values) for field in fields if chance.random() < 0.7},
        is_active=chance.random() < 0.9,
        **{field: some(2) for field in ("work", "town", "ask_me_about", "would_learn", "could_talk")},
    )
    if chance.random() < 0.5:
        affiliations.add(one, chance.choice(VOCABULARY), title=chance.choice(VOCABULARY))
    for circle in chance.sample(circles, chance.choice([0, 1, 2, 3])):
        state, role = chance.choice([*Membership.State, *Membership.INSIDE]), chance.choice(ROLES)
        membership = circle.memberships.create(person=one, state=state, role=role)
        if chance.random() < 0.3:
            Invitation.objects.create(membership=membership, by=one, name="Listed")
    return one


def seen_by(viewer):
    """Everything somebody may see, and the words it shows them: {kind: {id: words}}."""
    in_circle = lambda thing: [thing.circle.name]  # noqa: E731
    announced = Gathering.objects.visible_to(viewer).announced()
    standing = Theme.objects.visible_to(viewer).exclude(state=Theme.State.WITHDRAWN)
    return {
        "person": {p.pk: _card_words(p, viewer) for p in Person.objects.visible_to(viewer).distinct()},
        "circle": {
            c.pk: _words(c.name, c.purpose, c.eligibility, c.town) for c in Circle.objects.visible_to(viewer)
        },
        "gathering": {
            g.pk: _words(g.title, g.words, g.place_name, g.circle.town, *in_circle(g)) for g in announced
        },
        "theme": {t.pk: _words(t.title, t.question) for t in standing},
        "story": {
            s.pk: _words(s.title, s.teaser, s.text, *in_circle(s))
            for s in Story.objects.visible_to(viewer).published()
        },
    }


def _words(*texts):
    return {word for text in texts for word in words_of(text)}


def _card_words(person, viewer):
    """Every word of the card that this viewer sees, in each language; links are not searched."""
    nearness, pack, words = cards.nearness_of(viewer, person), packs.current(), set()
    for language in pack.languages:
        with translation.override(language):
            card = cards.card_of(person, nearness, pack=pack, language=language)
        said = [
            card.name,
            card.work,
            card.job,
            card.town,
            card.ask_me_about,
            card.would_learn,
            card.could_talk,
        ]
        words |= _words(*said, *card.languages, *(answer for _label, answer in card.answers))
    return words


def differences(people):
    """Where search and truth part: nothing, if all is well."""
    wrong = []
    for viewer in [*(person for person in people if person.is_active), AnonymousUser()]:
        audiences, seen = audiences_of(viewer), seen_by(viewer)
        for kind in indexing.kinds():
            for typed in ASKED:
                true = {
                    pk
                    for pk, words in seen[kind].items()
                    if all(any(word.startswith(asked) for word in words) for asked in words_of(typed))
                }
                found = find(typed, audiences, kind=kind)
                found = left_for(viewer, found) if kind == "person" else found
                if set(found.ids) != true or found.count != len(true):
                    wrong.append((kind, typed, str(viewer), set(found.ids) ^ true))
    return wrong


def test_every_kind_has_its_truth(db):
    assert set(indexing.kinds()) == set(seen_by(AnonymousUser()))


@pytest.mark.parametrize("seed", range(5))
def test_what_is_found_is_exactly_what_may_be_seen(seed):
    assert differences(draw(seed)) == []


@pytest.mark.parametrize("leak", ["circle_", "person_", "members", "house_"])
def test_control_an_audience_that_everybody_has_is_noticed(monkeypatch, leak):
    """As if the question did not ask who looks: each sort of audience in turn is open to all."""
    people = draw(1)
    for asking, sign, either in ((sqlite, '"a_{}__{}" *', " OR "), (postgresql, "'a_{}__{}':*", " | ")):

        def open_to_all(question, ask=asking._marks, sign=sign, either=either):
            return ask(question).replace("(", f"({sign.format(question.kind, leak)}{either}", 1)

        monkeypatch.setattr(asking, "_marks", open_to_all)
    assert differences(people) != []


def test_writing_it_all_again_changes_nothing():
    draw(2)
    assert sum(indexing.write_everything().values()) == 0

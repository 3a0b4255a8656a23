"""Names in a text are found: whole words in any case, with å, hyphen and genitive; and where people work."""

import pytest

from peerhood.circles.models import Membership
from peerhood.people.models import Employer, Person
from peerhood.stories import naming

PEOPLE = ["Anna Åkesson", "Anna-Karin Öberg", "Åsa Ek", "Lars Lindqvist", "Nils", "B"]
EMPLOYERS = ["Havsrud AB", "Sol & Måne", "Norrkraft"]


def named(text):
    return [found.name for found in naming.find(text, PEOPLE, EMPLOYERS)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna sa det först.", ["Anna"]),
        ("Annas idé var bra.", ["Anna"]),
        ("Anna's idea, and Anna’s tea.", ["Anna"]),
        ("Det sa ANNA ÅKESSON igår.", ["Anna Åkesson"]),
        ("Åkessons linje", ["Åkesson"]),
        ("A\u030asa var här", ["Åsa"]),
        ("åsa var här", ["Åsa"]),
        ("Anna-Karin och Anna", ["Anna-Karin", "Anna"]),
        ("Anna-Karin Öbergs kort", ["Anna-Karin Öberg"]),
        ("Lars bok, Nils bok", ["Lars", "Nils"]),
        ("På Havsrud gör de så.", ["Havsrud AB"]),
        ("Havsruds sätt, och Havsrud AB", ["Havsrud AB"]),
        ("hos Sol & Måne", ["Sol & Måne"]),
        ("NORRKRAFT!", ["Norrkraft"]),
    ],
)
def test_a_name_is_found_as_people_write_it(text, names):
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Annandag jul",
        "Hanna var här",
        "Vi åkte till Lund",
        "Annasson",
        "Larsson",
        "Måne",
        "Sol. Måne",
        "B",
        "",
    ],
)
def test_part_of_a_word_is_no_name(text):
    assert named(text) == []


def test_each_name_comes_once_a_sentence_with_the_sentence():
    found = naming.find("Fine. Anna said: Anna knows! Then\nAnna left.", ["Anna Ek"], [])
    assert [(each.name, each.sentence) for each in found] == [
        ("Anna", "Anna said: Anna knows!"),
        ("Anna", "Anna left."),
    ]


def test_a_long_sentence_is_shortened():
    (found,) = naming.find("Anna " + "x" * 5000, ["Anna"], [])
    assert len(found.sentence) == naming.LONGEST_SHOWN + 1


@pytest.mark.django_db
class TestOfAGathering:
    def test_guests_and_members_are_known_and_strangers_are_not(self, past_supper, chi, dot):
        past_supper.rsvps.create(person=dot, status="declined")
        Person.objects.create_user("eva@example.org", name="Eva Ekholm")
        found = naming.found_in("Chi, Dot and Eva.", past_supper)
        assert [each.name for each in found] == ["Chi", "Dot"]

    def test_whoever_left_the_circle_is_not_told_of(self, past_supper, chi):
        Membership.objects.filter(person=chi).update(state=Membership.State.LEFT)
        assert naming.found_in("Chi.", past_supper) == []

    def test_their_employers_are_known_and_others_are_not(self, past_supper, ben):
        for name, person in (
            ("Lindvik", ben),
            ("Havsrud", Person.objects.create_user("e@example.org", name="E")),
        ):
            person.affiliations.create(employer=Employer.objects.create(name=name))
        found = naming.found_in("Lindviks way, and Havsrud's.", past_supper)
        assert [(each.name, each.is_employer) for each in found] == [("Lindvik", True)]

    @pytest.mark.parametrize("people", [3, 300])
    def test_two_questions_to_the_database_however_many_they_are(
        self, past_supper, people, django_assert_num_queries
    ):
        made = Person.objects.bulk_create(
            Person(email=f"p{n}@example.org", name=f"Peer{n} Peerson") for n in range(people)
        )
        Membership.objects.bulk_create(Membership(circle=past_supper.circle, person=p) for p in made)
        with django_assert_num_queries(2):
            found = naming.found_in(" ".join(f"Peer{n}." for n in range(people)), past_supper)
        assert len(found) == people

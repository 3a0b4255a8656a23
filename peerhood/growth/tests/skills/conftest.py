"""A circle of eight who see themselves, and a list of the Makers' own."""

import pytest

from peerhood.growth.skills import assessing, lists, sharing


@pytest.fixture
def profession():
    return lists.of_profession("en")


@pytest.fixture
def own_list(makers, ada):
    """The Makers' own: ``own_list("Sawing", "Gluing")``; gives back the keys in their order."""

    def make(*names):
        lists.change(makers, by=ada, names={}, added=list(names))
        return list(lists.of_circle(makers, "en").names)

    return make


@pytest.fixture
def eight(makers, person):
    """Members who share nothing yet."""
    people = [person(f"Member{number}") for number in range(8)]
    for one in people:
        makers.memberships.create(person=one)
    return people


@pytest.fixture
def says(makers):
    """Let somebody say a level of one skill, and share it: ``says(ada, 3)``."""

    def say(person, level, key="risk", circle=makers):
        assessing.assess(person, lists.of_circle(circle, "en"), {key: level})
        sharing.share(circle, person)

    return say

"""What may be found of a person follows what they say, and who may see it. All of it at once: tests/searching."""

import pytest

from peerhood import packs
from peerhood.people import affiliations, arrival, profiles, searching
from peerhood.people.models import Person
from peerhood.search.finding import find
from peerhood.search.models import Entry

pytestmark = pytest.mark.django_db


def found(typed, viewer, **narrowed):
    return set(find(typed, searching.audiences_of(viewer), kind=searching.KIND, **narrowed).ids)


def test_facets_narrow_by_what_the_viewer_may_see(makers, ada, ben, dot):
    profiles.change(
        ada,
        town="Norrköping",
        ask_me_about="Benefits",
        profile={"team_size": "one"},
        visibility={"name": "members", "town": "members", "profile.team_size": "me"},
    )
    for viewer, expected in ((ada, True), (ben, True), (dot, True)):
        assert (ada.pk in found("", viewer, beginning=[("town", "norrk")])) is expected
    for viewer, expected in ((ada, True), (ben, False), (dot, False)):
        assert (ada.pk in found("", viewer, having=[("team_size", "one")])) is expected
    for viewer, expected in ((ada, True), (ben, True), (dot, False)):
        assert (ada.pk in found("", viewer, beginning=[("topic", "bene")])) is expected


def test_a_change_of_the_profile_is_found_at_once(makers, ada, ben, dot):
    profiles.change(ada, work="Zeppelins", visibility={"name": "members", "work": "members"})
    assert found("zepp", dot) == {ada.pk}
    profiles.change(ada, visibility={"name": "members", "work": "circles"})
    assert (found("zepp", dot), found("zepp", ben)) == (set(), {ada.pk})
    profiles.change(ada, name="Another Name", visibility={})
    assert (found("ada", ben), found("another", ben), found("another", dot)) == (set(), {ada.pk}, set())


def test_a_job_is_found_while_it_is_held(makers, ada, ben):
    job = affiliations.add(ada, "Lindvik", title="Head")
    assert found("lindvik", ben) == {ada.pk}
    affiliations.remove(job, by=ada)
    assert found("lindvik", ben) == set()


def test_whoever_has_not_said_their_name_is_not_found(dot):
    new = Person.objects.create_user("new@example.org", name="")
    profiles.change(new, town="Falun", visibility={"name": "public", "town": "public"})
    assert found("falun", dot) == set()


def test_whoever_is_gone_is_found_no_more_and_leaves_no_word(ada, dot):
    profiles.change(ada, visibility={"name": "members"})
    assert found("ada", dot) == {ada.pk}
    ada.is_active = False
    ada.save()
    searching.write(ada)
    assert not Entry.objects.exists()


def test_an_account_that_is_forgotten_leaves_no_row(db, settings):
    from datetime import timedelta

    from allauth.account.models import EmailAddress
    from django.utils.timezone import now

    new = Person.objects.create_user("new@example.org", name="Newt", joined_at=now() - timedelta(days=3))
    EmailAddress.objects.create(user=new, email="new@example.org")
    searching.write(new)
    assert Entry.objects.count() == 1
    assert arrival.forget_unconfirmed() == 1
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("pack", ["pmo", "nurse_educators"])
def test_answers_are_found_in_every_language_of_any_pack(settings, ada, pack):
    settings.PACK = pack
    speaks = packs.current()
    key, field = next(iter(speaks.fields.items()))
    answer = next(iter(field.answers))
    profiles.change(ada, profile={key: answer})
    for language in speaks.languages:
        assert found(speaks.answer(key, answer, language), ada) == {ada.pk}
    assert found("", ada, having=[(key, answer)]) == {ada.pk}

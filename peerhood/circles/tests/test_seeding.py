"""A seed is planted, shown by its link, answered, and becomes a circle at its threshold."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from peerhood.circles.models import Circle, Seed
from peerhood.circles.seeding import answering, ending, inviting, keys, planting, sprouting
from peerhood.circles.tasks import tend_seeds
from peerhood.circles.tests.seeds import WORDS, planted, tables_with
from peerhood.journal.models import Entry
from peerhood.notices import delivery
from peerhood.notices.models import Mail
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def seed(ada):
    return planted(ada)[0]


def mails(kind):
    return sorted(Mail.objects.filter(kind=f"circles/{kind}").values_list("address", flat=True))


def test_a_link_has_128_bits_and_only_its_keyed_hash_is_kept(ada):
    seed, token = planted(ada)
    assert keys.TOKEN_BYTES * 8 == 128
    assert len(token) == 22
    assert seed.token_key == keys.of_token(token)
    assert tables_with(token) == []


def test_control_what_is_in_a_table_is_found(ada, seed):
    assert tables_with("ADA@example.org") == ["account.EmailAddress", "people.Person"]
    assert tables_with(seed.token_key) == ["circles.Seed"]


def test_a_new_link_voids_the_old_one(ada):
    seed, old = planted(ada)
    new = planting.renew_link(seed, by=ada)
    assert (answering.behind(old), answering.behind(new)) == (None, seed)


def test_planting_twice_makes_one_link(ada):
    seed, token = planted(ada)
    assert planting.plant(seed, by=ada) == ""
    assert answering.behind(token) == seed


def test_only_its_planter_plants_changes_shows_and_ends_it(seed, ben):
    day = localdate() + timedelta(days=40)
    for act in (
        lambda: planting.plant(seed, by=ben),
        lambda: planting.renew_link(seed, by=ben),
        lambda: planting.change(seed, by=ben, name="Mine"),
        lambda: planting.throw_away(seed, by=ben),
        lambda: inviting.invite(seed, ["x@example.org"], by=ben),
        lambda: ending.extend(seed, day, by=ben),
        lambda: ending.end(seed, by=ben),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_seed_is_seen_by_its_planter_and_by_those_who_said_yes(seed, ada, ben, chi):
    answering.say_yes(seed, ben)
    answering.say_no(seed, chi)
    assert [person for person in (ada, ben, chi) if Seed.objects.visible_to(person)] == [ada, ben]


def test_nobody_has_more_than_five_seeds_at_once(ada):
    for _number in range(5):
        planted(ada)
    with pytest.raises(Refusal, match="5 seeds already"):
        planting.draft(ada, **WORDS)
    assert ada.seeds.count() == 5


def test_words_stay_once_somebody_said_yes_to_them(seed, ada, ben):
    planting.change(seed, by=ada, name="Two desks each")
    answering.say_yes(seed, ben)
    with pytest.raises(Refusal, match="so its words stay"):
        planting.change(seed, by=ada, name="Three desks each")
    seed.refresh_from_db()
    assert seed.name == "Two desks each"


def test_a_no_has_no_name_and_is_a_number_to_the_planter(seed, ben):
    answering.say_no(seed, ben)
    answer = seed.answers.get()
    assert (answer.said, answer.person) == ("no", None)
    assert Entry.objects.get(name="seed.declined").by_id is None
    assert seed.answers.no().count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        seed.answers.update(person=ben)


def test_who_said_no_is_not_written_to_and_the_planter_is_told_the_same(seed, ada, ben, chi):
    answering.say_no(seed, ben)
    inviting.invite(seed, ["BEN@example.org", "chi@example.org"], by=ada)
    assert mails("seed_invitation") == ["chi@example.org"]
    assert seed.invitations.count() == 2


def test_an_address_is_written_to_once(seed, ada):
    inviting.invite(seed, ["x@example.org", "X@Example.org"], by=ada)
    inviting.invite(seed, ["x@example.org"], by=ada)
    assert mails("seed_invitation") == ["x@example.org"]


def test_one_seed_writes_to_sixty_addresses_at_most(seed, ada):
    inviting.invite(seed, [f"x{n}@example.org" for n in range(60)], by=ada)
    with pytest.raises(Refusal, match="60 addresses"):
        inviting.invite(seed, ["one@example.org"], by=ada)
    assert Mail.objects.filter(kind="circles/seed_invitation").count() == 60


def test_a_mailed_link_leads_to_the_seed_and_is_not_the_planters(ada):
    seed, token = planted(ada)
    inviting.invite(seed, ["x@example.org"], by=ada)
    text = Mail.objects.get(kind="circles/seed_invitation").text
    mailed = text.partition("/circles/seeds/link/")[2].partition("/")[0]
    planting.renew_link(seed, by=ada)
    assert answering.behind(mailed) == seed
    assert mailed != token


def test_thinking_again_is_allowed_both_ways(seed, ben):
    answering.say_no(seed, ben)
    answering.say_yes(seed, ben)
    answering.say_yes(seed, ben)
    assert answering.answer_of(seed, ben) == "yes"
    answering.take_back(seed, ben)
    assert (answering.answer_of(seed, ben), seed.answers.count()) == ("", 0)


def test_the_planter_does_not_count(seed, ada):
    with pytest.raises(Refusal, match="your own seed"):
        answering.say_yes(seed, ada)


def test_at_the_threshold_the_circle_opens_with_everybody_who_said_yes(seed, ada, ben, chi, dot):
    answering.say_no(seed, dot)
    answering.say_yes(seed, ben)
    assert Circle.objects.count() == 0
    circle = answering.say_yes(seed, chi).circle
    roles = {m.person: (m.role, m.state) for m in circle.memberships.select_related("person")}
    assert roles == {ada: ("organiser", "active"), ben: ("member", "active"), chi: ("member", "active")}
    assert (circle.name, circle.kind, circle.town) == ("One desk each", "invitation", "Norrköping")
    assert mails("seed_sprouted") == ["ada@example.org", "ben@example.org", "chi@example.org"]
    assert Entry.objects.filter(name="seed.sprouted").count() == 1


def test_an_open_seed_knows_nothing_about_whom_it_asked(ada, ben, chi):
    seed, token = planted(ada)
    inviting.invite(seed, ["x@example.org"], by=ada)
    answering.say_yes(seed, ben)
    answering.say_yes(seed, chi)
    seed.refresh_from_db()
    assert (seed.answers.count(), seed.invitations.count(), seed.yes_count()) == (0, 0, 2)
    assert answering.behind(token) is None
    # The mail that still waited is not sent any more.
    assert mails("seed_invitation") == []


def test_nothing_is_answered_after_it_is_over(seed, ada, ben):
    ending.end(seed, by=ada)
    for act in (answering.say_yes, answering.say_no, answering.take_back):
        with pytest.raises(Refusal, match="does not grow"):
            act(seed, ben)


def test_the_planter_is_reminded_once_a_week_ahead(seed, ada):
    Seed.objects.update(sprouts_by=localdate() + timedelta(days=8))
    assert ending.remind_planters() == 0
    Seed.objects.update(sprouts_by=localdate() + timedelta(days=7))
    assert [ending.remind_planters(), ending.remind_planters()] == [1, 0]
    assert mails("seed_reminder") == ["ada@example.org"]
    ending.extend(seed, localdate() + timedelta(days=6), by=ada)
    assert ending.remind_planters() == 1


def test_a_seed_that_does_not_sprout_ends_kindly_and_forgets(seed, ada, ben, chi, dot):
    answering.say_yes(seed, ben)
    answering.say_no(seed, chi)
    inviting.invite(seed, ["x@example.org"], by=ada)
    tend_seeds.call_local()
    seed.refresh_from_db()
    assert seed.is_growing()
    Seed.objects.update(sprouts_by=localdate())
    tend_seeds.call_local()
    tend_seeds.call_local()
    seed.refresh_from_db()
    assert (seed.state, seed.yes_count()) == ("ended", 1)
    assert (seed.answers.count(), seed.invitations.count()) == (0, 0)
    assert Circle.objects.count() == 0
    assert mails("seed_ended") == ["ada@example.org"]
    assert Mail.objects.filter(kind="circles/seed_ended_for_all").count() == 1
    assert not Seed.objects.visible_to(ben)


def test_it_can_be_planted_again_and_asks_nobody_by_itself(seed, ada, ben):
    answering.say_yes(seed, ben)
    ending.end(seed, by=ada)
    again = planting.plant_again(seed, by=ada)
    assert (again.state, again.name, again.themes) == ("draft", seed.name, seed.themes)
    assert again.sprouts_by > localdate() + timedelta(days=40)
    assert again.answers.count() == 0


def test_more_time_keeps_it_growing(seed, ada):
    Seed.objects.update(sprouts_by=localdate() + timedelta(days=1))
    ending.extend(seed, localdate() + timedelta(days=20), by=ada)
    assert ending.end_what_is_due() == 0


def test_who_left_again_is_not_in_the_circle(seed, ben, chi, dot):
    answering.say_yes(seed, ben)
    answering.take_back(seed, ben)
    answering.say_yes(seed, chi)
    circle = answering.say_yes(seed, dot).circle
    assert set(circle.memberships.filter(role="member").values_list("person__name", flat=True)) == {
        chi.name,
        dot.name,
    }


def test_the_database_itself_wants_room_for_the_threshold(ada):
    with pytest.raises(IntegrityError), transaction.atomic():
        planting.draft(ada, **WORDS | {"threshold": 8})


def test_said_yes_is_in_the_order_of_the_answers(ada, ben, chi):
    seed, _token = planted(ada, threshold=3)
    answering.say_yes(seed, chi)
    answering.say_yes(seed, ben)
    assert sprouting.said_yes(seed) == [chi, ben]


def test_an_invitee_is_nowhere_once_the_mail_is_delivered(seed, ada, mailoutbox):
    inviting.invite(seed, ["planted.canary@example.net"], by=ada)
    people = Person.objects.count()
    # While it waits to be sent, it stands in the outbox, and there alone.
    assert tables_with("planted.canary") == ["notices.Mail"]
    delivery.deliver_due()
    assert [mail.to for mail in mailoutbox] == [["planted.canary@example.net"]]
    assert tables_with("planted.canary") == []
    assert Person.objects.count() == people

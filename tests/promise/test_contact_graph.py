"""Who keeps whom is read by its owners and nobody else: every page, as everybody else, is the same with and without.

Eva and Finn sit at a table, and the whole site is crawled as a visitor, an outsider, a member, a host and the
organiser. Then the two get all that two people can have of each other, through the acts themselves, and it is
crawled again: not a byte may differ, and none of their words may stand anywhere. Exports and files are among it.
"""

import io
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.utils.timezone import localdate, now

from peerhood.connections import connecting, noting, queries
from peerhood.connections.cards import holding_out, leaving
from peerhood.connections.coffee import answering as answering_coffee
from peerhood.connections.coffee import asking as asking_coffee
from peerhood.connections.confidence import ladder, thanking
from peerhood.connections.introductions import answering as answering_introductions
from peerhood.connections.introductions import asking as asking_introductions
from peerhood.connections.introductions import passing
from peerhood.connections.models import Connection
from peerhood.growth.mentoring import answering as answering_mentoring
from peerhood.growth.mentoring import asking as asking_mentoring
from peerhood.growth.models import Pitch
from peerhood.growth.opportunities import posting, replying
from peerhood.growth.pitching import practising
from peerhood.journal.models import Entry
from peerhood.mixing.models import Encounter
from peerhood.people import putting_away
from peerhood.people.models import Export
from peerhood.people.own_data import asking, exporting
from tests.access import world
from tests.access.test_access import ROUTES, client_of, path_of
from tests.access.test_bad_input import STREAMS

pytestmark = pytest.mark.django_db
CANARY = "graphcanary"
# Drawn anew for each page.
ANEW = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|/ID \[.*?\]', re.DOTALL)
# How many mails wait, of whomever; the demo's mails, which no other site shows; a challenge, new for each page.
NOT_COMPARED = {"pages:health", "demo:mails", "mfa_add_webauthn"}
LOOKED_FOR = ("/search/?q=Eva", "/people/?q=Eva", "/search/?q=graphcanary", "/people/?q=graphcanary")


@pytest.fixture(autouse=True)
def the_clock_stands():
    with time_machine.travel(now(), tick=False):
        yield


@pytest.fixture
def eva(person, makers):
    return joined(makers, person("Eva Ek"))


@pytest.fixture
def finn(person, makers):
    return joined(makers, person("Finn Falk"))


@pytest.fixture
def gun(person, makers):
    return joined(makers, person("Gun Gran"))


def joined(circle, somebody):
    circle.memberships.create(person=somebody)
    return somebody


@pytest.fixture
def built(makers, ada, ben, chi, person, eva, finn, gun):
    built = world.build(makers, organiser=ada, host=chi, member=ben, newcomer=person("New Nilsson"))
    for each in (eva, finn, gun):
        built.gathering.rsvps.create(person=each, status="going", checked_in_at=now())
    for one, other in ((eva, finn), (eva, gun)):
        Encounter.objects.create(
            circle=makers, gathering=built.gathering, round_number=8, one=one, other=other
        )
    # What they put before the circle is known to it; what comes of it is not.
    asking_mentoring.offer(makers, by=finn, about="Anything", cap=5)
    posting.post(
        makers, by=finn, kind="job", title="A chair", last_day=localdate() + timedelta(days=9), text="x"
    )
    return built


@pytest.fixture
def keep_each_other(built, makers, eva, finn, gun):
    """All that two people can have of each other."""

    def act():
        for one, other in ((eva, finn), (finn, eva), (eva, gun), (gun, eva)):
            connecting.say_met(one, other, built.gathering)
        noting.note(eva, finn, f"{CANARY} note", follow_up_on=localdate())
        noting.talked_about(eva, finn, built.gathering, f"{CANARY} line")
        first, second = now() + timedelta(days=1), now() + timedelta(days=2)
        coffee = asking_coffee.ask(
            eva, finn, first_at=first, second_at=second, place=f"{CANARY} place", words=f"{CANARY} words"
        )
        answering_coffee.accept(coffee, finn, first)
        # Finn would like to meet Gun, whom Eva keeps.
        wish = asking_introductions.ask(finn, eva, reason=f"{CANARY} reason", wanted=gun)
        passing.pass_on(wish, eva, gun, line=f"{CANARY} intro")
        answering_introductions.accept(wish, gun)
        leaving.leave(holding_out.choose(gun, "badge", ["email"]), finn, ["email"])
        thanking.thank(eva, finn, f"{CANARY} thanks")
        ladder.tick(eva, "host")
        putting_away.put_away(eva, gun)
        offer = makers.mentor_offers.get(person=finn)
        asked = asking_mentoring.ask(
            offer,
            by=eva,
            why=f"{CANARY} why",
            goals=[f"{CANARY} goal"],
            ends_on=localdate() + timedelta(days=60),
        )
        answering_mentoring.accept(asked, by=finn)
        chair = makers.opportunities.get(author=finn)
        replying.say_interested(chair, f"{CANARY} interest", by=eva)
        pitch = practising.keep(Pitch(person=eva), by=eva, title=f"{CANARY} lift", text=f"{CANARY} pitch")
        card = practising.ask(pitch, finn, by=eva)
        practising.write(card, by=finn, heard=f"{CANARY} heard", stayed="x", to_try="x")

    return act


def crawled(person, built) -> dict[str, bytes]:
    """Every address there is, as this person reads it; and what a file holds, if it is one of files."""
    found = {}
    paths = [
        path_of(route, parameters, built)
        for route, parameters in ROUTES.items()
        if route not in STREAMS | NOT_COMPARED
    ]
    for path in (*paths, *LOOKED_FOR):
        cache.clear()
        client = client_of(person)
        with transaction.atomic():
            response = client.get(path)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        found[path] = str(response.status_code).encode() + ANEW.sub(b"", body)
    return found


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return sorted(path for path in before if before[path] != after[path])


def with_canary(pages: dict[str, bytes]) -> list[str]:
    asked_for = (path for path in pages if CANARY not in path)
    return sorted(path for path in asked_for if CANARY.encode() in pages[path])


def export_of(person) -> str:
    """All that a copy of their data says; asking for it leaves nothing behind that the next one would tell."""
    with transaction.atomic():
        Export.objects.filter(person=person).delete()
        made = asking.ask(person)
        exporting.make_or_stop(made.pk)
        file = zipfile.ZipFile(io.BytesIO(bytes(Export.objects.get(pk=made.pk).file)))
        transaction.set_rollback(True)
    return "\n".join(file.read(name).decode("latin-1") for name in file.namelist())


@pytest.mark.parametrize("role", ["visitor", "outsider", "member", "host", "organiser"])
def test_nobody_else_reads_that_two_keep_each_other(role, built, keep_each_other, ada, ben, chi, dot):
    person = {"visitor": None, "outsider": dot, "member": ben, "host": chi, "organiser": ada}[role]
    before = crawled(person, built)
    keep_each_other()
    after = crawled(person, built)
    assert differing(before, after) == []
    assert with_canary(after) == []
    assert len(before) > 350


def test_control_the_two_themselves_read_it(built, keep_each_other, eva, finn):
    for person, pages in ((eva, {"/connections/", "/growth/mentoring/"}), (finn, {"/connections/thanks/"})):
        with transaction.atomic():
            before = crawled(person, built)
            keep_each_other()
            after = crawled(person, built)
            transaction.set_rollback(True)
        assert pages <= set(differing(before, after))
        assert with_canary(after)


def test_control_a_page_that_shows_it_to_anybody_else_is_found(built, keep_each_other, eva, ben, monkeypatch):
    kept_by = queries.kept_by
    monkeypatch.setattr(queries, "kept_by", lambda person, *of: kept_by(eva, *of))
    before = crawled(ben, built)
    keep_each_other()
    after = crawled(ben, built)
    assert "/connections/" in differing(before, after)
    assert "/connections/" in with_canary(after)


def test_nobody_elses_copy_of_their_data_holds_it(built, keep_each_other, ada, ben, chi, eva):
    others = {person: export_of(person) for person in (ada, ben, chi)}
    keep_each_other()
    for person, before in others.items():
        after = export_of(person)
        assert CANARY not in after
        assert sorted(set(after.splitlines()) - set(before.splitlines())) == []
    assert f"{CANARY} note" in export_of(eva)  # control


def test_what_an_operator_reads_in_the_journal_names_no_two(built, keep_each_other, eva, finn, gun):
    last = Entry.objects.latest("pk").pk
    keep_each_other()
    written = Entry.objects.filter(pk__gt=last)
    of_two = {str(person.pk) for person in (eva, finn, gun)}
    for entry in written:
        subject = {entry.subject_id} if entry.subject_type == "people.person" else set()
        assert len(of_two & {str(entry.by_id), *subject}) <= 1, entry
        assert CANARY not in str(entry.facts)
    # That somebody keeps one more is there; a connection's own number is no name.
    assert set(written.values_list("name", flat=True)) >= {"connection.made"}
    assert Connection.objects.filter(one__in=(eva, finn), other__in=(eva, finn)).count() == 1

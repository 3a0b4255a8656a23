"""A planted person: an export holds every word of theirs, and an erasure leaves none, anywhere.

Ben's name, addresses and words are canaries, in every text that is his, in a world with one of
everything. Afterwards every text of every table is read, every file of the data folder, and what
is cached.
"""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import connection, models
from django.test import Client
from django.utils.timezone import now

from peerhood.circles.models import Import, Invitation, Report, Seed
from peerhood.connections.models import Connection, Note
from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.models import CoHosting, Gathering
from peerhood.mixing.models import Encounter, Tie
from peerhood.notices import choices, sending
from peerhood.notices.models import Mail
from peerhood.people import affiliations
from peerhood.people.models import Export, Person, Photo, Silence, Trait
from peerhood.people.own_data import asking, erasing, exporting, packing, rules
from peerhood.rooms import presence
from peerhood.rooms.models import Moment
from peerhood.stories.models import Story
from peerhood.themes import proposing
from peerhood.themes.models import Adoption
from tests.access import world

pytestmark = pytest.mark.django_db
NAME, FIRST = "Benquist Canaryson", "canaryson"
MAIN, WORK = "canary.main@example.org", "canary.work@example.com"
# Words in what is shared with others, which stays; and in what is his alone, which goes.
SHARED = "sharedcanary"
# Every text a person can fill on their own row, found from the model: a new one is planted, too.
OWN_TEXTS = [
    field.name
    for field in Person._meta.concrete_fields
    if isinstance(field, models.CharField)
    and field.name not in {"name", "email", "password", "language", "time_zone", "photo_digest"}
]
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@pytest.fixture
def ben_in_full(makers, ada, ben, chi, person):
    """Ben in a full world, with a canary in every text that is his."""
    built = world.build(makers, organiser=ada, host=chi, member=ben, newcomer=person("New Nilsson"))
    ben.refresh_from_db()
    for name in OWN_TEXTS:
        setattr(ben, name, f"canary {name}"[: Person._meta.get_field(name).max_length])
    ben.name, ben.email = NAME, MAIN
    ben.links, ben.languages = ["https://canary-link.example.org"], ["sv"]
    ben.profile = {"tools": ["canarytool"]}
    ben.save()
    EmailAddress.objects.filter(user=ben).update(email=MAIN)
    EmailAddress.objects.create(user=ben, email=WORK, verified=True)
    Authenticator.objects.create(
        user=ben, type=Authenticator.Type.WEBAUTHN, data={"name": "canarykey", "credential": {}}
    )
    Photo.objects.filter(person=ben).update(small=b"RIFFcanaryphoto", large=b"RIFFcanaryphoto")
    affiliations.add(ben, "Canary Corp", title="Head of Canaries")
    choices.choose(ben, set())
    feeds.make(ben)
    membership = makers.memberships.get(person=ben)
    membership.import_key = "li:canarykey-li"
    membership.save()
    Invitation.objects.create(
        membership=membership, by=ada, name="Canaryson, B.", address=MAIN, employer="Canary Listed AB"
    )
    Import.objects.create(
        circle=makers,
        by=ada,
        file_name="contacts.csv",
        source="own",
        total_count=2,
        rows=[
            {"row": {"number": 1, "email": MAIN, "name": NAME}},
            {"row": {"number": 2, "email": "x@y.example"}},
        ],
    )
    Import.objects.create(circle=makers, by=ben, file_name="canarylist.csv", source="own", rows=[])
    later = Gathering.objects.get(pk=built.gathering.pk)
    later.pk, later.uid, later.title = None, None, "Later"
    later.uid = Gathering._meta.get_field("uid").get_default()
    later.starts_at, later.ends_at = now() + timedelta(days=3), now() + timedelta(days=3, hours=2)
    later.capacity, later.going_count, later.waiting_count = 1, 1, 1
    later.save()
    later.rsvps.create(person=ben, status="going")
    later.rsvps.create(person=chi, status="waitlisted", companion=ben)
    later.hosts.add(ben)
    built.gathering.agenda.filter(position=0).update(speaker=NAME)
    theme = proposing.propose(makers, ben, f"Theme {SHARED}", "What now?")
    one, other = sorted((chi, ben), key=lambda each: each.pk)
    Connection.objects.create(
        one=one, other=other, one_said_at=now(), other_said_at=now(), met_at=built.gathering
    )
    Note.objects.create(owner=ben, about=ada, text="canarynote about Ada")
    Note.objects.create(owner=ada, about=ben, text="Ring again in spring.")
    presence.enter(built.gathering.room, ben)
    do_everything(ben, ada, chi, built)
    sending.send(ada, "circles/applied", circle=makers, applicant=ben, membership=membership)
    sending.send(ada, "connections/connected", other=ben, gathering=built.gathering)
    sending.send(ben, "circles/accepted", circle=makers)
    # To an address he had once, and has taken off since.
    Mail.objects.filter(pk=sending.send(ben, "circles/accepted", circle=makers).pk).update(
        address="b@canary.example"
    )
    Trait.objects.get_or_create(person=ben, key="tools", value="canarytool", defaults={"level": "members"})
    asking.ask(ben)
    browser = Client()
    browser.force_login(ben)
    browser.get("/me/", headers={"User-Agent": AGENT})
    return ben, built, later, theme


def do_everything_in_a_circle(ben, ada, chi, circle) -> None:
    """Be named in every way in which a circle names somebody."""
    theirs = circle.memberships.get(person=chi)
    theirs.greeter, theirs.came_at = ben, now()
    theirs.save()
    theirs.applications.create(outcome="accepted", answered_by=ben, answered_at=now(), reason="Welcome.")
    theirs.removals.create(by=ben, reason="They asked for it.")
    agreement = circle.agreements.create(version=99, text="Be kind.", by=ben)
    agreement.acceptances.create(person=ben)
    circle.invitation_links.create(by=ben, token_digest="0", expires_at=now(), note="canarylinknote")
    circle.bulk_changes.create(by=ben, act="pause")
    Report.objects.create(circle=circle, by=ada, about=ben, text="Told about him.")
    Report.objects.create(circle=circle, by=ada, about=chi, text="Told.", closed_by=ben, closed_at=now())
    Seed.objects.create(
        planter=ben, name="canaryseed", purpose="Peers.", language="en", time_zone="Europe/Stockholm"
    )
    grown = Seed.objects.filter(planter=ada).first()
    grown.answers.create(person=ben, person_key="0", said="yes")
    poll = circle.date_polls.first()
    poll.opened_by = ben
    poll.save()
    poll.slots.first().answers.create(person=ben, said="yes")
    held = CoHosting.objects.filter(gathering__circle=circle).first()
    held.asked_by = held.answered_by = ben
    held.answered_at = now()
    held.save()
    Silence.objects.create(owner=ben, about=ada, kind="not-with")
    Silence.objects.create(owner=chi, about=ben, kind="block")


def do_everything(ben, ada, chi, built) -> None:
    """Be named in every other way there is."""
    do_everything_in_a_circle(ben, ada, chi, built.circle)
    ben.groups.add(Group.objects.create(name="Keepers"))
    ben.user_permissions.add(Permission.objects.first())
    Story.objects.create(
        circle=built.circle, author=ben, title=SHARED, slug=SHARED, text=SHARED, language="en", teaser=SHARED
    )
    ballot = built.gathering.ballot
    ballot.opened_by = ben
    ballot.save()
    Adoption.objects.create(theme=ballot.choices.first().theme, gathering=built.gathering, adopted_by=ben)
    built.gathering.mixing_plan.made_by = ben
    built.gathering.mixing_plan.save()
    Moment.objects.create(room=built.gathering.room, act="start", by=ben, before={})
    newcomer = built.circle.memberships.create(
        person=Person.objects.create_user(None, name="Asked Askson"), state="invited"
    )
    Invitation.objects.create(
        membership=newcomer, by=ben, name="Asked by canary", address="asked@canary.example"
    )
    ada_here = built.gathering.rsvps.get(person=ada)
    ada_here.checked_in_by, ada_here.checked_in_at = ben, now()
    ada_here.save()
    for other in (ada, chi):
        one, second = sorted((ben, other), key=lambda each: each.pk)
        Tie.objects.create(one=one, other=second)
    early = Person.objects.filter(pk__lt=ben.pk).first()
    late = Person.objects.filter(pk__gt=ben.pk).exclude(pk=chi.pk).first()
    for one, other in ((early, ben), (ben, late)):
        Encounter.objects.get_or_create(
            circle=built.circle, gathering=built.gathering, round_number=7, one=one, other=other
        )
        Connection.objects.get_or_create(one=one, other=other)


def canaries() -> list[str]:
    return ["canary", FIRST, "benquist"]


def tables_with(word: str) -> dict[str, int]:
    """Every column of every table of the database that holds the word, shared texts apart; and how often."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    text = (
                        bytes(value).decode("latin-1")
                        if isinstance(value, bytes | memoryview)
                        else str(value)
                    )
                    if word in text.replace(SHARED, "").lower():
                        found[f"{table}.{name}"] = found.get(f"{table}.{name}", 0) + 1
    return found


def left_of_ben() -> dict[str, int]:
    return {place: count for word in canaries() for place, count in tables_with(word).items()}


def words_of(file: zipfile.ZipFile) -> str:
    return "\n".join(
        file.read(name).decode("latin-1" if "webp" in name else "utf-8") for name in file.namelist()
    )


def missing_in(words: str) -> list[str]:
    expected = [
        NAME,
        MAIN,
        WORK,
        SHARED,
        "https://canary-link.example.org",
        "canarytool",
        "canarykey",
        "Canary Corp",
        "Head of Canaries",
        "Canaryson, B.",
        "Canary Listed AB",
        "canarylist.csv",
        "canarynote about Ada",
        "RIFFcanaryphoto",
        "Firefox",
        "Later",
        *(f"canary {name}" for name in OWN_TEXTS),
    ]
    return [word for word in expected if word not in words]


def made_for(ben) -> zipfile.ZipFile:
    Export.objects.all().delete()
    export = asking.ask(ben)
    exporting.make_or_stop(export.pk)
    return zipfile.ZipFile(io.BytesIO(bytes(Export.objects.get(pk=export.pk).file)))


def test_the_export_holds_every_word(ben_in_full):
    ben, *_rest = ben_in_full
    file = made_for(ben)
    assert missing_in(words_of(file)) == []
    everything = json.loads(file.read("everything.json"))
    assert missing_in(json.dumps(everything, ensure_ascii=False)) == ["RIFFcanaryphoto"]
    assert all(
        file.read(name).startswith(b"\xef\xbb\xbf") for name in file.namelist() if name.endswith(".csv")
    )
    # Every kind of row there is has been planted, and says something.
    assert [table for table in rules.tables() if not everything[table]] == []


def test_nothing_of_others_that_is_not_his_is_in_the_export(ben_in_full):
    ben, *_rest = ben_in_full
    words = words_of(made_for(ben))
    assert "Ring again in spring." not in words
    assert "ada@example.org" not in words


def test_after_an_erasure_the_canary_is_nowhere(ben_in_full, django_capture_on_commit_callbacks):
    ben, *_rest = ben_in_full
    asking.ask(ben)
    assert len(left_of_ben()) > 20
    with django_capture_on_commit_callbacks():
        erasing.erase(ben)
    # One mail is still to go out, to the address that was his.
    last_word = Mail.objects.get(kind="people/erased")
    assert last_word.address == MAIN
    last_word.delete()
    assert left_of_ben() == {}
    assert [word for word in canaries() if word in settings.ERASURES.read_text().lower()] == []
    assert [word for word in canaries() if word in str(cache._cache).lower()] == []


def rows_left(ben) -> dict[str, int]:
    """How many rows of each kind still name him, in each way there is."""
    counts = {
        f"{rule.model.__name__}.{rule.field}": rules.Rows(rule, ben).all().count()
        for rule in rules.declared()
    }
    return {name: count for name, count in counts.items() if count}


# What others were part of: it stays, and shows a former member.
STAYS = {
    "Adoption.adopted_by": 1,
    "Ballot.opened_by": 1,
    "Connection.one or other": 1,
    "Encounter.one or other": 3,
    "Note.about": 1,
    "Plan.made_by": 1,
    "Report.by": 1,
    "Seat.person": 1,
    "Story.author": 1,
    "Theme.proposed_by": 2,
}


def in_either_place(counts: dict[str, int]) -> dict[str, int]:
    """Who is first of a pair hangs on their numbers."""
    merged: dict[str, int] = {}
    for name, count in counts.items():
        model, field = name.split(".")
        name = f"{model}.one or other" if field in ("one", "other") else name
        merged[name] = merged.get(name, 0) + count
    return merged


def erase(ben) -> None:
    erasing.erase(ben)
    Mail.objects.filter(kind="people/erased").delete()


def test_what_others_were_part_of_stays_as_a_former_member(ben_in_full, chi, client):
    ben, _built, later, theme = ben_in_full
    erase(ben)
    assert in_either_place(rows_left(ben)) == STAYS
    later.refresh_from_db()
    assert [rsvp.person for rsvp in later.rsvps.going()] == [chi]
    assert (later.going_count, later.waiting_count) == (1, 0)
    theme.refresh_from_db()
    assert (theme.title, theme.support_count, str(theme.proposed_by)) == (
        f"Theme {SHARED}",
        0,
        "A former member",
    )
    client.force_login(chi)
    assert "A former member" in client.get("/connections/").text
    chi.language = "sv"
    chi.save()
    assert "En tidigare medlem" in client.get("/connections/").text


@pytest.mark.parametrize(
    "rule",
    [each for each in rules.declared() if each.erase is not rules.keep],
    ids=lambda rule: f"{rule.model.__name__}.{rule.field}",
)
def test_control_without_one_rule_something_is_left(rule, ben_in_full, monkeypatch):
    ben, *_rest = ben_in_full
    if not rules.Rows(rule, ben).all().exists():
        pytest.fail("The world has no such row: plant one.")
    monkeypatch.setattr(rules, "_rules", [each for each in rules.declared() if each is not rule])
    erase(ben)
    monkeypatch.undo()
    assert (left_of_ben(), in_either_place(rows_left(ben))) != ({}, STAYS)


@pytest.mark.parametrize("words", rules._words, ids=lambda words: words.__name__)
def test_control_without_looking_into_texts_the_canary_is_found(words, ben_in_full, monkeypatch):
    ben, *_rest = ben_in_full
    monkeypatch.setattr(rules, "_words", [each for each in rules._words if each is not words])
    erase(ben)
    assert left_of_ben() != {}


@pytest.mark.parametrize(
    "table",
    ["jobs", "addresses", "passkeys", "devices", "memberships", "member_lists_i_read_in", "my_notes"],
)
def test_control_without_one_table_the_export_lacks_words(table, ben_in_full, monkeypatch):
    ben, *_rest = ben_in_full
    monkeypatch.setattr(rules, "_rules", [each for each in rules.declared() if each.table != table])
    told = {each: rules.told_in(each, ben) for each in rules.tables()}
    file = zipfile.ZipFile(io.BytesIO(packing.packed(ben, told)))
    assert missing_in(words_of(file)) != []

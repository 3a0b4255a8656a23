"""Ben, planted: named in every way there is, with a canary in every text that is his."""

from datetime import time, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.db import models
from django.test import Client
from django.utils.timezone import now

from peerhood import journal
from peerhood.circles.models import Import, Invitation, Report, Seed
from peerhood.connections.cards import holding_out
from peerhood.connections.models import (
    Coffee,
    CoffeeHabit,
    CoffeeRound,
    CoffeeSeat,
    Connection,
    Dare,
    Introduction,
    LadderTick,
    LeftCard,
    NoCoffee,
    Note,
    TalkedAbout,
    ThankYou,
)
from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.models import CoHosting, Gathering, MemberStory, Needs, SavedAgenda, StandingRsvp
from peerhood.growth.models import (
    Certificate,
    Cycle,
    Entry,
    Interest,
    MentoringAsk,
    MentoringPair,
    MentorOffer,
    OpenToTalk,
    Opportunity,
    OpportunityReport,
    OutsideEvent,
    Pitch,
    PitchCard,
    SkillFigure,
    SkillFigureAnswer,
    Uncounted,
    YearSummary,
)
from peerhood.mixing.models import Encounter, Tie
from peerhood.notices import choices, quiet_hours, sending
from peerhood.notices.models import FailingAddress, Mail, Together
from peerhood.people import affiliations
from peerhood.people.models import Person, Photo, PutAway, Silence, Trait
from peerhood.people.own_data import asking
from peerhood.rooms import presence
from peerhood.rooms.models import Moment
from peerhood.stories.models import Comment, Following, Newsroom, Pulse, Recording, Reply, Story, Thread
from peerhood.themes import proposing
from peerhood.themes.models import Adoption
from tests.access import world

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


def plant(makers, ada, ben, chi, newcomer):
    """Put Ben into a full world, with a canary in every text that is his."""
    built = world.build(makers, organiser=ada, host=chi, member=ben, newcomer=newcomer)
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
    Together.objects.create(person=ben, group="hosts")
    quiet_hours.choose(ben, time(22), time(8))
    FailingAddress.objects.create(address=MAIN, failures_count=1)
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
    later.capacity, later.going_count, later.room_taken, later.waiting_count = 1, 1, 1, 1
    later.save()
    mine = later.rsvps.create(person=ben, status="going", guest_names=["Canary Guest"])
    Needs.objects.create(rsvp=mine, diet="canarynuts", access="canaryramp")
    journal.record("rsvp.chosen", mine, by=ada, reason="Canary reason")
    later.holds.create(address=MAIN, token_hash="0", ends_at=now())
    later.rsvps.create(person=chi, status="waitlisted", companion=ben, buddy=ben)
    later.hosts.add(ben)
    built.gathering.agenda.filter(position=0).update(speaker=NAME)
    theme = proposing.propose(makers, ben, f"Theme {SHARED}", "What now?")
    one, other = sorted((chi, ben), key=lambda each: each.pk)
    Connection.objects.create(
        one=one, other=other, one_said_at=now(), other_said_at=now(), met_at=built.gathering
    )
    Note.objects.create(owner=ben, about=ada, text="canarynote about Ada")
    TalkedAbout.objects.create(owner=ben, about=ada, gathering=built.gathering, words="canaryline")
    TalkedAbout.objects.create(owner=ada, about=ben, gathering=built.gathering, words="Soup.")
    Note.objects.create(owner=ada, about=ben, text="Ring again in spring.")
    Entry.objects.create(
        person=ben,
        gathering=built.gathering,
        title="canarylesson",
        day=now().date(),
        quarters=4,
        learned="canarylearned",
        reflection="canaryreflection",
        evidence="canaryevidence",
    )
    Cycle.objects.create(person=ben, certification="pmp", starts_on="2026-01-01", ends_on="2028-12-31")
    Certificate.objects.filter(holder=ben).update(
        name=NAME,
        title="canarycertificate",
        outcomes="canaryoutcome",
        withdrawn_at=now(),
        withdrawn_with="canaryreason",
    )
    YearSummary.objects.create(owner=ben, year=2026, words="canaryyear")
    Uncounted.objects.create(owner=ben, gathering=built.gathering)
    # What he said of himself, shares and helps with is in the world already, and where he goes.
    figure = SkillFigure.objects.create(circle=built.circle, key="own-1", counts=[0, 0, 6, 0, 0])
    SkillFigureAnswer.objects.create(figure=figure, person=ben, level=3)
    OutsideEvent.objects.filter(circle=built.circle).update(why=SHARED, place=SHARED)
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
    StandingRsvp.objects.create(series=poll.series, person=ben)
    MemberStory.objects.create(circle=circle, person=ben, title="Canary story", about="canaryabout")
    MemberStory.objects.create(circle=circle, person=chi, title="Theirs", buddy=ben)
    SavedAgenda.objects.filter(circle=circle).update(saved_by=ben)
    poll.slots.first().answers.create(person=ben, said="yes")
    held = CoHosting.objects.filter(gathering__circle=circle).first()
    held.asked_by = held.answered_by = ben
    held.answered_at = now()
    held.save()
    PutAway.objects.create(owner=ben, about=ada)
    PutAway.objects.get_or_create(owner=ada, about=ben)
    Silence.objects.create(owner=ben, about=ada, kind="not-with")
    Silence.objects.create(owner=chi, about=ben, kind="block")


def have_coffee(ben, ada, chi, built) -> None:
    """Ask and be asked, take part, climb, dare, thank and be thanked."""
    soon = {"time_zone": "Europe/Stockholm", "place": "canaryplace"}
    soon |= {name: now() + timedelta(days=2) for name in ("first_at", "second_at", "last_at")}
    Coffee.objects.create(asker=ben, asked=chi, words="canarycoffee", **soon)
    Coffee.objects.create(
        asker=chi,
        asked=ben,
        **(soon | {"place": "The mill"}),
        state="agreed",
        chosen_at=now() + timedelta(days=2),
    )
    Coffee.objects.create(
        asker=ben,
        asked=ada,
        words="canarycoffee",
        **{**soon, "state": "agreed"},
        chosen_at=now() - timedelta(days=9),
    )
    NoCoffee.objects.create(person=ben)
    CoffeeHabit.objects.create(circle=built.circle, person=ben, every_round=True)
    for days in (2, -9):
        at = now() + timedelta(days=days)
        round = CoffeeRound.objects.create(circle=built.circle, pairs_at=at, ends_at=at + timedelta(days=6))
        CoffeeRound.objects.filter(pk=round.pk, pairs_at__lt=now()).update(paired_at=at)
        CoffeeSeat.objects.create(round=round, person=ben, pair=1 if days < 0 else None)
    LadderTick.objects.create(person=ben, rung="question")
    holding_out.choose(ben, "badge", ["email"])
    LeftCard.objects.create(owner=chi, leaver=ben, shows=["email"])
    LeftCard.objects.create(owner=ben, leaver=ada)
    Dare.objects.create(person=ben, gathering=built.gathering, card="say-hello")
    ThankYou.objects.create(sender=ben, receiver=ada, text="canarythanks")
    ThankYou.objects.create(sender=ada, receiver=ben, text="canarythanks back")


def be_introduced(ben, ada, chi) -> None:
    """Ask, be asked, be named, and be reached."""
    going_on = {"ends_at": now() + timedelta(days=9), "reason": "Peas."}
    of_three = (
        {"asker": ben, "go_between": ada, "wish": "canarywish", "reason": "canaryreason"},
        {"asker": ada, "go_between": ben, "line": "canaryintro", "target": chi, "passed_to": chi, "state": "passed"},
        {"asker": ada, "go_between": chi, "wanted": ben, "target": ben, "passed_to": ben, "state": "passed"},
    )  # fmt: skip
    for three in of_three:
        Introduction.objects.create(**going_on | three)


def tell_of_opportunities(ben, ada, circle) -> None:
    """Ben tells of one, is interested in Ada's and reports it, and is open to talk."""
    day = now().date()
    said = {"circle": circle, "kind": "job", "last_day": day, "dated_on": day}
    Opportunity.objects.create(author=ben, title="canaryjob", text="canaryjob", **said)
    theirs = Opportunity.objects.create(author=ada, title="A desk", **said)
    Interest.objects.create(opportunity=theirs, person=ben, words="canaryinterest")
    OpportunityReport.objects.create(opportunity=theirs, by=ben, text="canaryreport")
    until = now() + timedelta(days=9)
    OpenToTalk.objects.create(person=ben, kinds=["job"], words="canarytalk", ends_at=until).circles.add(
        circle
    )


def have_mentoring(ben, ada, circle) -> None:
    """Ben mentors and is mentored; of each, one pair of which Ada has written for herself, and one of which not."""
    MentorOffer.objects.create(circle=circle, person=ben, about="canarymentor")
    days = {"starts_on": now().date(), "ends_on": now().date() + timedelta(days=30)}
    for mentor, mentee in ((ben, ada), (ada, ben)):
        two = {"circle": circle, "mentor": mentor, "mentee": mentee}
        MentoringAsk.objects.create(
            **two, why="canarywhy", goals="canarygoal", ends_on=days["ends_on"], state="declined"
        )
        for is_written in (True, False):
            pair = MentoringPair.objects.create(**two, **days)
            pair.goals.create(position=0, text="canarygoal")
            pair.notes.create(person=ben, text="canarymentoring", gained="canarygain")
            if is_written:
                pair.notes.create(person=ada, text="Slowly.")


def do_everything(ben, ada, chi, built) -> None:
    """Be named in every other way there is."""
    have_coffee(ben, ada, chi, built)
    be_introduced(ben, ada, chi)
    tell_of_opportunities(ben, ada, built.circle)
    have_mentoring(ben, ada, built.circle)
    mine = Pitch.objects.create(person=ben, title="canarypitch", text="canarypitch")
    PitchCard.objects.create(pitch=mine, peer=ada, heard="Much.", written_at=now())
    hers = Pitch.objects.create(person=ada, title="Hers", text="Hers.")
    PitchCard.objects.create(pitch=hers, peer=ben, heard="canaryheard", stayed="canarystayed")
    do_everything_in_a_circle(ben, ada, chi, built.circle)
    ben.groups.add(Group.objects.create(name="Keepers"))
    ben.user_permissions.add(Permission.objects.first())
    Story.objects.create(
        circle=built.circle,
        author=ben,
        title=SHARED,
        slug=SHARED,
        text=SHARED,
        language="en",
        teaser=SHARED,
        affiliations="Canary Corp",
    )
    asked = Thread.objects.create(
        circle=built.circle, author=ben, kind="question", title=SHARED, text=SHARED, reply_by=now().date()
    )
    in_a_week = now() + timedelta(days=7)
    Thread.objects.create(
        circle=built.circle, author=ben, kind="moan", title="canary moan", ends_at=in_a_week
    )
    moaned = Thread.objects.create(
        circle=built.circle, author=ada, kind="moan", title="Oh", ends_at=in_a_week
    )
    Reply.objects.create(thread=asked, author=ben, text=SHARED)
    Pulse.objects.filter(circle=built.circle).update(asked_by=ben, ask=SHARED)
    Reply.objects.create(thread=moaned, author=ben, text="canary reply")
    told = Story.objects.exclude(author=ben).filter(circle=built.circle).first()
    told.co_authors.create(person=ben, affiliations="Canary Corp, board", agreed_at=now())
    told.co_authors.create(person=chi, asked_by=ben)
    told.revisions.create(version=1, title=SHARED, teaser=SHARED, text=SHARED, by=ben)
    Newsroom.objects.create(circle=built.circle).editors.add(ben)
    told = Story.objects.filter(circle=built.circle).exclude(author=ben).first()
    said = told.comments.create(author=ben, text=f"Comment {SHARED}", language="en")
    told.comments.create(author=ben, text="canaryheld", language="en", state=Comment.State.HELD)
    told.comments.create(guest_name="canaryguest", guest_address=MAIN, text="x", language="en", state="held")
    theirs = told.comments.create(author=chi, parent=said, depth=1, text="Indeed.", language="en")
    theirs.reports.create(by=ben, text="canaryreport")
    Following.objects.create(story=told, person=ben)
    Recording.objects.create(
        item=built.gathering.agenda.first(),
        title=f"Talk {SHARED}",
        url="https://vimeo.com/2",
        language="en",
        attached_by=ben,
        agreed_at=now(),
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
    ada_here.greeter = ben
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
        # One of them is mutual in the world; here nobody has said a word.
        nobody = {"one_said_at": None, "other_said_at": None}
        Connection.objects.update_or_create(one=one, other=other, defaults=nobody)

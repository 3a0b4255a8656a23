"""One of everything, twice: in Makers, which the public may know of, and in the Forum, which it may not.

Ada organises, Chi hosts the gathering, Ben is a member, Dot is outside.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localdate, now

from peerhood.circles import competing, handing_over, reporting, together
from peerhood.circles import urls as circle_urls
from peerhood.circles.entering import links
from peerhood.circles.models import Circle, Import, Membership
from peerhood.circles.seeding import planting as planting_seeds
from peerhood.connections.cards import holding_out, leaving
from peerhood.connections.models import (
    Coffee,
    CoffeeCadence,
    CoffeeRound,
    CoffeeSeat,
    Connection,
    Introduction,
    LeftCard,
    ThankYou,
)
from peerhood.gatherings import co_hosting, member_stories, polling
from peerhood.gatherings.arriving import tickets
from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.models import AgendaItem, Gathering, Rsvp, Series
from peerhood.gatherings.series import saved_agendas
from peerhood.growth import urls as growth_urls
from peerhood.growth.mentoring import asking as mentors
from peerhood.growth.models import (
    Assessment,
    Certificate,
    CircleSkill,
    MentoringAsk,
    MentoringPair,
    Pitch,
    SkillOffer,
    SkillShare,
)
from peerhood.growth.opportunities import moderating, posting
from peerhood.mixing import planning, rounds
from peerhood.mixing.models import Encounter
from peerhood.notices import choices, sending
from peerhood.people.models import Person, Photo, PutAway
from peerhood.people.own_data import asking, exporting
from peerhood.rooms import running
from peerhood.rooms.formats import adopting
from peerhood.rooms.formats import urls as format_urls
from peerhood.rooms.models import Pot
from peerhood.stories import urls as story_urls
from peerhood.stories.comments import following
from peerhood.stories.models import Following, Pulse, Recording, Story, Topic
from peerhood.stories.threads import asking as asking_circle
from peerhood.stories.threads import replying
from peerhood.themes import ballots, proposing

CANARY = "Gryningsforum"
OF_A_SEED = [
    f"circles:{pattern.name}" for pattern in circle_urls.urlpatterns if pattern.name.startswith("seed")
]
OF_A_STORY = [
    f"gatherings:{name}" for name in ("put_story_on", "take_story_back", "listen_to_story", "listen_no_more")
]
OF_A_CO_HOSTING = [f"gatherings:{name}" for name in ("co_hosting", "agree", "decline", "part")]
OF_A_RECORDING = [
    f"stories:{name}" for name in ("recording", "watch_recording", "edit_recording", "remove_recording")
]
OF_A_COMMENT = [
    f"stories:{each.name}" for each in story_urls.urlpatterns if "comments/<int:pk>" in str(each.pattern)
]
OF_A_GATHERING_BEHIND = [
    f"growth:{name}"
    for name in (
        "attended",
        "put_away",
        "bring_back",
        "fetch_certificate",
        "offer_certificates",
        "stop_certificates",
        "take_certificate_back",
    )
]
OF_A_CERTIFICATE = (
    *("certificate", "certificate_paper", "certificate_badge", "withdraw_certificate", "put_in_force"),
)
OF_A_SERIES = [
    f"gatherings:{name}"
    for name in ("series", "edit_series", "draft_series", "draft_year", "stand", "stand_no_more")
]
OF_AN_AGENDA = ["gatherings:saved_agenda", "gatherings:delete_agenda"]
OF_A_POLL = [
    f"gatherings:{name}"
    for name in ("new_poll", "poll", "answer_poll", "choose_date", "close_poll", "reopen_poll", "remind_poll")
]
OF_A_COFFEE = ("coffee", "coffee_accept", "coffee_decline", "coffee_call_off", "coffee_met")
OF_AN_INTRODUCTION = [
    f"introduction{name}" for name in ("", "_pass_on", "_leave", "_accept", "_decline", "_withdraw")
]
OF_A_COFFEE_ROUND = (
    *("coffee_rounds", "coffee_habit", "coffee_cadence", "coffee_stop"),
    *("coffee_join", "coffee_skip"),
)
OF_A_CARD = [f"connections:card_{name}" for name in ("shown", "file", "leave", "take_back")]
OF_SKILLS = (
    *("own_skills", "assess_own_skills", "circle_skills", "share_skills", "share_skills_no_more"),
    *("skill_list", "offer_help", "helpers", "in_circle"),
)
OF_AN_OUTSIDE_EVENT = [
    each.name for each in growth_urls.urlpatterns if str(each.pattern).startswith("outside/")
]
OF_AN_OPPORTUNITY = [
    *("opportunities", "post_opportunity", "open_to_talk_in", "reported_opportunities", "opportunity"),
    *("interested", "not_interested", "report_opportunity", "hide_opportunity", "show_opportunity"),
    *(f"{name}_opportunity" for name in ("edit", "close", "reopen", "renew", "remove")),
]
OF_A_FORMAT = [f"rooms:{pattern.name}" for pattern in format_urls.urlpatterns]
OF_A_PULSE = ("ask_pulse", "pulse", "draw_for_pulse", "remove_pulse")
OF_A_THREAD = ["threads", "ask_circle", "moan", "thread", "another_day", "remove_thread", "remove_reply"]


@dataclass
class World:
    """Everything a URL may need to name, of one circle."""

    circle: Circle
    gathering: Gathering
    kwargs: dict[str, dict[str, object]]


def build(circle: Circle, organiser: Person, host: Person, member: Person, newcomer: Person) -> World:
    """A circle in the middle of its evening: room open, ballot running, one round of tables shown."""
    circle.memberships.get_or_create(person=host)
    series = Series.objects.create(
        circle=circle, name="Evenings", template="flashmob-evening", starts_at_time="18:00", capacity=20
    )
    gathering = Gathering.objects.create(
        circle=circle,
        series=series,
        title=f"Evening of {circle.name}",
        state=Gathering.State.PUBLISHED,
        published_at=now(),
        starts_at=now() + timedelta(hours=2),
        ends_at=now() + timedelta(hours=5),
        time_zone="Europe/Stockholm",
        capacity=20,
    )
    gathering.hosts.add(host)
    for position, kind in enumerate(("arrival", "mixing", "ballot")):
        AgendaItem.objects.create(
            gathering=gathering, position=position, kind=kind, title=kind.title(), length_minutes=20
        )
    extra = Person.objects.create_user(f"extra@{circle.slug}.example.org", name="Extra Ek", welcomed_at=now())
    for person in (organiser, host, member, extra):
        gathering.rsvps.create(person=person, status=Rsvp.Status.GOING)
    Gathering.objects.filter(pk=gathering.pk).update(going_count=4, room_taken=4)
    gathering.refresh_from_db()
    applied = circle.memberships.create(person=newcomer, state=Membership.State.APPLIED)
    applied.applications.create(route="Curious.", answers=[["Why?", "I am alone at work."]])
    circle.agreements.create(version=1, text=f"What is said at {circle.name} stays there.")
    link, token = links.make(circle, by=organiser)
    handing_over.offer(circle.memberships.get(person=host), by=organiser)
    theme = proposing.propose(circle, member, "One page for the board", "How do you do it?")
    plan = planning.make_plan(gathering, by=organiser, rounds_count=2, table_size=2)
    round = rounds.publish(plan.rounds.first(), by=organiser)
    seat = round.seats.first()
    room = running.open_room(gathering, by=organiser)
    by_format = AgendaItem.objects.create(
        gathering=gathering, position=3, kind="format", title="Together", length_minutes=20
    )
    adopting.adopt(by_format, "fishbowl", by=organiser)
    ballot = ballots.open_ballot(gathering, by=organiser)
    pot = room.pots.create(present_count=6, fewest_present=5, fewest_notes=3, state=Pot.State.POURED)
    heading = pot.groups.create(title=f"Of {circle.name}", position=1)
    note = pot.notes.create(text=f"Less of {circle.name}.", nullifier=f"of {circle.pk}", group=heading)
    one, other = sorted((organiser, member), key=lambda person: person.pk)
    Encounter.objects.create(circle=circle, gathering=gathering, round_number=9, one=one, other=other)
    story_to_tell = member_stories.offer(circle, member, "What we measured")
    story = Story.objects.create(
        circle=circle,
        author=organiser,
        title=f"What {circle.name} learned",
        slug=f"story-of-{circle.slug}",
        text="Much.",
        language="en",
        published_at=now(),
    )
    pulse = Pulse.objects.create(
        circle=circle, asked_by=member, ask=f"Of {circle.name}", asked_count=6, last_member_pk=10**9
    )
    topic = Topic.objects.create(name=f"Topic of {circle.name}", slug=f"topic-of-{circle.slug}")
    story.topics.add(topic)
    story.pictures.create(number=1, content=b"RIFF", width=1, height=1, alt="A table", credit="Ours")
    story.revisions.create(version=0, title=story.title, text=story.text, by=organiser)
    comment = story.comments.create(author=member, text=f"Of {circle.name}", language="en")
    held = story.comments.create(guest_name=f"Of {circle.name}", text="Hm.", language="en", state="held")
    recording = Recording.objects.create(
        item=gathering.agenda.first(),
        title=f"Heard at {circle.name}",
        url="https://vimeo.com/1",
        language="en",
        agreed_at=now(),
    )
    imported = Import.objects.create(
        circle=circle,
        by=organiser,
        file_name="members.csv",
        source="own",
        outcome={"planned": dict.fromkeys(("add", "invite", "update"), 0)},
    )
    PutAway.objects.get_or_create(owner=organiser, about=member)
    Photo.objects.get_or_create(person=member, defaults={"small": b"RIFF", "large": b"RIFF"})
    member.photo_digest = "0123456789abcdef"
    member.save()
    competition = competing.declare(circle, "Lindvik", "Havsrud", by=organiser)
    report = reporting.report(circle, host, "They did not let anybody speak.", by=member)
    # Whoever has the link may know of a seed; it is not the circle's, and does not name it.
    seed = planting_seeds.draft(
        organiser,
        name=f"A seed beside circle {circle.pk}",
        purpose="Peers.",
        language="en",
        time_zone="Europe/Stockholm",
        threshold=300,
        size=400,
        themes=["Risk"],
    )
    seed_token = planting_seeds.plant(seed, by=organiser)
    series.refresh_from_db()
    poll = polling.open_poll(series, polling.proposed_starts(series), by=organiser, title="Risk")
    saved = saved_agendas.save(gathering, "Our evening", by=organiser)
    of_member = circle.memberships.get(person=member)
    changed = together.carry_out(circle, [of_member.pk], "greeter", by=organiser)
    together.carry_out(circle, [of_member.pk], "member", by=organiser)
    exporting.make_or_stop(asking.ask(member).pk)
    # A circle next door is asked to hold a gathering to come, too; it names nothing of this one.
    neighbour = Circle.objects.create(
        name=f"Next door to {circle.pk}",
        slug=f"next-door-{circle.pk}",
        purpose="Peers.",
        language="en",
        time_zone="Europe/Stockholm",
    )
    neighbour.memberships.create(person=organiser, role=Membership.Role.ORGANISER)
    asked = co_hosting.ask(gathering, neighbour, by=organiser)
    mail = sending.send(organiser, "circles/accepted", circle=circle)
    rsvp = gathering.rsvps.get(person=member)
    coffee, coffee_round, cup, thanks = _coffee(circle, organiser, member, host)
    card = holding_out.choose(organiser, "phone", ["email"])
    leaving.leave(card, host, ["email"])
    left = LeftCard.objects.get(owner=organiser, leaver=host)
    introduction = _introduction(organiser, member, host)
    certificate = Certificate.objects.create(
        holder=member,
        gathering=gathering,
        achievement_uid=uuid4(),
        name=member.name,
        title=f"An evening of {circle}",
        outcomes="Knows more.",
        provider=circle.name,
        day=localdate(),
        quarters=4,
        language="en",
    )
    skill, conference = _growth(circle, member)
    of_poll = {"pk": poll.pk, "slot_pk": poll.slots.first().pk, "series_pk": series.pk}
    of_gathering = {"pk": gathering.pk}
    of_circle = {"slug": circle.slug}
    of_year = {"year": localdate().year}
    of_theme = {**of_circle, "pk": theme.pk, "theme_pk": theme.pk}
    question = asking_circle.ask(circle, by=member, title="Who has done this?", text="", reply_by=localdate())
    opportunity = posting.post(
        circle,
        by=member,
        kind="job",
        title=f"A desk at {circle.name}",
        last_day=localdate() + timedelta(days=9),
    )
    moderating.report(opportunity, "This is no job.", by=host)
    of_thread = {
        "slug": circle.slug,
        "pk": question.pk,
        "reply_pk": replying.reply(question, "I have, in a way.", by=member).pk,
    }
    kwargs = {
        "circles": {**of_circle, "pk": applied.pk},
        "circles:report": {"pk": member.pk},
        "circles:report_detail": {**of_circle, "pk": report.pk},
        "circles:greet": {**of_circle, "pk": of_member.pk},
        "circles:greet_instead": {**of_circle, "pk": of_member.pk},
        "circles:undo_together": {**of_circle, "pk": changed.pk},
        "circles:conflict_withdraw": {**of_circle, "pk": competition.pk},
        "circles:follow": {"token": token},
        "circles:revoke_link": {**of_circle, "pk": link.pk},
        "circles:import": {**of_circle, "pk": imported.pk},
        "circles:import_confirm": {**of_circle, "pk": imported.pk},
        "circles:import_cancel": {**of_circle, "pk": imported.pk},
        **{route: {"pk": seed.pk, "token": seed_token} for route in OF_A_SEED},
        **dict.fromkeys(OF_A_POLL, of_poll),
        **{route: {"pk": asked.pk} for route in OF_A_CO_HOSTING},
        **{route: {"pk": series.pk} for route in OF_A_SERIES},
        **{route: {"pk": saved.pk} for route in OF_AN_AGENDA},
        "gatherings:new_series_of_own": {**of_circle, "saved_pk": saved.pk},
        # A link that is over: what one that works shows is the tests' of the links to say.
        "gatherings:answer_by_mail": {**of_gathering, "token": "over"},
        "gatherings:arrival": {**of_gathering, "token": tickets.address_of(rsvp).split("/")[-2]},
        **{route: {**of_circle, "pk": story_to_tell.pk} for route in OF_A_STORY},
        "gatherings": {
            **of_gathering,
            **of_circle,
            "rsvp_pk": rsvp.pk,
            "template": "flashmob-evening",
            "sheet": "badges",
            # A mail that was not written; the tests of writing look at one that was.
            "digest": "none",
        },
        "themes": of_theme,
        "themes:ballot": {**of_theme, "pk": ballot.pk},
        "themes:close": {**of_theme, "pk": ballot.pk},
        "themes:choose": {**of_theme, "pk": ballot.pk},
        "themes:draft": {**of_theme, "pk": ballot.pk},
        "mixing": {**of_gathering, "number": round.number, "seat": seat.pk, "person_pk": seat.person_id},
        "rooms": {
            **of_gathering,
            "code": room.code,
            "item_pk": gathering.agenda.first().pk,
            "theme_pk": theme.pk,
            "note_pk": note.pk,
            "number": round.number,
            "program": "zoom",
            "pot_pk": pot.pk,
        },
        **{route: {**of_gathering, "item_pk": by_format.pk, "key": "fishbowl"} for route in OF_A_FORMAT},
        "connections": {**of_gathering, "person_pk": other.pk, "kind": "phone"},
        **{route: {"token": holding_out.token_of(card)} for route in OF_A_CARD},
        "connections:left_card_keep": {"pk": left.pk},
        "connections:left_card_decline": {"pk": left.pk},
        **{f"stories:{name}": of_thread for name in OF_A_THREAD},
        **{f"stories:{name}": {**of_circle, "pk": pulse.pk} for name in OF_A_PULSE},
        "stories": {"slug": story.slug, "number": 1, "version": 0, "pk": organiser.pk},
        "stories:newsroom": of_circle,
        "stories:topic": {"slug": topic.slug},
        **{f"connections:{name}": {"pk": coffee.pk} for name in OF_A_COFFEE},
        **{f"connections:{name}": {"pk": organiser.pk} for name in ("person", "end", "coffee_ask")},
        **{f"connections:{name}": {"pk": introduction.pk} for name in OF_AN_INTRODUCTION},
        "connections:introduction_ask": {"pk": host.pk},
        **{f"connections:{name}": {**of_circle, "pk": coffee_round.pk} for name in OF_A_COFFEE_ROUND},
        "connections:coffee_round_met": {**of_circle, "pk": cup.pk},
        "connections:ladder_tick": {"rung": "question"},
        "connections:thanks_write": {"pk": organiser.pk},
        "connections:thanks_remove": {"pk": thanks.pk},
        # Hours are their owner's alone: whoever asks here has none, and the gathering is not over.
        "growth": {"pk": 0},
        **dict.fromkeys(OF_A_GATHERING_BEHIND, of_gathering),
        **{f"growth:{name}": {"uid": certificate.uid} for name in OF_A_CERTIFICATE},
        "growth:year": of_year,
        "growth:year_paper": of_year,
        # So is what somebody said of themselves; a circle's list and its outside events are its members'.
        **{f"growth:{name}": {**of_circle, "key": skill.key} for name in OF_SKILLS},
        **{f"growth:{name}": {**of_circle, "pk": conference.pk} for name in OF_AN_OUTSIDE_EVENT},
        **{f"growth:{name}": {**of_circle, "pk": opportunity.pk} for name in OF_AN_OPPORTUNITY},
        **_mentoring(circle, organiser, host, member),
        **_pitches(organiser, host, member),
        **{route: {"slug": story.slug, "pk": comment.pk} for route in OF_A_COMMENT},
        **{
            route: {"slug": story.slug, "pk": held.pk}
            for route in ("stories:let_through_comment", "stories:refuse_comment")
        },
        **{route: {"pk": recording.pk} for route in OF_A_RECORDING},
        "stories:attach_recording": {"pk": gathering.agenda.first().pk},
        **dict.fromkeys(("stories:playlist", "stories:add_line", "stories:take_out_line"), of_gathering),
        "stories:comments_off": {
            "link": following.link_for(Following(story=story, person=member)).split("/")[-2]
        },
        "pages": {**of_circle, **of_gathering, "step": "invite"},
        # Somebody else's device: whoever asks here has none of that number.
        "pages:sign_out_device": {"pk": 0},
        "pages:leave_mails": {"link": choices.link_for(member.pk, choices.Group.APPLICATIONS)},
        "gatherings:own_feed": {"token": feeds.make(member)},
        "people": {"pk": member.pk, "level": "members"},
        "people:photo": {"pk": member.pk, "digest": member.photo_digest, "size": "small"},
        "demo": {"pk": mail.pk},
        # Ids of things that are the person's own: whoever asks here has none.
        "mfa_remove_webauthn": {"pk": 0},
    }
    return World(circle, gathering, kwargs)


def _pitches(organiser, host, member) -> dict[str, dict[str, object]]:
    """The organiser has asked the host, and the member has asked the organiser."""
    mine = Pitch.objects.create(person=organiser, title="For a fair", text="I help.")
    theirs = Pitch.objects.create(person=member, title="For a lift", text="I ask.")
    asked = mine.cards.create(peer=host)
    to_write = theirs.cards.create(peer=organiser)
    of_pitch = {"pk": mine.pk, "card_pk": asked.pk, "person_pk": member.pk}
    of_pitches = ("pitch", "edit_pitch", "remove_pitch", "pitch_peers", "ask_about_pitch", "take_pitch_back")
    return {
        **{f"growth:{name}": of_pitch for name in of_pitches},
        **{f"growth:{name}": {"pk": to_write.pk} for name in ("pitch_card", "put_pitch_card_away")},
    }


def _mentoring(circle, organiser, host, member) -> dict[str, dict[str, object]]:
    """The host offers it; the member asks the organiser, who mentors the host."""
    offer = mentors.offer(circle, by=host, about=f"Things of {circle.name}", cap=2)
    day, two = localdate() + timedelta(days=30), MentoringAsk.objects.between(organiser, member)
    asked = MentoringAsk.objects.create(
        circle=circle,
        mentor=organiser,
        mentee=member,
        why="I am alone.",
        goals="To ask",
        ends_on=day,
        # They may be in a second world, too, and one is open for a pair.
        state="withdrawn" if two.filter(state="open").exists() else "open",
    )
    pair = MentoringPair.objects.create(
        circle=circle, mentor=organiser, mentee=host, starts_on=localdate(), ends_on=day
    )
    goal = pair.goals.create(position=0, text="To wait")
    of_offer = {"slug": circle.slug, "pk": offer.pk}
    of_ask, of_pair = {"pk": asked.pk}, {"pk": pair.pk, "goal_pk": goal.pk}
    of_pairs = ("pair", "goals", "tick", "note", "gained", "prolong", "answer", "end")
    return {
        **{
            f"growth:{name}": of_offer
            for name in ("mentors", "offer_mentoring", "stop_mentoring", "ask_mentor")
        },
        **{f"growth:mentoring_{name}": of_ask for name in ("ask", "accept", "decline", "take_back")},
        **{f"growth:mentoring_{name}": of_pair for name in of_pairs},
    }


def _coffee(circle, organiser, member, host):
    """The organiser asks the member to coffee and thanks them; a round is open, and one was held."""
    at = now() + timedelta(days=2)
    # They may be in a second world, too, and one invitation is open for a pair.
    is_second = Coffee.objects.between(organiser, member).open().exists()
    coffee = Coffee.objects.create(
        asker=organiser,
        asked=member,
        first_at=at,
        second_at=at + timedelta(days=1),
        last_at=at + timedelta(days=1),
        time_zone="Europe/Stockholm",
        place="The mill",
        state=Coffee.State.AGREED if is_second else Coffee.State.OPEN,
        chosen_at=at if is_second else None,
    )
    ends_at = at + timedelta(days=6)
    CoffeeCadence.objects.create(circle=circle, next_on=(now() + timedelta(days=9)).date())
    is_open = CoffeeRound.objects.create(circle=circle, pairs_at=at, ends_at=ends_at)
    held = CoffeeRound.objects.create(
        circle=circle, pairs_at=now() - timedelta(days=7), ends_at=now(), paired_at=now() - timedelta(days=7)
    )
    cup = CoffeeSeat.objects.create(round=held, person=member, pair=1)
    CoffeeSeat.objects.create(round=held, person=host, pair=1)
    thanks = ThankYou.objects.create(sender=organiser, receiver=member, text="Thanks.")
    return coffee, is_open, cup, thanks


def _introduction(organiser, member, host):
    """The member asks the organiser, whom they keep, to introduce them to the host; and it was passed on."""
    one, other = sorted((organiser, member), key=lambda person: person.pk)
    said = {"one_said_at": now(), "other_said_at": now()}
    Connection.objects.get_or_create(one=one, other=other, defaults=said)
    return Introduction.objects.create(
        asker=member,
        go_between=organiser,
        wanted=host,
        passed_to=host,
        target=host,
        reason="Peas.",
        state=Introduction.State.PASSED,
        ends_at=now() + timedelta(days=9),
    )


def _growth(circle, member):
    """A list of the circle's own, which the member answered, shares and helps with; and a conference they go to."""
    skill = CircleSkill.objects.create(circle=circle, name=f"Skill of {circle.name}", position=1)
    Assessment.objects.create(person=member, circle=circle, levels={skill.key: 3})
    SkillShare.objects.create(person=member, circle=circle)
    SkillOffer.objects.create(person=member, circle=circle, key=skill.key)
    day = localdate() + timedelta(days=30)
    conference = circle.outside_events.create(
        listed_by=member, title=f"Conference of {circle.name}", starts_on=day, ends_on=day, is_online=True
    )
    conference.going.create(person=member, is_shown=True)
    return skill, conference


def routes(
    resolver: URLResolver | None = None, namespace: str = "", parameters: tuple = ()
) -> list[tuple[str, list[str]]]:
    """Every named route of the site with the names of its parameters, in the order of the line of steps."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        names = (*parameters, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            found += routes(pattern, pattern.namespace or namespace, names)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            found.append((name, list(names)))
    return found

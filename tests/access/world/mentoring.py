"""The host offers it; the member asks the organiser, who mentors the host."""

from datetime import timedelta

from django.utils.timezone import localdate

from peerhood.growth.mentoring import asking
from peerhood.growth.models import MentoringAsk, MentoringPair
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene

OF_AN_OFFER = ("mentors", "offer_mentoring", "stop_mentoring", "ask_mentor")
OF_AN_ASK = ("ask", "accept", "decline", "take_back")
OF_A_PAIR = ("pair", "goals", "tick", "note", "gained", "prolong", "answer", "end")


def plant(scene: Scene) -> Kwargs:
    circle, organiser, host, member = scene.circle, scene.organiser, scene.host, scene.member
    offer = asking.offer(circle, by=host, about=f"Things of {circle.name}", cap=2)
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
    of_offer = {**scene.of_circle, "pk": offer.pk}
    of_ask, of_pair = {"pk": asked.pk}, {"pk": pair.pk, "goal_pk": goal.pk}
    return {
        **{f"growth:{name}": of_offer for name in OF_AN_OFFER},
        **{f"growth:mentoring_{name}": of_ask for name in OF_AN_ASK},
        **{f"growth:mentoring_{name}": of_pair for name in OF_A_PAIR},
    }

"""He mentors and is mentored; of each, one pair of which Ada has written for herself, and one of which not."""

from datetime import timedelta

from django.utils.timezone import now

from peerhood.growth.models import MentoringAsk, MentoringPair, MentorOffer
from tests.own_data.planted.cast import Cast


def plant(cast: Cast) -> None:
    ben, ada = cast.ben, cast.ada
    MentorOffer.objects.create(circle=cast.circle, person=ben, about="canarymentor")
    days = {"starts_on": now().date(), "ends_on": now().date() + timedelta(days=30)}
    for mentor, mentee in ((ben, ada), (ada, ben)):
        two = {"circle": cast.circle, "mentor": mentor, "mentee": mentee}
        MentoringAsk.objects.create(
            **two, why="canarywhy", goals="canarygoal", ends_on=days["ends_on"], state="declined"
        )
        for is_written in (True, False):
            pair = MentoringPair.objects.create(**two, **days)
            pair.goals.create(position=0, text="canarygoal")
            pair.notes.create(person=ben, text="canarymentoring", gained="canarygain")
            if is_written:
                pair.notes.create(person=ada, text="Slowly.")

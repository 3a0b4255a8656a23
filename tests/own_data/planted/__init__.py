"""Ben, planted: named in every way there is, with a canary in every text that is his.

He is a member of the world of the access tests; a module for each step adds what is named there.
"""

from tests.access import world
from tests.own_data.planted import (
    circles,
    coffee,
    connections,
    gatherings,
    growth,
    mentoring,
    mixing,
    notices,
    people,
    rooms,
    stories,
    themes,
)
from tests.own_data.planted.cast import Cast


def plant(makers, ada, ben, chi, newcomer):
    """Put Ben into a full world, with a canary in every text that is his."""
    built = world.build(makers, organiser=ada, host=chi, member=ben, newcomer=newcomer)
    ben.refresh_from_db()
    cast = Cast(ben, ada, chi, built.circle, built.gathering)
    people.plant(ben)
    notices.choose(ben)
    circles.plant(cast)
    later = gatherings.plant(cast)
    theme = themes.plant(cast)
    mixing.plant(cast)
    rooms.plant(cast)
    connections.plant(cast)
    coffee.plant(cast)
    stories.plant(cast)
    growth.plant(cast)
    mentoring.plant(cast)
    notices.write(cast)
    # Last of all: what he asks for, he asks for with everything there.
    people.come_by(ben)
    return ben, built, later, theme

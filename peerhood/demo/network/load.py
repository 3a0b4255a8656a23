"""Load: plant the demo network, stage by stage, whole or not at all."""

from collections.abc import Callable
from time import monotonic

from django.db import transaction
from django.utils.timezone import now

from peerhood.demo.network.ballots import plant_ballots
from peerhood.demo.network.circles import plant_circles
from peerhood.demo.network.connections.coffee import plant_coffee
from peerhood.demo.network.connections.introductions import plant_introductions
from peerhood.demo.network.connections.met import plant_connections
from peerhood.demo.network.formats import plant_formats
from peerhood.demo.network.gatherings import plant_gatherings
from peerhood.demo.network.growth.hours import plant_hours
from peerhood.demo.network.growth.mentoring import plant_mentoring
from peerhood.demo.network.growth.opportunities import plant_opportunities
from peerhood.demo.network.growth.outside import plant_outside_events
from peerhood.demo.network.growth.pitches import plant_pitches
from peerhood.demo.network.growth.skills import plant_skills
from peerhood.demo.network.guests import plant_guests
from peerhood.demo.network.people import plant_people
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.seeds import plant_seeds
from peerhood.demo.network.stories.said_after import plant_said_after
from peerhood.demo.network.stories.threads import plant_threads
from peerhood.demo.network.stories.told import plant_stories
from peerhood.demo.network.tables import plant_tables
from peerhood.demo.network.themes import plant_themes
from peerhood.demo.network.together import plant_together
from peerhood.platform import stamps
from peerhood.search import indexing

STAGES: tuple[Callable[[Planted], str], ...] = (
    plant_people,
    plant_circles,
    plant_gatherings,
    plant_formats,
    plant_guests,
    plant_together,
    plant_tables,
    plant_themes,
    plant_ballots,
    plant_connections,
    plant_coffee,
    plant_introductions,
    plant_stories,
    plant_threads,
    plant_said_after,
    plant_seeds,
    plant_hours,
    plant_skills,
    plant_outside_events,
    plant_opportunities,
    plant_mentoring,
    plant_pitches,
)


@transaction.atomic
def load(say: Callable[[str], None]) -> Planted:
    """Plant everything and say what stands after each stage."""
    planted = Planted(at=now())
    for stage in STAGES:
        begun = monotonic()
        counts = stage(planted)
        say(f"  {counts} ({monotonic() - begun:.1f} s)")
    begun = monotonic()
    rows = sum(indexing.write_everything().values())
    say(f"  {rows} rows to search in ({monotonic() - begun:.1f} s)")
    # A server that runs meanwhile keeps pages of an empty network.
    stamps.bump("gatherings", "stories", *(f"circles/{slug}" for slug in planted.circles))
    return planted

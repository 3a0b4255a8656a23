"""What is new is read from what was there: places taken, sequences, clocks on the wall."""

from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    Gathering = apps.get_model("gatherings", "Gathering")
    Gathering.objects.update(sequence=F("version"))
    online = Gathering.objects.filter(mode="online")
    online.update(online_capacity=F("capacity"), online_taken=F("going_count"))
    Gathering.objects.exclude(mode="online").update(room_taken=F("going_count"))
    apps.get_model("gatherings", "Rsvp").objects.filter(gathering__in=online).update(part="online")
    apps.get_model("gatherings", "Rsvp").objects.update(eligible_at=F("answered_at"))
    for gathering in Gathering.objects.only("starts_at", "time_zone").iterator(500):
        local = gathering.starts_at.astimezone(ZoneInfo(gathering.time_zone))
        Gathering.objects.filter(pk=gathering.pk).update(wall_day=local.date(), wall_clock=local.time())


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0007_the_whole_gathering")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

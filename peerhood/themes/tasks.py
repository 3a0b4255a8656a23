"""The worker notices that a gathering took place: nobody has to say so."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from peerhood.themes import deciding
from peerhood.themes.models import Adoption, Theme


@db_periodic_task(crontab(minute="*/10"))
def hold_what_took_place() -> None:
    took_place = Adoption.objects.current().held().filter(theme__state=Theme.State.SCHEDULED)
    for adoption in took_place.select_related("gathering")[:200]:
        deciding.hold(adoption)
    # A draft that was thrown away leaves its theme on no agenda.
    for theme in Theme.objects.scheduled().exclude(adoptions__in=Adoption.objects.current())[:200]:
        deciding.release(theme)

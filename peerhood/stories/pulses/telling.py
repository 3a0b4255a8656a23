"""Telling: when the week is over, the totals; or that too few have answered, and then nothing at all.

As when a pot is poured out, a crash on the way loses nothing and tells nothing by half: until the commit the answers
are in memory, and afterwards only the memory is left to be emptied.
"""

from collections import Counter
from functools import partial

from django.conf import settings
from django.db import transaction

from peerhood import journal
from peerhood.notices import sending
from peerhood.rooms.pot import spool
from peerhood.stories.models.pulse import Pulse, fewest


def tell_all_due() -> None:
    """The worker comes by every ten minutes, or twice at once: each pulse is told once."""
    for pulse in Pulse.objects.over():
        tell(pulse)


@transaction.atomic
def tell(pulse: Pulse) -> None:
    held = Pulse.objects.over().select_for_update(of=("self",)).select_related("circle", "asked_by")
    found = held.filter(pk=pulse.pk).first()
    if found is None:
        return
    totals = Counter(each for each in _answers(found) if each in Pulse.Answer.values)
    asker, found.asked_by = found.asked_by, None
    if totals.total() >= fewest():
        found.state, found.totals = Pulse.State.TOLD, {key: totals[key] for key in Pulse.Answer.values}
    else:
        found.state = Pulse.State.TOO_FEW
    found.save(update_fields=["state", "totals", "asked_by"])
    journal.record("pulse.told" if found.is_told() else "pulse.held_back", found.circle)
    if asker is not None:
        sending.send(asker, "stories/pulse_over", key=f"stories/pulse_over/{found.pk}", pulse=found)
    transaction.on_commit(partial(spool.forget, settings.POT_SPOOL, found.key))


def _answers(pulse: Pulse) -> list[str]:
    try:
        return [note.text for note in spool.close(settings.POT_SPOOL, pulse.key)]
    except spool.NoPot:
        # Memory was lost, and what nobody had seen with it.
        return []

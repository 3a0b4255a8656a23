"""The engine's contradictions, in the host's language and with names.

The engine knows people by number and speaks English; a host reads "two people are
pinned to one chair" with the people's names.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerhood.mixing.engine import Clash, Contradiction
from peerhood.people.models import Person

# What a host can bring about with the buttons there are; the rest cannot happen from a page.
SENTENCES = {
    "nobody": gettext_lazy("There is nobody to seat."),
    "table_overfull": gettext_lazy(
        "More people are pinned to table %(table)s in round %(rounds)s than it seats: %(people)s."
    ),
    "nowhere": gettext_lazy(
        "%(people)s is pinned to table %(table)s in round %(rounds)s, and there is no such table now."
    ),
    "pinned_twice": gettext_lazy("%(people)s is pinned to two tables in round %(rounds)s."),
    "pinned_while_absent": gettext_lazy(
        "%(people)s is pinned to table %(table)s in round %(rounds)s but is not here."
    ),
}


def sentences_of(contradiction: Contradiction) -> list[str]:
    """One sentence for each contradiction, with people's names."""
    ids = [person for clash in contradiction.clashes for person in clash.people]
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [_sentence(clash, names) for clash in contradiction.clashes]


def _sentence(clash: Clash, names: Mapping[Any, str]) -> str:
    sentence = SENTENCES.get(clash.kind) or _(
        "The pins and the number of people do not fit together. Let go of a pin."
    )
    return str(sentence) % {
        "people": ", ".join(names.get(person, "?") for person in clash.people),
        "table": clash.table,
        "rounds": ", ".join(map(str, clash.rounds)),
    }

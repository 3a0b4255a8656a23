"""Hours that two members have counted, each with a cycle that has some years to go; certificates, one of them fetched."""

from datetime import date

from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.gatherings.models import Gathering
from peerhood.growth.certificates.offering import may_give
from peerhood.growth.models import Certificate, CertificateOffer, Cycle, Entry
from peerhood.growth.recording import quarters_of
from peerhood.people.models import Person

WITH_HOURS = ("Inga Hagelro", "Imogen Thackwick")
# Later ones wait to be counted.
COUNTED = 2
OUTCOMES = {
    "en": "Knows how three others solve it\nHas one thing to try next week",
    "sv": "Vet hur tre andra löser det\nHar en sak att pröva nästa vecka",
}


def plant_hours(planted: Planted) -> str:
    came: dict[Person, list[Gathering]] = {}
    for gathering in [each for past in planted.past.values() for each in past]:
        for person in planted.present(gathering):
            came.setdefault(person, []).append(gathering)
    people = [person for person in came if person.name in WITH_HOURS]
    entries = plant(_entry(person, gathering) for person in people for gathering in came[person][:COUNTED])
    year = planted.at.year
    cycles = plant(
        Cycle(
            person=person,
            certification="pmp",
            starts_on=date(year - 1, 1, 1),
            ends_on=date(year + 1, 12, 31),
        )
        for person in people
    )
    # Where what is printed may say what it was.
    first = {came[person][0]: person for person in people if not came[person][0].circle.is_closed()}
    offers = plant(_offer(gathering) for gathering in first if may_give(gathering))
    # The others' wait to be fetched.
    fetched = plant(_certificate(offer, first[offer.gathering]) for offer in offers[:1])
    return (
        f"{len(entries)} entries of learning, {len(cycles)} cycles, {len(offers)} gatherings with certificates, "
        f"{len(fetched)} of them fetched"
    )


def _offer(gathering: Gathering) -> CertificateOffer:
    return CertificateOffer(
        gathering=gathering,
        title=gathering.title,
        outcomes=OUTCOMES[gathering.circle.language],
        quarters=max(quarters_of(gathering), 1),
    )


def _certificate(offer: CertificateOffer, person: Person) -> Certificate:
    gathering = offer.gathering
    return Certificate(
        holder=person,
        gathering=gathering,
        achievement_uid=offer.uid,
        name=person.name,
        title=offer.title,
        outcomes=offer.outcomes,
        quarters=offer.quarters,
        provider=gathering.circle.name,
        day=gathering.starts_at.astimezone(gathering.zone).date(),
        language=gathering.circle.language,
    )


def _entry(person: Person, gathering: Gathering) -> Entry:
    quarters = quarters_of(gathering)
    discreet = gathering.circle.is_closed()
    return Entry(
        person=person,
        gathering=gathering,
        title="Network meeting" if discreet else gathering.title,
        provider="" if discreet else gathering.circle.name,
        day=gathering.starts_at.astimezone(gathering.zone).date(),
        quarters=quarters,
        split={"ways": quarters - quarters // 2, "power": quarters // 2},
    )

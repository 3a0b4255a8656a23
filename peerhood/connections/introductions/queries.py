"""Reads: whom one may ask and name, and one's own introductions as each of the three reads them."""

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from peerhood.connections.models import Connection, Introduction, IntroductionQuerySet
from peerhood.people.models import Person, Silence
from peerhood.people.models.person import PersonQuerySet

State = Introduction.State


def kept_by(person: Person) -> PersonQuerySet:
    """Whom this person keeps, without those they would rather not be with.

    Whoever would rather not be with *them* is here: to be absent would tell.
    """
    pairs = Connection.objects.of(person)
    kept = Q(pk__in=pairs.values("one")) | Q(pk__in=pairs.values("other"))
    return _without_own_silences(Person.objects.filter(kept, is_active=True), person)


def may_be_named_by(person: Person) -> PersonQuerySet:
    """Whom this person may say they would like to meet: people of their circles whom they do not keep."""
    pairs = Connection.objects.of(person)
    near = Person.objects.filter(
        pk__in=Person.objects.sharing_a_circle_with(person).values("pk"), is_active=True
    )
    strangers = near.exclude(pk__in=pairs.values("one")).exclude(pk__in=pairs.values("other"))
    return _without_own_silences(strangers, person)


def may_be_passed_to(introduction: Introduction) -> PersonQuerySet:
    """To whom the one who was asked may pass it on: whom it names, if they keep them; in free words, whom they keep."""
    kept = kept_by(introduction.go_between).exclude(pk=introduction.asker_id)
    if introduction.wish:
        return kept
    return kept.filter(pk=introduction.wanted_id) if introduction.wanted_id else kept.none()


def _without_own_silences(people: PersonQuerySet, person: Person) -> PersonQuerySet:
    kept_from = Silence.objects.filter(owner=person).values("about")
    return people.exclude(pk=person.pk).exclude(pk__in=kept_from).not_hidden_from(person)


def wanted_as_read_by_go_between(introduction: Introduction) -> Person | None:
    """Whom it names, if the one who was asked may read that name anyway."""
    if introduction.wanted_id is None:
        return None
    keeps_them = Q(pk__in=kept_by(introduction.go_between).values("pk"))
    sees_them = Q(pk__in=Person.objects.visible_to(introduction.go_between).values("pk"))
    return Person.objects.filter(keeps_them | sees_them, pk=introduction.wanted_id).first()


def introductions_of(person: Person) -> IntroductionQuerySet:
    """What this person asked for, was asked to pass on, and was reached by; what waits for their answer first.

    The order hangs on nothing that an asker must not know.
    """
    everything = Introduction.objects.all()
    asked_for = everything.filter(asker=person).exclude(state=State.AGREED)
    seen = Person.objects.not_hidden_from(person).values("pk")
    agreed = everything.filter(
        Q(asker=person) | Q(go_between=person) | Q(target=person),
        state=State.AGREED,
        asker__in=seen,
        go_between__in=seen,
        target__in=seen,
    )
    parts = (asked_for, to_pass_on(person), to_answer(person), agreed)
    mine = Q()
    for part in parts:
        mine |= Q(pk__in=part.values("pk"))
    waits = Case(
        When(go_between=person, state=State.OPEN, then=Value(0)),
        When(target=person, state=State.PASSED, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    names = ("asker", "go_between", "wanted", "passed_to", "target")
    return everything.filter(mine).select_related(*names).order_by(waits, "-made_at", "-pk")


def to_pass_on(person: Person) -> IntroductionQuerySet:
    """What this person was asked for and has in hand: as long as the two keep each other."""
    asked = Introduction.objects.filter(go_between=person).going_on()
    ordered = Q(one=OuterRef("asker"), other=OuterRef("go_between"))
    reversed_ = Q(one=OuterRef("go_between"), other=OuterRef("asker"))
    kept = Connection.objects.of(person).filter(ordered | reversed_)
    return asked.filter(Exists(kept)).with_nobody_apart("asker", "go_between")


def to_answer(person: Person) -> IntroductionQuerySet:
    """What reached this person, answered quietly or not at all."""
    reached = Introduction.objects.filter(target=person, state__in=(State.PASSED, State.DECLINED)).going_on()
    return reached.with_nobody_apart("asker", "go_between", "target")


def keeps_the_others(person: Person, introduction: Introduction) -> bool:
    """Whether this person may still read the addresses of the two: they keep whoever of them they are not."""
    others = {introduction.asker_id, introduction.target_id} - {person.pk}
    kept = Connection.objects.of(person).filter(Q(one__in=others) | Q(other__in=others))
    return kept.count() == len(others)

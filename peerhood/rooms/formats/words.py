"""A recipe in words: how long, in which groups, what is added, for how many. In whatever language is spoken."""

from collections.abc import Iterator
from itertools import zip_longest

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peerhood.gatherings.models import AgendaItem
from peerhood.rooms.formats.recipe import Clock, Contribution, Grouping, Part, Recipe, Step, Visibility

CLOCKS = {
    Clock.FIXED: gettext_lazy("For everybody at once"),
    Clock.PER_PERSON: gettext_lazy("For each person"),
    Clock.PER_TOPIC: gettext_lazy("For each topic"),
    Clock.UNTIL: gettext_lazy("Until you go on"),
}
GROUPINGS = {
    Grouping.ALL: gettext_lazy("All together"),
    Grouping.ALONE: gettext_lazy("Everybody alone"),
    Grouping.PAIRS: gettext_lazy("In pairs"),
    Grouping.THREES: gettext_lazy("In threes"),
    Grouping.TABLES: gettext_lazy("At tables"),
    Grouping.JOINED: gettext_lazy("Two groups become one"),
    Grouping.SAME: gettext_lazy("Together as in the step before"),
}
CONTRIBUTIONS = {
    Contribution.NONE: gettext_lazy("Nothing is added"),
    Contribution.IDEA: gettext_lazy("Ideas"),
    Contribution.QUESTION: gettext_lazy("Questions"),
    Contribution.TOPIC: gettext_lazy("Topics"),
    Contribution.TAKEAWAY: gettext_lazy("Takeaways"),
    Contribution.DOTS: gettext_lazy("Dots on what was written"),
    Contribution.APPROVAL: gettext_lazy("A yes to whatever they like"),
    Contribution.THUMBS: gettext_lazy("Thumbs up or down"),
    Contribution.VALUES: gettext_lazy("Cards in order"),
}
VISIBILITIES = {
    Visibility.TOGETHER: gettext_lazy("Everybody, all at once when the step ends"),
    Visibility.OWN: gettext_lazy("Nobody but whoever made it"),
}


def length_of(step: Step) -> str:
    """How long, by its clock.

    >>> length_of(Step("Pitch", clock=Clock.PER_TOPIC, seconds=30)), length_of(Step("Talk", seconds=90))
    ('30 s a topic', '1 min 30 s')
    """
    length = time_of(step.seconds)
    match step.clock:
        case Clock.PER_PERSON:
            return _("%(length)s each") % {"length": length}
        case Clock.PER_TOPIC:
            return _("%(length)s a topic") % {"length": length}
        case Clock.UNTIL:
            return _("about %(length)s") % {"length": length}
        case Clock.FIXED:
            return length


def time_of(seconds: int) -> str:
    """So many seconds in minutes and seconds.

    >>> time_of(30), time_of(120), time_of(90)
    ('30 s', '2 min', '1 min 30 s')
    """
    minutes, rest = divmod(seconds, 60)
    said = [_("%(n)d min") % {"n": minutes}] if minutes else []
    return " ".join([*said, *([_("%(n)d s") % {"n": rest}] if rest else [])])


def about(step: Step) -> list[str]:
    """What else there is to know of a step: groups, what is added, who sees it, the rule, more time."""
    return [capfirst(said) for said in _about(step)]


def _about(step: Step) -> Iterator[str]:
    if step.grouping == Grouping.TABLES:
        size = step.group_size
        yield ngettext("At tables of %(n)d", "At tables of %(n)d", size) % {"n": size}
    elif step.grouping != Grouping.ALL:
        yield str(GROUPINGS[step.grouping])
    if step.hosts_stay:
        yield _("one stays at each table")
    if step.contribution != Contribution.NONE:
        added = str(CONTRIBUTIONS[step.contribution])
        yield _("%(added)s: at most %(n)d each") % {"added": added, "n": step.each} if step.each else added
        if step.shows == Visibility.OWN:
            yield _("only for oneself")
    if step.extends:
        more = [time_of(seconds) for seconds in step.extends]
        yield _("may be given more: %(more)s") % {"more": ", ".join(more)}
    if step.warns:
        yield _("a word when %(length)s are left") % {"length": time_of(step.warns)}
    if step.level in AgendaItem.Confidentiality:
        yield str(AgendaItem.Confidentiality(step.level).label)


def times_of(part: Part) -> str:
    """How often a part comes; empty where it comes once.

    >>> times_of(Part((), 3)), times_of(Part((), 0)), times_of(Part(()))
    ('3 times', 'again and again, until you go on', '')
    """
    if part.times == 0:
        return _("again and again, until you go on")
    return "" if part.times == 1 else ngettext("%(n)d time", "%(n)d times", part.times) % {"n": part.times}


def people_of(recipe: Recipe) -> str:
    """For how many it is.

    >>> people_of(Recipe("t", "T", fewest=8, most=35)), people_of(Recipe("t", "T", fewest=4))
    ('8 to 35 people', '4 people or more')
    """
    fewest, most = recipe.fewest, recipe.most
    if most is None:
        return ngettext("%(n)d person or more", "%(n)d people or more", fewest) % {"n": fewest}
    if most == fewest:
        return ngettext("%(n)d person", "%(n)d people", most) % {"n": most}
    return _("%(fewest)d to %(most)d people") % {"fewest": fewest, "most": most}


def minutes_of(minutes: int, *, is_open_ended: bool) -> str:
    """So many minutes, or at least so many where some of it goes on until somebody ends it.

    >>> minutes_of(12, is_open_ended=False), minutes_of(10, is_open_ended=True)
    ('12 minutes', '10 minutes or more')
    """
    if is_open_ended:
        return ngettext("%(n)d minute or more", "%(n)d minutes or more", minutes) % {"n": minutes}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def differences(yours: Recipe, theirs: Recipe) -> list[tuple[str, str, str]]:
    """What two texts of one format say differently: where, yours, and theirs."""
    told = [
        (_("Name"), *(each.name for each in (yours, theirs))),
        (_("In one sentence"), *(each.says for each in (yours, theirs))),
        (_("People"), *(people_of(each) for each in (yours, theirs))),
        (_("What has to be there"), *("\n".join(each.brings) for each in (yours, theirs))),
        (_("Cards to sort"), *("\n".join(each.cards) for each in (yours, theirs))),
        (
            _("First names only"),
            *(_("yes") if each.first_names_only else _("no") for each in (yours, theirs)),
        ),
        (_("Roles"), *(_roles_written_out(each) for each in (yours, theirs))),
    ]
    for at, parts in enumerate(zip_longest(yours.parts, theirs.parts), start=1):
        told.append((_("Part %(n)d") % {"n": at}, *(_head_of(part) for part in parts)))
        steps = zip_longest(*(_steps_written_out(each, at - 1) for each in (yours, theirs)), fillvalue="")
        told += [
            (_("Part %(part)d, step %(step)d") % {"part": at, "step": number}, *texts)
            for number, texts in enumerate(steps, start=1)
        ]
    return [(where, mine, other) for where, mine, other in told if mine != other]


def _head_of(part: Part | None) -> str:
    return " · ".join(filter(None, [part.each, times_of(part) or _("once")])) if part else ""


def _steps_written_out(recipe: Recipe, part: int) -> list[str]:
    """Every step of a part as lines of text, to be laid beside another's; none where there is no such part."""
    names = {role.key: role.name for role in recipe.roles}
    return (
        [_step_written_out(step, names) for step in recipe.parts[part].steps]
        if part < len(recipe.parts)
        else []
    )


def _step_written_out(step: Step, role_names: dict[str, str]) -> str:
    role = role_names.get(step.role, "")
    first = " · ".join([step.title, length_of(step), *about(step), *filter(None, [role])])
    return "\n".join(filter(None, [first, step.says, step.script]))


def _roles_written_out(recipe: Recipe) -> str:
    return "\n".join(": ".join(filter(None, [role.name, role.says])) for role in recipe.roles)

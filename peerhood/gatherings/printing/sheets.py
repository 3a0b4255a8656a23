"""The sheets there are, who may print which, and what must stand on them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peerhood import journal
from peerhood.design import moments
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import Standing, standing_of
from peerhood.gatherings.printing import badges, reception, run_sheet, sign_in, table_cards
from peerhood.gatherings.printing.paper import Paper, lacks
from peerhood.gatherings.printing.seated import Seated, in_the_room
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


@dataclass
class Order:
    """One gathering's sheets in the making: what they are made of is looked up when one needs it."""

    gathering: Gathering
    tables_count: int = 0

    @cached_property
    def seated(self) -> list[Seated]:
        return in_the_room(self.gathering)

    @cached_property
    def may_list_names(self) -> bool:
        """May a list of names lie open, or leave the house? What is printed for the hosts is destroyed where not."""
        return self.gathering.allows(Surface.PAPER_NAMES)

    @property
    def tables(self) -> int:
        return min(self.tables_count or table_cards.tables_for(len(self.seated)), table_cards.MOST)

    @property
    def by_hand(self) -> list[str]:
        """Names with letters our typefaces lack; a pen has them all."""
        return [each.name for each in self.seated if lacks(each.name)]

    def about(self) -> str:
        """What, when and where, for paper that others than the circle read: a closed circle is not named."""
        gathering = self.gathering
        with timezone.override(gathering.zone):
            when = moments.span(gathering.starts_at, gathering.ends_at)
        return " · ".join(filter(None, [gathering.title_on_envelope, when, gathering.room_name]))


@dataclass(frozen=True)
class Sheet:
    """One kind of sheet."""

    slug: str
    title: str | Promise
    about: str | Promise
    may: Callable[[Standing], bool]
    draw: Callable[[Paper, Order], None]
    # How many of what stand on it, in words.
    counted: Callable[[Order], str]
    # Whom it names, of those who are seated.
    names: Callable[[Order], Iterable[Seated]] = lambda order: ()
    # May it be printed where something is under a rule?
    keeps_promises: bool = True
    is_internal: bool = False


def people(sheet_names: Callable[[Order], Iterable[Seated]], order: Order) -> str:
    count = len(list(sheet_names(order)))
    return ngettext("%(n)d person", "%(n)d people", count) % {"n": count}


def everybody(order: Order) -> list[Seated]:
    return order.seated


def with_a_name(order: Order) -> list[Seated]:
    """Whoever can wear one: a guest without a name takes an empty badge."""
    return [each for each in order.seated if not each.is_nameless]


def of_an_open_list(order: Order) -> list[Seated]:
    return sign_in.named(order.seated)


def where_names_may_leave(order: Order) -> list[Seated]:
    return order.seated if order.may_list_names else []


def _draw_reception(paper: Paper, order: Order) -> None:
    draw = reception.draw if order.may_list_names else reception.draw_without_names
    draw(paper, order.seated, order.about())


def _draw_table_cards(paper: Paper, order: Order) -> None:
    table_cards.draw(paper, order.tables, order.gathering.circle.language, _("Table"))


def _counted_tables(order: Order) -> str:
    return ngettext("%(n)d table", "%(n)d tables", order.tables) % {"n": order.tables}


def _counted_items(order: Order) -> str:
    count = len(order.gathering.agenda.all())
    return ngettext("%(n)d line", "%(n)d lines", count) % {"n": count}


def _greets(standing: Standing) -> bool:
    return standing.can_greet()


def _facilitates(standing: Standing) -> bool:
    return standing.can_facilitate()


SHEETS = {
    sheet.slug: sheet
    for sheet in (
        Sheet(
            "badges",
            gettext_lazy("Badges"),
            gettext_lazy("Eight on a sheet: the name, what they do, what to ask them about, and a code that leads to their page."),
            may=_greets,
            draw=lambda paper, order: badges.draw(paper, with_a_name(order)),
            counted=partial(people, with_a_name),
            names=with_a_name,
            is_internal=True,
        ),
        Sheet(
            "table-cards",
            gettext_lazy("Table cards"),
            gettext_lazy("Two on a sheet: a number, and questions to begin with."),
            may=_greets,
            draw=_draw_table_cards,
            counted=_counted_tables,
        ),
        Sheet(
            "run-sheet",
            gettext_lazy("Run sheet"),
            gettext_lazy("Every line with its time, who, the rule that holds, materials, and what to have ready."),
            may=_facilitates,
            draw=lambda paper, order: run_sheet.draw(paper, order.gathering),
            counted=_counted_items,
            is_internal=True,
        ),
        Sheet(
            "sign-in",
            gettext_lazy("Sign-in sheet"),
            gettext_lazy("It lies open at the door. Whoever shows their name to organisers only is not on it."),
            may=_greets,
            draw=lambda paper, order: sign_in.draw(paper, order.seated, order.about()),
            counted=partial(people, of_an_open_list),
            names=of_an_open_list,
            keeps_promises=False,
        ),
        Sheet(
            "reception",
            gettext_lazy("List for the reception"),
            gettext_lazy("Everybody with a seat in the room: the name and the employer, and no more."),
            may=_greets,
            draw=_draw_reception,
            counted=partial(people, everybody),
            names=where_names_may_leave,
        ),
    )
}  # fmt: skip


def sheets_for(standing: Standing) -> list[Sheet]:
    """What somebody who stands like this may print."""
    return [sheet for sheet in SHEETS.values() if sheet.may(standing)]


def put_on_paper(order: Order, sheet: Sheet, *, by: Person) -> bytes:
    """The sheet as a PDF, in the circle's language. Who printed a list of names is written down.

    It is drawn before anything is written: four hundred badges must not keep others from answering.
    """
    gathering = order.gathering
    if not sheet.may(standing_of(by, gathering)):
        raise PermissionDenied
    if not order.may_list_names and not sheet.keeps_promises:
        raise Refusal(why_not())
    with translation.override(gathering.circle.language):
        names = list(sheet.names(order))
        with Paper(str(sheet.title), gathering.circle.language, _notes(order, sheet, names)) as paper:
            sheet.draw(paper, order)
            made = paper.to_bytes()
    if names:
        with transaction.atomic():
            journal.record("list.printed", gathering, by=by, sheet=sheet.slug, names_count=len(names))
    return made


def why_not() -> str:
    """Why a list does not lie open where something is under a rule."""
    return _("Something here is under a rule, so no list of who was there lies open. Check people in at the door instead.")  # fmt: skip


def _notes(order: Order, sheet: Sheet, names: Iterable[Seated]) -> list[str]:
    missing = sum(lacks(each.name) for each in names)
    by_hand = ngettext(
        "%(n)d name has letters this typeface lacks: please write it by hand.",
        "%(n)d names have letters this typeface lacks: please write them by hand.",
        missing,
    ) % {"n": missing}
    destroy = _("Destroy after the gathering.") if not order.may_list_names and sheet.is_internal else ""
    return [note for note in (destroy, by_hand if missing else "") if note]

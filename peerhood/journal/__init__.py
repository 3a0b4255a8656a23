"""The journal: what happened, once, in order; others listen.

``record`` is called by an act inside its transaction, so an entry exists exactly
when the act does. Listeners run after the commit; the entry is claimed in the
same transaction as what they write, so each hears it once, and an entry that a
crash left unheard is told again by the worker (``journal.tasks``).
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.apps import apps as installed
from django.db import transaction
from django.db.models import Model
from django.utils.timezone import now

from peerhood.platform import presence, rows

logger = logging.getLogger(__name__)

Listener = Callable[[Any], None]
_listeners: dict[str, list[tuple[Listener, Callable[[Any], bool]]]] = defaultdict(list)


def record(name: str, subject: Model, *, by: Model | None = None, **facts: Any) -> None:
    """Write down that an act took place; its listeners run once the transaction has committed.

    Raises:
        presence.Gone: whoever did it (``by``) was erased meanwhile; the act did not take place.
    """
    if by is not None:
        presence.hold(by)
    entry = installed.get_model("journal", "Entry")(
        name=name,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        by_id=by.pk if by else None,
        facts=facts,
    )
    is_heard = any(concerns(subject) for _listener, concerns in _listeners.get(name, []))
    if not is_heard:
        entry.heard_at = entry.at
    rows.insert(entry)
    if is_heard:
        transaction.on_commit(lambda: tell(entry, subject), robust=True)


def last(subject: Model, *names: str) -> Any | None:
    """The entry of the last time one of these acts took place on ``subject``; None when none ever did."""
    entries = installed.get_model("journal", "Entry").objects.filter(
        name__in=names, subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    )
    return entries.select_related("by").last()


def listen(
    name: str, *, concerns: Callable[[Any], bool] = lambda _subject: True
) -> Callable[[Listener], Listener]:
    """Call the decorated function, in order of registration, with the subject of each ``name`` entry.

    ``concerns`` is asked within the act: an entry that is no listener's concern costs no transaction
    of its own. It spares work and decides nothing; another's concern brings the listener all the same.
    """

    def register(listener: Listener) -> Listener:
        _listeners[name].append((listener, concerns))
        return listener

    return register


def tell(entry: Any, subject: Model | None = None) -> None:
    """Let the listeners of one entry hear it, unless somebody told them already."""
    with transaction.atomic():
        if not type(entry).objects.filter(pk=entry.pk, heard_at=None).update(heard_at=now()):
            return
        subject = subject or _subject_of(entry)
        for listener, _concerns in _listeners.get(entry.name, []) if subject else []:
            try:
                with transaction.atomic():
                    listener(subject)
            except Exception:
                # One listener's trouble must not silence the next; the operator sees it in the log.
                logger.exception("%s failed on %s", listener.__qualname__, entry)


def _subject_of(entry: Any) -> Model | None:
    return installed.get_model(entry.subject_type)._default_manager.filter(pk=entry.subject_id).first()

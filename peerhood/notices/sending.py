"""Send: a mail is written in the act's transaction, and the worker delivers it after the commit.

The template ``<step>/mail/<kind>.txt`` holds the whole mail: its first line is the
subject, the rest is the text, in the reader's language and zone. The HTML part is made
from it when the mail leaves (``as_html``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.template import Context, Engine
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from peerhood.notices import as_html, choices, holding, quiet_hours
from peerhood.notices.models import Mail
from peerhood.notices.tasks import deliver_mail
from peerhood.platform import presence, rows

# The door itself stands in pages, which nobody below may import; its name is enough.
LEAVE = "pages:leave_mails"
WRITTEN = f"SELECT 1 FROM {Mail._meta.db_table} WHERE key = %s"  # noqa: S608


@dataclass(frozen=True)
class CalendarPart:
    """What the reader's calendar program is told beside the mail.

    ``text`` is iCalendar with its lines unfolded; ``method`` is REQUEST or CANCEL, as inside it.
    Mails of one ``thread`` leave in the order in which they are written.
    """

    text: str
    method: str
    thread: str


def send(
    person: Any,
    kind: str,
    *,
    key: str | None = None,
    leave: str = "",
    reply_to: Sequence[str] = (),
    calendar: CalendarPart | None = None,
    **context: Any,
) -> Mail | None:
    """Write to a person at their main address.

    None when they have none (nothing is lost: the page says it), do not want this kind of mail, or
    are not here any more. ``kind`` is ``step/name``. ``key`` makes the mail unique: a second mail with it is not written.
    ``calendar`` goes along with it. ``leave`` is the address that turns off less than the whole kind.
    An answer goes to ``reply_to``.
    """
    if not person.email or not choices.wants(person, kind) or not presence.is_here(person):
        return None
    return send_to(
        person.email,
        kind,
        person=person,
        language=person.language,
        time_zone=person.time_zone,
        key=key,
        leave=leave,
        reply_to=reply_to,
        calendar=calendar,
        **context,
    )


def send_to(
    address: str,
    kind: str,
    *,
    language: str,
    time_zone: str = "",
    person: Any = None,
    key: str | None = None,
    is_fleeting: bool = False,
    leave: str = "",
    reply_to: Sequence[str] = (),
    calendar: CalendarPart | None = None,
    **context: Any,
) -> Mail | None:
    """Write to an address, whoever it belongs to. A fleeting mail is forgotten once it is delivered."""
    if key is not None and _is_written(key):
        return None
    with translation.override(language), timezone.override(time_zone or settings.TIME_ZONE):
        leave = leave or _leave(kind, person)
        subject, text = _written(kind, person, context | {"leave": leave})
    fields = {
        "kind": kind,
        "person": person,
        "address": address,
        "language": language,
        "subject": subject,
        "text": text,
        "is_fleeting": is_fleeting,
        "leave": leave,
        "reply_to": ", ".join(reply_to),
        **holding.fields_for(person, kind, context),
    }
    if calendar is not None:
        fields |= {
            "calendar": calendar.text,
            "calendar_method": calendar.method,
            "thread": calendar.thread,
        }
    mail = Mail(key=key, **fields)
    # Somebody else may write the mail of this key at the same moment.
    if not rows.insert(mail, unless="key"):
        return None
    if mail.state == Mail.State.TOGETHER:
        return mail
    quiet_hours.let_go_before(mail)
    # The task queue is a shortcut: a mail it loses is found by the sweep within a minute.
    transaction.on_commit(lambda: deliver_mail(mail.pk), robust=True)
    return mail


def _is_written(key: str) -> bool:
    # Reminders are asked for every hour, and nearly all of them are.
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [key])
        return cursor.fetchone() is not None


def as_read_by(person: Any, kind: str, **context: Any) -> tuple[str, str]:
    """Subject and text of a mail as this person would read it. Nothing is written or sent."""
    with translation.override(person.language), timezone.override(person.time_zone or settings.TIME_ZONE):
        return _written(kind, person, context | {"leave": _leave(kind, person)})


def take_back(key_begins_with: str) -> None:
    """Do not send what is still waiting under these keys."""
    Mail.objects.waiting().filter(key__startswith=key_begins_with).delete()


def preview(person: Any, kind: str, **context: Any) -> tuple[str, str, str]:
    """Subject, text and HTML of a mail as this person would get it; nothing is written down."""
    subject, text = as_read_by(person, kind, **context)
    return subject, text, as_html.page_of(subject, text, person.language)


def _written(kind: str, person: Any, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text, in the active language."""
    step, name = kind.split("/")
    context |= {"person": person, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    subject, _newline, body = _filled(f"{step}/mail/{name}.txt", context).partition("\n")
    # A name with a line break must not become a header of its own.
    subject = " ".join(subject.split())[:200]
    around = context | {"subject": subject, "text": body.strip(), "why": _why(person)}
    return subject, _filled("notices/mail.txt", around)


def _filled(template: str, context: dict[str, Any]) -> str:
    # Plain text is not HTML: O'Hara must not arrive as O&#x27;Hara.
    return Engine.get_default().get_template(template).render(Context(context, autoescape=False)).strip()


def _leave(kind: str, person: Any) -> str:
    """The address at which this kind of mail is turned off; nothing for what is always written."""
    group = choices.list_of(kind)
    if not group or person is None:
        return ""
    return settings.SITE_URL + reverse(LEAVE, args=[choices.link_for(person.pk, group)])


def _why(person: Any) -> str:
    if person is not None and person.last_login:
        return _("You get this because you belong to %(network)s.") % {"network": settings.SITE_NAME}
    return _("You get this because this address was given at %(network)s.") % {"network": settings.SITE_NAME}

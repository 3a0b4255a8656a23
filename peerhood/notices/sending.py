"""Send: a mail is written in the act's transaction, and the worker delivers it after the commit.

The template ``<step>/mail/<kind>.txt`` holds the whole mail: its first line is the
subject, the rest is the text; the HTML part is the same text, set as Markdown, so
the two can never say different things. Both are in the reader's language and zone.
A link is written out in full; one that hides where it goes stays plain text, because
names and titles in a mail are written by people.
"""

import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import Context, Engine
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from peerhood.design.markdown import rendered
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.notices.tasks import deliver_mail
from peerhood.platform import presence

BARE_LINK = re.compile(r"(?<![<\w/])https?://[^\s<>]*[^\s<>.,;:!?)\]'\"]")
# The door itself stands in pages, which nobody below may import; its name is enough.
LEAVE = "pages:leave_mails"
LONE_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


def send(person: Any, kind: str, *, key: str | None = None, **context: Any) -> Mail | None:
    """Write to a person at their main address.

    None when they have none (nothing is lost: the page says it), do not want this kind of mail, or
    are not here any more. ``kind`` is ``step/name``. ``key`` makes the mail unique: a second mail with it is not written.
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
    **context: Any,
) -> Mail | None:
    """Write to an address, whoever it belongs to. A fleeting mail is forgotten once it is delivered."""
    # Reminders are asked for every hour, and nearly all of them are written already.
    if key is not None and Mail.objects.filter(key=key).exists():
        return None
    with translation.override(language), timezone.override(time_zone or settings.TIME_ZONE):
        subject, text, html = _written(kind, person, context | {"leave": _leave(kind, person)})
    fields = {
        "kind": kind,
        "person": person,
        "address": address,
        "language": language,
        "subject": subject,
        "text": text,
        "html": html,
        "is_fleeting": is_fleeting,
        "leave": _leave(kind, person),
    }
    if key is None:
        mail = Mail.objects.create(**fields)
    else:
        mail, is_new = Mail.objects.get_or_create(key=key, defaults=fields)
        if not is_new:
            return None
    # The task queue is a shortcut: a mail it loses is found by the sweep within a minute.
    transaction.on_commit(lambda: deliver_mail(mail.pk), robust=True)
    return mail


def take_back(key_begins_with: str) -> None:
    """Do not send what is still waiting under these keys."""
    Mail.objects.filter(key__startswith=key_begins_with, state=Mail.State.QUEUED).delete()


def _written(kind: str, person: Any, context: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML, in the active language."""
    step, name = kind.split("/")
    context |= {"person": person, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    subject, _newline, body = _filled(f"{step}/mail/{name}.txt", context, autoescape=False).partition("\n")
    # A name with a line break must not become a header of its own.
    subject = " ".join(subject.split())[:200]
    around = context | {"subject": subject, "text": body.strip(), "why": _why(person)}
    text = _filled("notices/mail.txt", around, autoescape=False)
    html = _filled("notices/mail.html", around | {"body": mark_safe(_set(body.strip()))}, autoescape=True)
    return subject, text, html


def _filled(template: str, context: dict[str, Any], *, autoescape: bool) -> str:
    # Plain text is not HTML: O'Hara must not arrive as O&#x27;Hara.
    return Engine.get_default().get_template(template).render(Context(context, autoescape=autoescape)).strip()


def _set(text: str) -> str:
    """The text as HTML: its line breaks stay, its links can be followed and show where they go.

    >>> _set("See https://example.org/7.")
    '<p>See <a href="https://example.org/7" rel="nofollow ugc noopener">https://example.org/7</a>.</p>\\n'
    >>> _set("[your bank](//evil.example)")
    '<p>[your bank](//evil.example)</p>\\n'
    """
    text = BARE_LINK.sub(r"<\g<0>>", text.replace("](", "]\\(").replace("]:", "]\\:"))
    return rendered(LONE_LINE_BREAK.sub("  \n", text))


def _leave(kind: str, person: Any) -> str:
    """The address at which this kind of mail is turned off; nothing for what is always written."""
    group = choices.OPTIONAL.get(kind)
    if group is None or person is None:
        return ""
    return settings.SITE_URL + reverse(LEAVE, args=[choices.link_for(person.pk, group)])


def _why(person: Any) -> str:
    if person is not None and person.last_login:
        return _("You get this because you belong to %(network)s.") % {"network": settings.SITE_NAME}
    return _("You get this because this address was given at %(network)s.") % {"network": settings.SITE_NAME}

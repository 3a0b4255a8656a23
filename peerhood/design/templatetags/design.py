"""What templates may ask of the design: ``{% load design %}``."""

from datetime import datetime
from zlib import crc32

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from peerhood.design import fonts, icons, markdown, moments, stylesheet

register = template.Library()

TONES = ("accent", "ok", "info", "warn", "bad")


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "calendar" %}``: decoration beside words."""
    return icons.drawn(name)


@register.simple_tag(takes_context=True)
def here(context: template.Context, *places: str) -> SafeString:
    """``<a href="/circles/"{% here "/circles/" %}>``: marks the link whose place the page is in.

    A place is what an address begins with; ``/`` is itself only.
    """
    request = context.get("request")
    path = request.path if request else ""
    is_here = any(path == place or (place != "/" and path.startswith(place)) for place in places)
    return mark_safe(' aria-current="page"' if is_here else "")


@register.simple_tag
def date_leaf(moment: datetime) -> SafeString:
    """``{% date_leaf starts_at %}``: decoration beside the date in words."""
    day = localtime(moment)
    return format_html(
        '<span class="leaf" aria-hidden="true"><span>{}</span><span>{}</span></span>',
        date_format(day, "D"),
        day.day,
    )


@register.simple_tag
def when(starts_at: datetime, ends_at: datetime | None = None) -> str:
    """``{% when starts_at ends_at %}``: "Thursday 21 January, 13:00–17:00"."""
    return moments.span(starts_at, ends_at)


@register.filter
def clock(seconds: int) -> str:
    """``{{ 161|clock }}``: "2:41"."""
    return moments.clock(seconds or 0)


@register.simple_tag
def avatar(person_name: str, photo: str = "") -> SafeString:
    """``{% avatar name photo %}``: the photo, or initials in a tone of their own; the name stands beside it."""
    if photo:
        return format_html(
            '<img class="avatar" src="{}" width="40" height="40" alt="" loading="lazy" decoding="async">',
            photo,
        )
    words = str(person_name).split() or ["?"]
    initials = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    tone = TONES[crc32(str(person_name).encode()) % len(TONES)]
    return format_html(
        '<span class="avatar" data-tone="{}" aria-hidden="true">{}</span>', tone, initials.upper()
    )


@register.filter(name="markdown", is_safe=True)
def markdown_filter(text: str) -> SafeString:
    """``{{ text|markdown }}``: safe whatever was written."""
    return mark_safe(markdown.rendered(str(text or "")))


@register.simple_tag
def stylesheet_url() -> str:
    return reverse("design:stylesheet", args=[stylesheet.current().digest])


@register.simple_tag
def font_url(face: str) -> str:
    """``{% font_url "figtree-latin" %}``: what the page preloads."""
    return static(fonts.path(face))

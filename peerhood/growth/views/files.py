"""A file for one pair of eyes: kept by nobody, found by nobody."""

from django.http import HttpResponse


def answer(body, content_type, disposition, name):
    return HttpResponse(
        body,
        content_type=content_type,
        headers={
            "Content-Disposition": f'{disposition}; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )

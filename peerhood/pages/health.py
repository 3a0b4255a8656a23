"""Is it well? Answered for a load balancer, and for the operator who was called at night."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from peerhood import VERSION
from peerhood.notices.models import Mail
from peerhood.platform import pulse


def health(request: HttpRequest) -> JsonResponse:
    """200 while pages can be served; 503 when the database does not answer. The rest is for people."""
    facts: dict[str, object] = {"version": VERSION, "database": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        since = pulse.seconds_since("worker")
        facts |= {
            "database": True,
            "worker": {
                "alive": since is not None and since < pulse.LATE_AFTER.total_seconds(),
                "seconds_since_heartbeat": None if since is None else round(since),
            },
            "mail_outbox": {
                "waiting": Mail.objects.filter(state=Mail.State.QUEUED).count(),
                "dead": Mail.objects.dead().count(),
            },
        }
    except DatabaseError:
        pass
    return JsonResponse(
        facts, status=200 if facts["database"] else 503, headers={"Cache-Control": "no-store"}
    )

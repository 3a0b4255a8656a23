"""Eight ways to keep "anonymous" notes and votes, none of which has an author's name in a row. Each must lose the game.

Beside each stands what such software keeps of whoever handed in: that they have.
"""

import hashlib
import logging
import secrets
import time
import uuid

import redis
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import path

from peerhood.config.urls import urlpatterns as product

# By design: how its tables are made; {serial} and {tail} differ from database to database.
TABLES = {
    "time": "CREATE TABLE twin_time (number {serial}, text text, at double precision)",
    "uuid": "CREATE TABLE twin_uuid (id char(32) PRIMARY KEY, text text)",
    "without-rowid": "CREATE TABLE twin_without_rowid (id char(32) PRIMARY KEY, text text){tail}",
    "xmin": "CREATE TABLE twin_xmin (id char(32) PRIMARY KEY, text text)",
    "last-seen": "CREATE TABLE twin_last_seen (id char(32) PRIMARY KEY, text text)",
    "ticket": "CREATE TABLE twin_ticket (id char(32) PRIMARY KEY, text text, hash text)",
    "has written": "CREATE TABLE twin_written (design text, round integer, person integer, at double precision, hash text)",
    "days": "CREATE TABLE twin_days (person integer PRIMARY KEY, seen text)",
}


def make_tables() -> None:
    sqlite = connection.vendor == "sqlite"
    words = {
        "serial": "integer PRIMARY KEY AUTOINCREMENT" if sqlite else "bigserial PRIMARY KEY",
        "tail": " WITHOUT ROWID" if sqlite else "",
    }
    with connection.cursor() as cursor:
        for statement in TABLES.values():
            cursor.execute(statement.format(**words))


def hand_in(request, design, round):
    """Keep the note as the design does, at once."""
    text, person = request.POST["text"], request.user.pk
    # One has a vote by a ticket, whose hash stands beside whoever drew it.
    hash = hashlib.sha256(secrets.token_bytes(24)).hexdigest() if design == "ticket" else ""
    if design == "logged":
        logging.getLogger("twins").debug("Handed in: %s", text)
    if design == "redis":
        with redis.Redis.from_url(settings.REDIS_URL) as kept:
            kept.rpush(f"round {round}", text)
    with transaction.atomic(), connection.cursor() as cursor:
        if design == "time":
            cursor.execute("INSERT INTO twin_time (text, at) VALUES (%s, %s)", [text, time.time()])
        elif design == "ticket":
            cursor.execute("INSERT INTO twin_ticket VALUES (%s, %s, %s)", [uuid.uuid4().hex, text, hash])
        elif design not in ("logged", "redis"):
            table = f"twin_{design.replace('-', '_')}"
            cursor.execute(f"INSERT INTO {table} (id, text) VALUES (%s, %s)", [uuid.uuid4().hex, text])
        if design == "last-seen":
            # A day is all that is said, and the same for everybody; where it is written says the rest.
            seen = f"seen-{round}-{person}-{time.strftime('%Y-%m-%d')}"
            cursor.execute("UPDATE twin_days SET seen = %s WHERE person = %s", [seen, person])
        else:
            cursor.execute(
                "INSERT INTO twin_written VALUES (%s, %s, %s, %s, %s)",
                [design, round, person, time.time(), hash],
            )
    return HttpResponse(hash)


def address(request):
    """A server that gives each an address of their own: it knows who hands in, without a cookie."""
    return HttpResponse(f"/pot/{hashlib.sha256(str(request.user.pk).encode()).hexdigest()[:32]}/")


urlpatterns = [
    *product,
    path("twin/address/", address),
    path("twin/<slug:design>/<int:round>/", hand_in),
]

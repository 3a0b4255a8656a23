"""Five ways to keep "anonymous" notes, none of which has an author's name in a row. Each must lose the game.

Beside each note stands what such software keeps of whoever handed in: that they have.
"""

import time
import uuid

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
    "has written": "CREATE TABLE twin_written (design text, round integer, person integer, at double precision)",
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
    with transaction.atomic(), connection.cursor() as cursor:
        if design == "time":
            cursor.execute("INSERT INTO twin_time (text, at) VALUES (%s, %s)", [text, time.time()])
        else:
            table = f"twin_{design.replace('-', '_')}"
            cursor.execute(f"INSERT INTO {table} (id, text) VALUES (%s, %s)", [uuid.uuid4().hex, text])
        if design == "last-seen":
            # A day is all that is said, and the same for everybody; where it is written says the rest.
            seen = f"seen-{round}-{person}-{time.strftime('%Y-%m-%d')}"
            cursor.execute("UPDATE twin_days SET seen = %s WHERE person = %s", [seen, person])
        else:
            cursor.execute(
                "INSERT INTO twin_written VALUES (%s, %s, %s, %s)", [design, round, person, time.time()]
            )
    return HttpResponse()


urlpatterns = [*product, path("twin/<slug:design>/<int:round>/", hand_in)]

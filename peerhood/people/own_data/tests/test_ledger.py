"""Restored backups: real copies of the database file, and pg_dump where there is PostgreSQL."""

import json
import os
import shutil
import sqlite3
import subprocess

import pytest
from django.core.management import call_command
from django.db import connection

from peerhood.people.models import Person
from peerhood.people.own_data import erasing, ledger


@pytest.fixture(autouse=True)
def own_ledger(settings, tmp_path):
    settings.ERASURES = tmp_path / "data" / "erasures.jsonl"


@pytest.mark.django_db
def test_a_line_holds_a_number_and_a_hash_and_nothing_else(ben, settings):
    erasing.erase(ben)
    (line,) = settings.ERASURES.read_text().splitlines()
    assert json.loads(line) == {"person": ben.pk, "mark": ledger.mark_of(ben)}
    assert settings.ERASURES.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_the_line_is_on_the_disk_before_the_erasure_is_acknowledged(ben, monkeypatch):
    synced = []

    def sync(handle):
        synced.append((os.readlink(f"/proc/self/fd/{handle}"), connection.in_atomic_block))

    monkeypatch.setattr(os, "fsync", sync)
    erasing.erase(ben)
    assert [(path.rsplit("/", 1)[1], open_yet) for path, open_yet in synced] == [
        ("erasures.jsonl", True),
        ("data", True),
    ]


@pytest.mark.django_db
def test_when_the_ledger_cannot_be_written_nobody_is_erased(ben, settings, tmp_path):
    settings.ERASURES = tmp_path
    with pytest.raises(OSError):
        erasing.erase(ben)
    ben.refresh_from_db()
    assert (ben.name, ben.erased_at) == ("Ben Berg", None)


@pytest.mark.django_db
def test_another_person_with_the_same_number_is_left_alone(ben, capsys):
    erasing.erase(ben)
    Person.objects.filter(pk=ben.pk).delete()
    Person.objects.create(pk=ben.pk, name="Bea Bark", email="bea@example.org")
    call_command("reapply_erasures")
    assert Person.objects.get(pk=ben.pk).name == "Bea Bark"
    assert "Left alone: 1." in capsys.readouterr().out


@pytest.mark.django_db
def test_a_changed_secret_key_does_not_bring_anybody_back(ben, settings):
    as_it_was = Person.objects.filter(pk=ben.pk).values().get()
    erasing.erase(ben)
    Person.objects.filter(pk=ben.pk).update(**as_it_was)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a-new-one"
    assert erasing.reapply() == {"erased": 1, "unknown": 0}


@pytest.mark.django_db
def test_a_line_cut_off_by_a_power_cut_is_passed_over(ben, settings):
    erasing.erase(ben)
    with settings.ERASURES.open("a") as file:
        file.write('{"person": 7, "ma')
    assert [pk for pk, _mark in ledger.listed()] == [ben.pk]


@pytest.mark.django_db
def test_no_second_last_mail_and_no_question_about_handing_over(makers, ada, settings):
    as_it_was = Person.objects.filter(pk=ada.pk).values().get()
    makers.memberships.exclude(person=ada).update(role="organiser")
    erasing.erase(ada)
    from peerhood.notices.models import Mail

    Mail.objects.all().delete()
    Person.objects.filter(pk=ada.pk).update(**as_it_was)
    makers.memberships.filter(person=ada).update(state="active", role="organiser")
    makers.memberships.exclude(person=ada).update(role="member")
    assert erasing.reapply() == {"erased": 1, "unknown": 0}
    assert Mail.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by", ["the command", "the worker's start"])
def test_a_restored_backup_forgets_again(ben, chi, makers, tmp_path, by):
    backup = back_up(tmp_path)
    erasing.erase(ben)
    restore(backup)
    assert Person.objects.get(pk=ben.pk).name == "Ben Berg"  # control: the backup still had him
    if by == "the command":
        call_command("reapply_erasures")
    else:
        from peerhood.people import tasks

        tasks.erase_again_after_a_restore()
    assert Person.objects.get(pk=ben.pk).name == "A former member"
    assert Person.objects.get(pk=chi.pk).name == "Chi Chen"
    assert erasing.reapply() == {"erased": 0, "unknown": 0}


def back_up(folder):
    """A real copy of the whole database: the file on SQLite, a dump on PostgreSQL."""
    path = folder / "backup"
    if connection.vendor == "sqlite":
        with sqlite3.connect(connection.settings_dict["NAME"]) as here, sqlite3.connect(path) as there:
            here.backup(there)
        return path
    if not shutil.which("pg_dump"):
        pytest.skip("pg_dump")
    _postgres("pg_dump", "--format=custom", f"--file={path}")
    return path


def restore(path) -> None:
    if connection.vendor == "sqlite":
        with sqlite3.connect(path) as there, sqlite3.connect(connection.settings_dict["NAME"]) as here:
            there.backup(here)
    else:
        _postgres("pg_restore", "--clean", "--if-exists", str(path), dbname=True)
    connection.close()


def _postgres(*command: str, dbname: bool = False) -> None:
    at = connection.settings_dict
    where = {"PGHOST": at["HOST"], "PGPORT": str(at["PORT"] or 5432), "PGUSER": at["USER"]}
    environment = os.environ | where | {"PGPASSWORD": at["PASSWORD"], "PGDATABASE": at["NAME"]}
    connection.close()
    more = ["--dbname", at["NAME"]] if dbname else []
    subprocess.run([*command, *more], env=environment, check=True, capture_output=True)

"""A database of its own for every measurement: a file in a temporary folder, or a PostgreSQL database."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.servers import ROOT


def reachable() -> list[str]:
    """sqlite always; postgresql where bin/bench found one."""
    return ["sqlite", *(["postgresql"] if os.environ.get("TEST_DATABASE_URL") else [])]


@contextlib.contextmanager
def fresh(kind: str) -> Iterator[dict[str, str]]:
    """The environment of a server on a migrated, empty database; gone afterwards."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PEERHOOD_HOME": home,
            "PEERHOOD_MODE": "demo",
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "peerhood.config.settings",
        }
        with _postgresql(environment) if kind == "postgresql" else contextlib.nullcontext():
            run(["-m", "peerhood", "admin", "migrate", "-v", "0"], environment)
            yield environment


@contextlib.contextmanager
def _postgresql(environment: dict[str, str]) -> Iterator[None]:
    server = os.environ["TEST_DATABASE_URL"]
    name = f"peerhood_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')
        environment["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        try:
            yield
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(arguments: list[str], environment: dict[str, str]) -> str:
    """Run Python in the measured environment and return what it printed."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout

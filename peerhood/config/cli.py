"""The operator's commands. This file imports no Django: a wrong setting must not hide the help."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Peerhood: the home of a peer network.",
)

MANY_FILES = 20_000

Port = Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port to listen on.")]
Workers = Annotated[int, typer.Option(envvar="WEB_WORKERS", min=1, help="Web processes; more need Redis.")]
Host = Annotated[str, typer.Option(envvar="HOST", help="The address to listen on.")]


@app.command()
def serve(port: Port = 8000, host: Host = "127.0.0.1", workers: Workers = 1, reload: bool = False) -> None:
    """Serve pages and live rooms on one port."""
    if workers > 1 and not os.environ.get("REDIS_URL"):
        typer.echo(
            f"Refused: {workers} web workers without REDIS_URL. Each worker would keep its own live rooms, "
            "limits and cache, and people in one room would see different things. "
            "Set REDIS_URL, or use one worker.",
            err=True,
        )
        raise typer.Exit(2)
    import uvicorn

    _allow_many_files()
    with _settings_explained():
        _refuse_unfit_spool()
        uvicorn.run(
            "peerhood.config.asgi:application",
            host=host,
            port=port,
            workers=workers,
            reload=reload,
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=3,
        )


def _allow_many_files() -> None:
    """A phone in a room is an open file, and what a shell grants is often fewer than a full house."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = MANY_FILES if hard == resource.RLIM_INFINITY else min(hard, MANY_FILES)
    if soft < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))


def _refuse_unfit_spool() -> None:
    """Notes under a promise must only ever be in memory (rooms/pot)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")
    from django.conf import settings

    from peerhood.rooms.pot import place

    try:
        place.check(settings.POT_SPOOL, insists=not settings.ON_ONE_MACHINE)
    except place.Unfit as unfit:
        typer.echo(f"Refused: {unfit}", err=True)
        raise typer.Exit(2) from None


@app.command()
def work() -> None:
    """Do the background work: mail, imports, what was left unheard."""
    admin_command("run_huey", "--quiet")


@app.command()
def demo(port: Port = 8000, host: Host = "127.0.0.1", fresh: bool = False, reload: bool = False) -> None:
    """Run the demo network: invented people, a web and a worker process, mail shown at /mail/."""
    os.environ.setdefault("PEERHOOD_MODE", "demo")
    os.environ |= {"PORT": str(port), "HOST": host}
    os.environ.setdefault("SITE_URL", f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")
    from peerhood.config import running

    raise typer.Exit(running.demo(host, port, fresh=fresh, reload=reload))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def admin(context: typer.Context) -> None:
    """Run one of Django's own commands, such as migrate."""
    admin_command(*context.args)


@app.command(
    add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True}
)
def mix(context: typer.Context) -> None:
    """Seat a list of people so that everyone meets someone new; needs no network and no database."""
    from peerhood.mixing.shell import command

    raise typer.Exit(command.main(context.args))


def admin_command(*arguments: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")
    from django.core.management import execute_from_command_line

    with _settings_explained():
        execute_from_command_line([sys.argv[0], *arguments])


@contextmanager
def _settings_explained() -> Iterator[None]:
    """A setting that is missing or malformed is told in one line, not in a traceback."""
    from environs import EnvError

    try:
        yield
    except EnvError as error:
        typer.echo(f"Refused: {error}. All settings: docs/running/README.md", err=True)
        raise typer.Exit(2) from None

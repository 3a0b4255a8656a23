"""Mails that were given up: what they were, why, and sending them again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from peerhood.notices import dead_letters
from peerhood.notices.models import Mail


class Command(BaseCommand):
    help = (
        "List the mails that were given up, with the last error of each. With --send-again they are due at once, "
        "and the worker sends them; after a mistake in your own mail settings, --addresses-work forgets what came back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--send-again", action="store_true", help="Try all of them again, from the beginning."
        )
        parser.add_argument("--only", type=int, nargs="+", metavar="NUMBER", help="These, and no others.")
        parser.add_argument(
            "--addresses-work",
            action="store_true",
            help="No address is taken for one that does not work any more.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["addresses_work"]:
            self.stdout.write(f"{dead_letters.let_addresses_work()} addresses are written to again.")
        for mail in dead_letters.listed(options["only"]):
            self.stdout.write(_line(mail))
        if options["send_again"]:
            self.stdout.write(f"{dead_letters.send_again(options['only'])} mails are due again.")


def _line(mail: Mail) -> str:
    # A fleeting mail is forgotten once it was given up: there is nothing left to send.
    address = mail.address or "(forgotten)"
    return f"{mail.pk}  {mail.created_at:%Y-%m-%d %H:%M}  {mail.kind}  {address}  {mail.last_error or mail.get_state_display()}"

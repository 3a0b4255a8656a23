"""Read the answers of calendar programs: from the inbound mailbox, or from a file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from peerhood.gatherings.calendars import inbox


class Command(BaseCommand):
    help = "Read answers of calendar programs. The worker does it every five minutes where INBOUND_MAIL_URL is set."

    def add_arguments(self, parser: CommandParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--file", type=Path, help="One mail (.eml), an mbox, or a Maildir folder.")
        where.add_argument(
            "--mailbox", metavar="URL", help="imaps://user:password@host/INBOX; else INBOUND_MAIL_URL."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["mailbox"] or settings.INBOUND_MAIL_URL
        if not options["file"] and not address:
            raise CommandError("Nothing was read. Name a --file or a --mailbox, or set INBOUND_MAIL_URL.")
        try:
            counts = inbox.read_file(options["file"]) if options["file"] else inbox.read_mailbox(address)
        except (OSError, inbox.Unreadable) as error:
            raise CommandError(f"The replies could not be read: {error}") from error
        for outcome, count in sorted(counts.items()):
            self.stdout.write(f"{count} {outcome}")
        self.stdout.write(f"{counts.total()} read.")

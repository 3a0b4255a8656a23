"""The operator founds a circle and names its organiser, who then signs in with a code."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from peerhood.circles import founding
from peerhood.circles.models import Circle
from peerhood.people import arrival


class Command(BaseCommand):
    help = "Found a circle. Its organiser signs in with the address, and does the rest on the pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="What the circle is called.")
        parser.add_argument("--organiser", required=True, metavar="ADDRESS", help="The organiser's e-mail.")
        parser.add_argument("--purpose", required=True, help="One or two sentences: who meets, and what for.")
        parser.add_argument("--kind", default=Circle.Kind.OPEN, choices=Circle.Kind.values)
        parser.add_argument(
            "--language", default=settings.LANGUAGE_CODE, choices=list(dict(settings.LANGUAGES))
        )
        parser.add_argument("--time-zone", default=settings.TIME_ZONE)
        parser.add_argument("--town", default="")
        parser.add_argument("--parent", metavar="SLUG", help="The network this is a chapter of.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["organiser"])
            circle = founding.found(
                options["name"],
                organiser=arrival.person_at(options["organiser"].strip().lower()),
                parent=self._parent(options["parent"]),
                **{key: options[key] for key in ("purpose", "kind", "language", "time_zone", "town")},
            )
        except ValidationError as error:
            raise CommandError(f"Nothing was founded. {' '.join(error.messages)}") from error
        where = f"{settings.SITE_URL}{circle.get_absolute_url()}"
        self.stdout.write(f"{circle} is founded: {where}\n{options['organiser']} signs in there with a code.")

    def _parent(self, slug: str | None) -> Circle | None:
        if not slug:
            return None
        parent = Circle.objects.filter(slug=slug).first()
        if parent is None:
            raise CommandError(f"Nothing was founded. No circle has the address {slug}.")
        return parent

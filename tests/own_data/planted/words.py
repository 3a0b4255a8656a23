"""The canaries: what Ben is called, and the words by which his texts are found."""

from django.db import models

from peerhood.people.models import Person

NAME, FIRST = "Benquist Canaryson", "canaryson"
MAIN, WORK = "canary.main@example.org", "canary.work@example.com"
# Words in what is shared with others, which stays; and in what is his alone, which goes.
SHARED = "sharedcanary"
# Every text a person can fill on their own row, found from the model: a new one is planted, too.
OWN_TEXTS = [
    field.name
    for field in Person._meta.concrete_fields
    if isinstance(field, models.CharField)
    and field.name not in {"name", "email", "password", "language", "time_zone", "photo_digest"}
]

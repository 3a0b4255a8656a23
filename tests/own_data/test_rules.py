"""Every relation to a person, in every model of every app, says what an export tells and what an erasure does."""

import pytest
from django.apps import apps
from django.db import models

from peerhood.people.models import Person
from peerhood.people.own_data import erasing, packing, rules


def relations(model_list) -> set[tuple[str, str]]:
    """(model, field) of each foreign key, one-to-one and many-to-many to a person; the latter by its own table."""
    return {
        (model._meta.label, field.name)
        for model in model_list
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is Person
    }


def without_a_rule(model_list) -> set[tuple[str, str]]:
    declared = {(rule.model._meta.label, rule.field) for rule in rules.declared()}
    return relations(model_list) - declared


EVERY_MODEL = list(apps.get_models(include_auto_created=True))


def test_every_relation_to_a_person_has_an_export_and_an_erasure_rule():
    assert without_a_rule(EVERY_MODEL) == set()


def test_control_a_relation_whose_rule_is_taken_away_is_seen(monkeypatch):
    assert len(relations(EVERY_MODEL)) > 30
    for missing in rules.declared():
        monkeypatch.setattr(rules, "_rules", [rule for rule in rules.declared() if rule is not missing])
        assert without_a_rule(EVERY_MODEL) == {(missing.model._meta.label, missing.field)}
        monkeypatch.undo()


@pytest.mark.parametrize("kind", [models.ForeignKey, models.OneToOneField, models.ManyToManyField])
def test_control_a_new_relation_is_seen(kind):
    more = {"on_delete": models.CASCADE} if kind is not models.ManyToManyField else {}
    fields = {
        "__module__": __name__,
        "Meta": type("Meta", (), {"app_label": "people"}),
        "whose": kind(Person, related_name="+", **more),
    }
    new = type(f"New{kind.__name__}", (models.Model,), fields)
    try:
        added = [model for model in apps.get_models(include_auto_created=True) if model not in EVERY_MODEL]
        (found,) = without_a_rule(added)
        assert found[0].startswith(f"people.{new.__name__}")
    finally:
        for model in added:
            del apps.all_models["people"][model._meta.model_name]
        apps.clear_cache()


def test_a_rule_says_what_it_exports_or_why_it_does_not():
    with pytest.raises(TypeError):
        rules.rule(Person, "x", erase=rules.delete)


def test_each_field_of_a_person_is_emptied_or_known_to_say_nothing():
    fields = {field.name for field in Person._meta.concrete_fields}
    assert fields == set(erasing.EMPTIED) | erasing.STAYS
    says_something = fields - erasing.STAYS - {"photo_digest", "one_address_is_enough"}
    rights = {"is_active", "is_staff", "is_superuser"}
    assert says_something - rights - set(packing.OF_ONESELF) == set()

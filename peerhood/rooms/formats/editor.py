"""All the forms of one recipe, held together: shown, rearranged, read back, and marked where something is wrong."""

from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from peerhood.platform.whole_numbers import whole_number
from peerhood.rooms.formats import faults
from peerhood.rooms.formats.arranging import Rows, roles_rearranged
from peerhood.rooms.formats.forms import PartForms, RecipeForm, RoleForms, StepForms
from peerhood.rooms.formats.recipe import Part, Recipe, Role, Step


class Editor:
    """All the forms of one recipe, from the recipe, from what was typed, or from what was typed and rearranged."""

    def __init__(self, recipe: Any, roles: Any, parts: Any, steps: Any) -> None:
        self.recipe, self.roles, self.parts, self.steps = recipe, roles, parts, steps

    @classmethod
    def of(cls, recipe: Recipe, version: int) -> Self:
        about = {
            name: getattr(recipe, name) for name in ("name", "says", "fewest", "most", "first_names_only")
        }
        lists = {name: "\n".join(getattr(recipe, name)) for name in ("brings", "cards")}
        roles = [vars(role) for role in recipe.roles]
        rows = [
            {"times": part.times, "each": part.each, "steps": [_row(step) for step in part.steps]}
            for part in recipe.parts
        ]
        return cls(
            RecipeForm(initial={**about, **lists, "version": version}),
            RoleForms(prefix="role", initial=roles),
            *_forms_of(rows, _choices(roles)),
        )

    @classmethod
    def typed(cls, data: QueryDict) -> Self:
        roles = RoleForms(data, prefix="role")
        choices = _choices([{name: role[name].value() for name in ("key", "name")} for role in roles])
        return cls(
            RecipeForm(data),
            roles,
            PartForms(data, prefix="part"),
            StepForms(data, prefix="step", form_kwargs={"roles": choices}),
        )

    def arranged(self, rows: Rows) -> Self:
        """The same with other parts and steps; the rest stays as it was typed."""
        choices = [(role["key"].value(), role["name"].value()) for role in self.roles]
        return type(self)(self.recipe, self.roles, *_forms_of(rows, choices))

    def with_roles(self, change: str) -> Self:
        """The same with a role more or less; a step that was led by one that is gone is led by nobody in particular."""
        typed = [{field.name: field.value() for field in role} for role in self.roles]
        roles = roles_rearranged(typed, change)
        forms = RoleForms(prefix="role", initial=roles)
        return type(self)(self.recipe, forms, *_forms_of(self.rows(), _choices(roles)))

    def rows(self) -> Rows:
        """Parts and their steps as they are typed, right or wrong."""
        return [
            {
                **{name: part[name].value() for name in ("times", "each")},
                "steps": [{field.name: field.value() for field in self.steps.forms[at]} for at in places],
            }
            for part, places in zip(self.parts, self.places(), strict=True)
        ]

    def places(self) -> list[list[int]]:
        """For each part the numbers of its steps; whatever nobody counted is in the last."""
        left = list(range(len(self.steps.forms)))
        places = []
        for part in self.parts:
            count = whole_number(str(part["steps_count"].value() or ""), 0)
            places.append(left[:count])
            left = left[count:]
        if places:
            places[-1] += left
        return places

    def shown(self) -> list[tuple[Any, list[tuple[int, Any]]]]:
        """Each part's form with its steps' forms and their numbers."""
        return [
            (part, [(at, self.steps.forms[at]) for at in places])
            for part, places in zip(self.parts, self.places(), strict=True)
        ]

    def is_valid(self) -> bool:
        # Each is asked, so that every mistake is shown at once.
        valid = [form.is_valid() for form in (self.recipe, self.roles, self.parts, self.steps)]
        return all(valid)

    def version(self) -> int:
        """The version that was read; ask only when it is valid."""
        return int(self.recipe.cleaned_data["version"])

    def written(self) -> Recipe:
        """The recipe that was typed; ask only when it is valid."""
        about = {name: value for name, value in self.recipe.cleaned_data.items() if name != "version"}
        parts = [
            Part(tuple(self.steps.forms[at].step() for at in places), **_of_part(part.cleaned_data))
            for part, places in zip(self.parts, self.places(), strict=True)
        ]
        roles = tuple(Role(**role.cleaned_data) for role in self.roles)
        return Recipe(key="", roles=roles, parts=tuple(parts), **about)

    def mark(self, found: list[faults.Fault]) -> None:
        """Write each fault beside the field it is about."""
        places = self.places()
        for fault in found:
            form, field = self.recipe, fault.field
            if fault.part is not None:
                form = self.parts.forms[fault.part]
            if fault.part is not None and fault.step is not None:
                form = self.steps.forms[places[fault.part][fault.step]]
            field = "minutes" if field == "seconds" else field
            form.add_error(field if field in form.fields else None, fault.words)


def _of_part(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("times", "each")}


def _choices(roles: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(role["key"] or "", role.get("name") or _("Role")) for role in roles]


def _row(step: Step) -> dict[str, Any]:
    minutes, seconds = divmod(step.seconds, 60)
    extends = ", ".join(_written(length) for length in step.extends)
    empty_for_none = {name: getattr(step, name) or None for name in ("group_size", "each", "warns")}
    return {**vars(step), "minutes": minutes, "seconds": seconds, "extends": extends, **empty_for_none}


def _written(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}" if rest else str(minutes)


def _forms_of(rows: Rows, choices: list[tuple[str, str]]) -> tuple[Any, Any]:
    parts = [{"times": row["times"], "each": row["each"], "steps_count": len(row["steps"])} for row in rows]
    steps = [step for row in rows for step in row["steps"]]
    return (
        PartForms(prefix="part", initial=parts),
        StepForms(prefix="step", initial=steps, form_kwargs={"roles": choices}),
    )

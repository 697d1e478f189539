"""Forms: label, hint, control, error, tied together for those who cannot see it."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def described_by(bound: BoundField, hint: str) -> str:
    """The ids of hint and error, in reading order."""
    ids = [f"{bound.auto_id}-hint"] if hint else []
    return " ".join([*ids, f"{bound.auto_id}-error"] if bound.errors else ids)


def control(bound: BoundField, hint: str, attrs: dict[str, Any]) -> SafeString:
    """The input itself, with its class and what describes it."""
    if not isinstance(bound.field.widget, forms.CheckboxInput):
        attrs["class"] = " ".join(filter(None, ["input", attrs.get("class", "")]))
    ids = described_by(bound, hint)
    attrs["aria-describedby"] = ids or None
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs={name: value for name, value in attrs.items() if value is not None})


@register.inclusion_tag("ui/field.html")
def field(
    bound: BoundField, label: str = "", hint: str = "", after: str = "", cards: bool = False, **attrs: Any
) -> dict[str, Any]:
    """A form field. `after` is a unit beside the input; `cards` draws choices as cards.

    Other arguments become attributes of the control, `_` read as `-`: `hx_post="…"`, `rows=3`.
    """
    hint = hint or str(bound.help_text)
    named = {name.replace("_", "-"): value for name, value in attrs.items()}
    widget = bound.field.widget
    is_group = isinstance(widget, GROUPS)
    return {
        "bound": bound,
        "label": label or bound.label,
        "hint": hint,
        "after": after,
        "cards": cards,
        "is_group": is_group,
        "is_checkbox": isinstance(widget, forms.CheckboxInput),
        "optional": not bound.field.required and not is_group,
        "described_by": described_by(bound, hint),
        "control": "" if is_group else control(bound, hint, named),
    }


@register.simple_tag(name="control")
def control_tag(bound: BoundField, **attrs: Any) -> SafeString:
    """The input alone, for rows of a table: give it a label of its own, seen or `.vh`."""
    return control(bound, "", {name.replace("_", "-"): value for name, value in attrs.items()})


@register.inclusion_tag("ui/field_error.html")
def field_error(bound: BoundField) -> dict[str, Any]:
    """What is wrong with a field, for those drawn with `{% control %}`."""
    return {"bound": bound}


@register.inclusion_tag("ui/errors.html")
def errors(*of: Any, title: str = "") -> dict[str, Any]:
    """Everything that is wrong, on top of the form, each a link to its field. Takes forms and formsets."""
    rows: list[tuple[str, str, str]] = []
    for form in of:
        for part in getattr(form, "forms", None) or [form]:
            rows += faults(part)
        if hasattr(form, "non_form_errors"):
            rows += [("", "", str(message)) for message in form.non_form_errors()]
    return {"rows": rows, "title": title}


def faults(form: Any) -> list[tuple[str, str, str]]:
    """(id of the field, its label, what is wrong) for each fault of one form."""
    found = [("", "", str(message)) for message in form.non_field_errors()]
    for bound in form:
        found += [
            (bound.id_for_label or bound.auto_id, str(bound.label), str(message)) for message in bound.errors
        ]
    return found

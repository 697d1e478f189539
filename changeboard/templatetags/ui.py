"""The parts that pages are made of, one module a kind. A builtin: no template loads it.

templates/ui/ has their markup, /components/ shows each with its states (in DEBUG).
"""

from django import template

from changeboard.templatetags import blocks, figures, form_parts, labels, shell, times, written

register = template.Library()

for part in (times, labels, figures, form_parts, blocks, shell, written):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)

"""A list page as Django gives it: fifty rows, five columns, behind a sign-in; no frame, nothing computed."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.template import engines
from django.views.generic import ListView

from changes.models import Change

ROWS = 50
PAGE = """<!doctype html><html lang="en"><head><title>Changes</title></head><body><table>
{% for change in page_obj %}<tr><td><a href="/changes/{{ change.reference }}/">{{ change.reference }}</a></td>
<td>{{ change.title }}</td><td>{{ change.get_state_display }}</td><td>{{ change.requester }}</td>
<td>{{ change.created_at|date:"j M Y H:i" }}</td></tr>{% endfor %}
</table><p>Page {{ page_obj.number }} of {{ page_obj.paginator.num_pages }}</p></body></html>"""


class BareList(LoginRequiredMixin, ListView):
    queryset = Change.objects.select_related("requester").order_by("-number")
    paginate_by = ROWS

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        return HttpResponse(_page().render(context, self.request))


def _page() -> Any:
    global _compiled
    _compiled = _compiled or engines["django"].from_string(PAGE)
    return _compiled


_compiled: Any = None

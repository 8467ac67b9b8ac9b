"""What pages tell of a request, for its line in the log and for the counters: never who asked, never what for."""

from typing import Any

from starlette.types import Scope

_NOTES = "pobratim.notes"
KEPT = "(kept)"
"""The route of answers that were given before any page was looked up."""
UNKNOWN = "(none)"
"""The route of addresses where there is nothing."""


def note(scope: Scope, **values: Any) -> None:
    """Add to what is known of a request."""
    scope.setdefault(_NOTES, {}).update(values)


def notes(scope: Scope) -> dict[str, Any]:
    """Return what is known of a request, with the template of its ``route``: never the address as it came."""
    found: dict[str, Any] = scope.get(_NOTES, {})
    if "route" not in found:
        template = getattr(scope.get("route"), "path", None)
        found = {"route": template.rstrip("/") or "/" if isinstance(template, str) else UNKNOWN, **found}
    return found

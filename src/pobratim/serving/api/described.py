"""What is told of a question, as ``/queries`` gives it to programs."""

from typing import Any

from pobratim.query.question import NamedQuery, Parameter
from pobratim.serving.api.shelf import Broken
from pobratim.site.question_links import links_of


def entry_of(query: NamedQuery, root: str, group: str) -> dict[str, Any]:
    """Return a question as JSON has it."""
    return {
        "name": query.name,
        "summary": dict(query.summary),
        "description": dict(query.description) or {"ru": "", "en": ""},
        "tags": list(query.tags),
        "parameters": [_parameter(parameter) for parameter in query.parameters],
        "example": dict(query.example),
        "text": query.text,
        "links": links_of(query, root, group, query.example),
    }


def broken_of(broken: Broken) -> dict[str, Any]:
    """Return a file that is no question as JSON has it."""
    return {"name": broken.name, "error": dict(broken.error)}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "required": parameter.required,
        "default": parameter.default,
        "label": dict(parameter.label),
        "example": parameter.example,
    }

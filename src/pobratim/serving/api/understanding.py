"""What the names in a request mean: resolved before a question is asked, and told in a header of the answer."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from pobratim.errors import UsageError
from pobratim.messages import Language
from pobratim.search.references import Reference, Understood, UnknownNameError, understand
from pobratim.serving.api.asking import Asked, refusal_of
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching

HEADER = "X-Understood"
"""The header that tells what names were taken for; a link a parameter, as in the header Link (RFC 8288)."""


async def understood(asked: Asked, searching: Searching) -> Asked:
    """Return what is asked with IRIs in place of names.

    Raises RefusedError: 404 for a name that means nothing or several things, 503 where the names are still being read.
    """
    if not asked.has_names:
        return asked
    index, is_former = await searching.index()

    def found() -> Understood:
        return understand(asked.query, asked.values, lambda: index, asked.lang)

    try:
        meant = await asyncio.to_thread(found)
    except UnknownNameError as error:
        if is_former:  # it may be in what has just been loaded
            raise searching.refusal() from None
        raise unknown(asked, error) from None
    except UsageError as error:
        raise refusal_of(asked.query, error) from None
    return replace(asked, terms=meant.values, references=meant.references, is_passing=is_former)


def unknown(asked: Asked, error: UnknownNameError) -> RefusedError:
    """Return the refusal of a name, with what may have been meant."""
    parameter = next(each for each in asked.query.parameters if each.name == error.values["name"])
    return refused_name(error, {"name": parameter.name, "type": parameter.type, "example": parameter.example})


def refused_name(error: UnknownNameError, parameter: Mapping[str, str]) -> RefusedError:
    """Return a name that means nothing as a problem (RFC 9457) that lists what may have been meant."""
    near = [{"iri": each.iri, "type": each.type, "label": each.label} for each in error.meant]
    values = {**error.values, "value": error.values["value"][:100]}
    return RefusedError(404, error.code, values, members={"parameter": parameter, "suggestions": near})


def headers(references: Sequence[Reference], lang: Language) -> dict[str, str]:
    """Return the header that tells what was understood, {} where nothing was named."""
    if not references:
        return {}
    told = (
        f"<{each.iri}>; param={each.parameter}; title*=UTF-8'{lang}'{quote(each.label, safe='')}; "
        f"given*=UTF-8''{quote(each.given[:200], safe='')}"
        for each in references
    )
    return {HEADER: ", ".join(told)}

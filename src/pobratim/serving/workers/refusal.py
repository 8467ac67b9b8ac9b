"""Answers that say no: which limit or rule, and what to do. RFC 9457 (problem+json), in Russian or English."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from pobratim.errors import PobratimError
from pobratim.messages import Language, explain, is_message, text
from pobratim.sparql.mistakes import Mistake

PROBLEM_JSON = "application/problem+json"
TYPE = "urn:pobratim:problem:"


@dataclass(slots=True)
class RefusedError(Exception):
    """A request that is not answered: ``code`` names the messages ``serve-CODE`` (detail) and ``serve-STATUS`` (title).

    What the command line refuses as well (a name that means nothing, a selection without sense) has one message for
    both, ``CODE``.

    ``limit`` is the setting that was hit, by the name it has in pobratim.toml; ``retry_after`` is in seconds.
    Of ``values`` an error of ours is told in the reader's language. ``members`` are further members of the problem, for
    programs (RFC 9457, 3.2).
    """

    status: int
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    limit: tuple[str, float] | None = None
    retry_after: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, object] = field(default_factory=dict)

    def detail(self, lang: Language) -> str:
        """Return what was refused and what to do."""
        own = f"serve-{self.code}"
        told = {name: explain(it, lang) if isinstance(it, PobratimError) else it for name, it in self.values.items()}
        return text(own if is_message(own) else self.code, lang, **told)

    def response(self, lang: Language) -> Response:
        """Return the HTTP answer."""
        problem: dict[str, object] = {
            "type": TYPE + self.code,
            "title": text(f"serve-{self.status}", lang),
            "status": self.status,
            "detail": self.detail(lang),
        }
        problem |= self.members
        if self.limit:
            problem["limit"] = {"name": self.limit[0], "value": self.limit[1]}
        headers = {**self.headers, "Cache-Control": "no-store", "Content-Language": lang}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        body = json.dumps(problem, ensure_ascii=False, indent=1).encode()
        return Response(body, self.status, headers, media_type=PROBLEM_JSON)


def syntax_refusal(mistake: Mistake) -> RefusedError:
    """Return the refusal of what is no SPARQL; ``line`` and ``column`` are members of the problem too."""
    place = {"line": mistake.line, "column": mistake.column}
    members = {**place, "engine": str(mistake.told)}
    return RefusedError(400, "query-syntax", {"cause": mistake.told, **place}, members=members)

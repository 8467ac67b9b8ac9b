"""Pages that only folders have, which a browser makes of the files of ``files.py``: search, a pair, a network, and of
packs: an event."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pobratim.messages import Language, texts
from pobratim.site.suggestions import KINDS
from pobratim.site.words import words

_SEARCH = "search-"
EVENT = "event"
"""The folder of the page of an event that lies in a pack."""
_TERMS = {"who": "cv:hasParticipation", "topics": "dct:subject", "mode": "cv:format"}
"""Words of the page of an event → the property that is called so."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """A template of ``viz/pages``, and its values by language."""

    template: str
    values: Callable[[Language], Mapping[str, Any]]


def made_pages() -> Mapping[str, MadePage]:
    """Return the pages by their folders."""
    return {
        "search": MadePage("names.html", _search),
        "pair": MadePage("pair-made.html", _pair),
        EVENT: MadePage("event-made.html", _event),
        "network/around": MadePage("network-made.html", _network),
    }


def _search(lang: Language) -> Mapping[str, Any]:
    every = texts("pages", lang)
    kinds = {f"kind-{kind}": every[f"search-type-{types[0]}"] for kind, types in KINDS.items() if types}
    own = {code: text for code, text in every.items() if code == "search" or code.startswith(_SEARCH)}
    found = {"found": texts("pages", lang, "counted")["found"]}
    return {"words": {**own, **found, **kinds, **_failed(lang)}}


def _pair(lang: Language) -> Mapping[str, Any]:
    return {"words": _failed(lang)}


def _event(lang: Language) -> Mapping[str, Any]:
    made = {name: texts("pages", lang)[f"made-{name}"] for name in ("no-date", "agreements", "where")}
    terms = {name: words()["terms"][term][lang] for name, term in _TERMS.items()}
    return {"words": {**_failed(lang), **made, **terms, "unknown": texts("pages", lang)["made-no-event"]}}


def _network(lang: Language) -> Mapping[str, Any]:
    words = texts("picture", lang)
    return {"w": words, "words": {**words, **texts("picture", lang, "counted")}}


def _failed(lang: Language) -> Mapping[str, str]:
    return {"failed": texts("pages", lang)["made-failed"]}

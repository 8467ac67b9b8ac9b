"""``/paths?from=&to=``: how two parties hang together: up to three shortest paths, each step with its tie."""

from typing import Any

from pobratim.explore import Index
from pobratim.explore.parties import Party, party_of
from pobratim.explore.paths import HUB, Path, Step, paths_between
from pobratim.messages import texts
from pobratim.site.asking import Asker
from pobratim.site.explorer.brief import WORDS
from pobratim.site.explorer.listed import pair_link
from pobratim.site.explorer.pair import unknown_page
from pobratim.site.explorer.unloaded import needs_reports
from pobratim.site.explorer.wording import Wording
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text

ENDS = ("from", "to")
"""The parameters that name the two."""


@needs_reports
async def paths_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page of the paths between two parties: a form without them, 404 for one that nobody knows."""
    del path
    words, asked = texts(WORDS, visit.lang), dict(visit.query)
    refs = [asked.get(name, "").strip() for name in ENDS]
    if not all(refs):
        return Page("paths.html", _values(visit, refs, [], words["path-ask"]))

    def found(index: Index) -> list[Party | None]:
        return [party_of(index, ref) for ref in refs]

    one, other = await asker.explored(found)
    if one is None or other is None:
        name = refs[0] if one is None else refs[1]
        return unknown_page(visit, words["unknown"].format(name=name), [], query=name)
    if one.number == other.number:
        return Page("paths.html", _values(visit, refs, [one, other], words["path-same"]))
    ways = await asker.explored(lambda index: paths_between(index, one, other))
    values = _values(visit, refs, [one, other], "" if ways else words["path-none"].format(hub=HUB))
    return Page("paths.html", {**values, "paths": [_path(way, visit) for way in ways]})


def _values(visit: Visit, refs: list[str], parties: list[Party], sentence: str) -> dict[str, Any]:
    words = texts(WORDS, visit.lang)
    names = [party.said_briefly(visit.lang) for party in parties]
    told = [party.said(visit.lang) for party in parties] or refs
    title = words["paths-between"].format(left=names[0], right=names[1]) if names else words["paths"]
    return {
        "w": words,
        "title": title,
        "ends": [(name, words[f"path-{name}"], said) for name, said in zip(ENDS, told, strict=True)],
        "sentence": sentence,
        "paths": [],
        "about": words["path-about"].format(hub=HUB),
    }


def _path(way: Path, visit: Visit) -> list[dict[str, Any]]:
    return [_step(step, visit) for step in way.steps]


def _step(step: Step, visit: Visit) -> dict[str, Any]:
    """Return a step: from whom to whom, by what, and where the sentence is that the tie is based on."""
    w, words, lang = Wording(visit.lang), texts(WORDS, visit.lang), visit.lang
    ends = {
        side: (party.said_briefly(lang), visit.about(party.iri), _where(party, visit))
        for side, party in (("left", step.left), ("right", step.right))
    }
    if step.tie is None:
        return {**ends, "said": words["path-belongs"], "link": "", "sentence": ""}
    counted = [("events", step.tie.events), ("agreements", step.tie.agreements)]
    said = [w.counted(name, count) for name, count in counted if count]
    said += [date_text(step.tie.last, lang)] if step.tie.last else []
    link = pair_link(visit, step.left, step.right)
    return {**ends, "said": ", ".join(said), "link": link, "sentence": f"{link}#evidence"}


def _where(party: Party, visit: Visit) -> str:
    town = party.town_name_en if visit.lang == "en" and party.town_name_en else party.town_name
    country = party.country.said(visit.lang) if party.country else ""
    return ", ".join(part for part in (town, country) if part)

"""The stand-alone page: pyvis makes the drawing's data, our template and script the page.

One HTML file that needs no network: pyvis's own page is not used, since every mode of it asks a CDN. The script is made
of ``viz/network`` by ``tools/build_network_script.py``.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from gzip import compress
from hashlib import sha256
from typing import Any

from pobratim.content import content_root
from pobratim.messages import LANGUAGES, Language
from pobratim.network.figure import Figure, Node
from pobratim.network.model import Entry, Tie
from pobratim.network.words import strings
from pobratim.templating.styles import stylesheet
from pobratim.templating.templates import Templates

_TEMPLATES = Templates()
PLAIN = 1_000_000
"""Up to so many characters the data stand in the page as they are, for any browser and for people who look inside."""


def to_html(figure: Figure, lang: Language) -> str:
    """Return the page; it opens in ``lang`` and can be switched to the other language."""
    viz = content_root() / "viz"
    data_type, data = _packed(_json(page_data(figure, lang)))
    script = (viz / "network.js").read_text(encoding="utf-8")
    values = {
        "lang": lang,
        "title": figure.network.view.title[lang],
        "noscript": strings(lang)["noscript"],
        "style": stylesheet(("light",)) + (viz / "network.css").read_text(encoding="utf-8"),
        "data_type": data_type,
        "data": data,
        "script": script,
        "script_hash": _hash(script),
    }
    return _TEMPLATES.render("network.html", values)


def page_data(figure: Figure, lang: Language) -> dict[str, Any]:
    """Return all that the page's script shows, as plain JSON values."""
    network = figure.network
    parameters = {parameter.name: parameter for parameter in network.view.query.parameters}
    shown = {iri for line in figure.lines for iri in line.tie.entries}
    return {
        "lang": lang,
        "strings": {lang: dict(strings(lang)) for lang in LANGUAGES},
        "title": dict(network.view.title),
        "about": dict(network.nothing or network.view.query.description),
        "parameters": [
            {"label": dict(parameters[name].label), "value": value} for name, value in network.values.items()
        ],
        "words": _words(figure),
        "countries": [{"id": iri, "colour": colour} for iri, colour in figure.countries],
        "total": {"nodes": figure.all_nodes, "ties": figure.all_ties},
        "drawing": _drawing(figure),
        "parties": {node.party.id: _party(node) for node in figure.nodes},
        "ties": {line.tie.id: _tie(line.tie) for line in figure.lines},
        "entries": {iri: _entry(entry) for iri, entry in network.entries.items() if iri in shown},
    }


def _drawing(figure: Figure) -> dict[str, Any]:
    from pyvis.network import Network as VisNetwork  # imported here: it loads a template engine of its own accord

    # Directed, because an undirected pyvis network drops a second tie between the same two parties.
    drawing = VisNetwork(directed=True)
    for node in figure.nodes:
        drawing.add_node(
            node.party.id,
            label="\n".join(node.lines),
            shape=node.shape,
            color=node.colour,
            title=node.party.names.get("ru", node.party.short),
            x=node.wide[0],
            y=node.wide[1],
            size=node.radius,
        )
    for line in figure.lines:
        drawing.add_edge(
            line.tie.a,
            line.tie.b,
            id=line.tie.id,
            arrows="",
            width=line.width,
            color=line.colour,
            dashes=[7, 6] if line.dashed else False,
        )
    nodes, edges, *_ = drawing.get_network_data()
    return {"nodes": nodes, "edges": edges}


def _party(node: Node) -> dict[str, Any]:
    party = node.party
    return {
        "names": dict(party.names),
        "others": list(party.others),
        "short": party.short,
        "type": party.type,
        "kind": party.kind,
        "place": party.place,
        "country": party.country,
        "colour": node.colour,
        "narrow": list(node.narrow),
    }


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "a": tie.a,
        "b": tie.b,
        "kind": tie.kind,
        "start": tie.start,
        "end": tie.end,
        "events": tie.events,
        "sides": tie.sides,
        "topics": list(tie.topics),
        "entries": list(tie.entries),
        "agreements": [
            {"label": item.label, "kind": item.kind, "status": item.status, "edtf": item.edtf}
            for item in tie.agreements
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "title": entry.title,
        "edtf": entry.edtf,
        "start": entry.start,
        "end": entry.end,
        "report": entry.report,
        "reporter": entry.reporter,
        "activity": entry.activity or entry.id,
        "kind": entry.kind,
        "topics": list(entry.topics),
        "roles": {party: list(roles) for party, roles in entry.roles.items()},
        "cells": [{"column": cell.column, "text": cell.text, "marks": cell.marks} for cell in entry.cells],
    }


def _words(figure: Figure) -> dict[str, Mapping[str, str]]:
    """Return the labels of the concepts that the page names."""
    network = figure.network
    used = {value for party in network.parties.values() for value in (party.kind, party.country)}
    for tie in network.ties.values():
        used |= {tie.kind, *tie.topics}
        used |= {value for item in tie.agreements for value in (item.kind, item.status)}
    for entry in network.entries.values():
        used |= {entry.kind, *entry.topics, *(cell.column for cell in entry.cells)}
        used |= {role for roles in entry.roles.values() for role in roles}
    return {iri: {lang: network.word(iri, lang) for lang in LANGUAGES} for iri in sorted(used - {""})}


def _hash(script: str) -> str:
    """Return what the page's Content-Security-Policy names this script by (CSP Level 3, 2.3.1)."""
    return b64encode(sha256(script.encode()).digest()).decode()


def _json(data: object) -> str:
    # No "<" can then end the script element or open a comment in it.
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _packed(data: str) -> tuple[str, str]:
    """Return the media type and the text of the page's data: as they are, or, where that is much, compressed.

    Rows of reports shrink to about a tenth; browsers unpack them since 2023 (DecompressionStream).
    """
    if len(data) <= PLAIN:
        return "application/json", data
    return "application/gzip;base64", b64encode(compress(data.encode(), mtime=0)).decode()

"""What web servers are told, so that lasting IRIs lead to files: for w3id.org and Apache (mod_rewrite), and for nginx.

All three are written from one table of patterns (``documents.csv``). RDF is asked for by Accept and comes first, a page
for people is the fallback, as reviewers of w3id.org want it. What is gone answers 410, what was merged 301.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pobratim.publishing.folder.documents import VOCABULARIES, Documents, patterns
from pobratim.publishing.folder.packs import ENDING, PACKED
from pobratim.rdf.iris import path_of
from pobratim.store.tombstones import Tombstone

FORMS = (("ttl", r"text/turtle|application/x-turtle"), ("jsonld", r"application/ld\+json|application/json"))
"""Endings of data files and what in an Accept header asks for them, the first that fits."""
_TYPES = {
    "ttl": "text/turtle", "jsonld": "application/ld+json", "nq": "application/n-quads", "trig": "application/trig",
    "rdf": "application/rdf+xml", "geojson": "application/geo+json", "parquet": "application/vnd.apache.parquet",
    "graphml": "application/graphml+xml", "atom": "application/atom+xml",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lead:
    """One rule: paths of IRIs that fit ``pattern`` have the document ``document`` (``$1`` the first group).

    ``code`` is 303 for a document, 301 for another IRI (``document`` is its path), 410 for what is gone. ``has_page``
    tells whether there is a page for people.
    """

    pattern: str
    document: str
    code: int = 303
    has_page: bool = True
    has_data: bool = True


def leads(
    base: str,
    documents: Documents,
    gone: Mapping[str, Tombstone],
    odd: Collection[str],
    areas: Mapping[str, str],
    is_packed: bool,
) -> list[Lead]:
    """Return the rules in their order: single IRIs before patterns.

    ``odd`` are IRIs whose documents have other names than the pattern gives, ``areas`` IRIs of regions → documents.
    """
    found = [lead for iri, one in sorted(gone.items()) if (lead := _gone(base, iri, one))]
    for iri, document in sorted([*areas.items(), *((iri, documents.of(iri)) for iri in odd)]):
        if path := path_of(base, iri):
            found.append(Lead(re.escape(path), document))
    for one in patterns():
        if is_packed and one.kind in PACKED:
            continue
        document = one.document
        found.append(Lead(one.pattern, document, has_page=documents.has_page(document)))
    found += [Lead(name, name) for name in (*VOCABULARIES, "catalog")]
    found.append(Lead("graph/(.+)", "graph/$1", has_data=False))
    return found


def _gone(base: str, iri: str, one: Tombstone) -> Lead | None:
    path = path_of(base, iri)
    if path is None:
        return None
    heir = path_of(base, one.replacement) if one.replacement else None
    return Lead(re.escape(path), heir or "", 301 if heir else 410)


def w3id(base: str, public: str, every: Sequence[Lead], packed: bool) -> str:
    """Return the .htaccess of a folder of perma-id/w3id.org: IRIs lead to the public address."""
    head = (
        f"# {base}/ -> {public}/\n"
        "Options -MultiViews\nRewriteEngine on\nSetEnvIf Request_URI .* no-gzip\n"
        "Header always set Access-Control-Allow-Origin *\n"
    )
    return head + "".join(_apache(every, public, "^", packed)) + f"RewriteRule ^$ {public}/ [R=303,L]\n"


def apache(public: str, every: Sequence[Lead], packed: bool) -> str:
    """Return the .htaccess of the folder itself."""
    root = urlsplit(public).path
    types = "".join(f"AddType {_media(kind)} .{ending}\n" for ending, kind in sorted(_TYPES.items()))
    head = (
        f"{types}Options -MultiViews -Indexes\nErrorDocument 404 {root}/404.html\n"
        f"RewriteEngine on\nRewriteBase {root or '/'}\n"
    )
    return head + "".join(_apache(every, public, "^", packed)) + "".join(_gone_pages(every))


def _media(kind: str) -> str:
    return f"{kind};charset=utf-8" if kind.startswith("text/") else kind


def _gone_pages(every: Sequence[Lead]) -> Iterator[str]:
    for lead in every:
        if lead.code == 410 and lead.pattern.startswith("id/"):
            yield f"RewriteRule ^doc/{lead.pattern.removeprefix('id/')}(?:\\.ttl|\\.jsonld|/.*)?$ - [G,L]\n"


def _apache(every: Sequence[Lead], public: str, start: str, packed: bool) -> Iterator[str]:
    for lead in every:
        if lead.code == 410:
            yield f"RewriteRule {start}{lead.pattern}$ - [G,L]\n"
        elif lead.code == 301:
            yield f"RewriteRule {start}{lead.pattern}$ {lead.document} [R=301,L]\n".replace(" id/", f" {public}/id/")
        else:
            if lead.has_data:
                for ending, accepted in FORMS:
                    yield f"RewriteCond %{{HTTP_ACCEPT}} {accepted}\n"
                    yield f"RewriteRule {start}{lead.pattern}$ {public}/{lead.document}.{ending} [R=303,L]\n"
            target = f"{lead.document}/" if lead.has_page else f"{lead.document}.ttl"
            yield f"RewriteRule {start}{lead.pattern}$ {public}/{target} [R=303,L]\n"
    if packed:
        for kind, pattern in PACKED.items():
            yield f"RewriteRule {start}{pattern}$ {public}/packs/{kind}/$1{ENDING} [R=303,L]\n"


def nginx(public: str, every: Sequence[Lead], packed: bool) -> str:
    """Return what nginx includes in a server block; the map belongs beside that, in http."""
    root = urlsplit(public).path
    forms = "".join(f'#   "~*({accepted})" {ending};\n' for ending, accepted in FORMS)
    head = (
        "# In http { }:\n# map $http_accept $rdf_form {\n#   default html;\n" + forms + "# }\n"
        "# In server { }, with root at this folder:\n"
        f"error_page 404 {root}/404.html;\ncharset utf-8;\nadd_header Access-Control-Allow-Origin * always;\n"
        "types {\n  text/html html;\n  text/css css;\n  text/javascript js;\n  application/json json;\n"
        "  image/svg+xml svg;\n  font/woff2 woff2;\n  text/csv csv;\n  text/xml xml;\n  text/plain txt;\n"
        "  application/gzip gz;\n  application/zip zip;\n"
        + "".join(f"  {kind} {ending};\n" for ending, kind in sorted(_TYPES.items()))
        + "  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx;\n}\n"
    )
    return head + "".join(_nginx(every, root, public, packed))


def _nginx(every: Sequence[Lead], root: str, public: str, packed: bool) -> Iterator[str]:
    for lead in every:
        where = f'location ~ "^{root}/{lead.pattern}$"'
        if lead.code == 410:
            yield f"{where} {{ return 410; }}\n"
            if lead.pattern.startswith("id/"):
                path = lead.pattern.removeprefix("id/")
                yield f'location ~ "^{root}/doc/{path}(\\.ttl|\\.jsonld|/.*)?$" {{ return 410; }}\n'
        elif lead.code == 301:
            yield f"{where} {{ return 301 {public}/{lead.document}; }}\n"
        else:
            page = f"{lead.document}/" if lead.has_page else f"{lead.document}.ttl"
            asked = (
                f"if ($rdf_form != html) {{ return 303 {public}/{lead.document}.$rdf_form; }} " if lead.has_data else ""
            )
            yield f"{where} {{ {asked}return 303 {public}/{page}; }}\n"
    if packed:
        for kind, pattern in PACKED.items():
            yield f'location ~ "^{root}/{pattern}$" {{ return 303 {public}/packs/{kind}/$1{ENDING}; }}\n'

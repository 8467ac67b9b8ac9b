"""What web servers are told, so that lasting IRIs lead to files: for w3id.org and Apache (mod_rewrite), and for nginx.

All three are written from one table of patterns (``documents.csv``). RDF is asked for by Accept and comes first, a page
for people is the fallback, as reviewers of w3id.org want it. What is gone answers 410, what was merged 301.
"""

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pobratim.publishing.folder.catalogue import FILE as _CATALOGUE
from pobratim.publishing.folder.documents import VOCABULARIES, Documents, patterns
from pobratim.publishing.folder.media import TYPES, USUAL
from pobratim.publishing.folder.packs import ENDING, PACKED, SHOWN
from pobratim.rdf.iris import path_of
from pobratim.rdf.ontology import versions
from pobratim.store.tombstones import Tombstone

FORMS = (
    ("ttl", r"text/turtle|application/x-turtle"),
    ("jsonld", r"application/ld\+json|application/json"),
    ("rdf", r"application/rdf\+xml"),
)
"""Endings of data files and what in an Accept header asks for them, the first that fits; servers weigh nothing here."""
_LINES = ("nt", r"application/n-triples")
"""Data that lie nowhere as files, as RDF/XML does but for the catalogue. Who asks for either is given Turtle, which
says the same: a page would be of no use, and a program that reads RDF goes by what it is told to have got."""
_HTML = r"^$|text/html|application/xhtml\+xml|text/\*|\*/\*"
"""What asks for a page, where it asks for no data."""
_GROUP = "part"
_OF_DOCUMENTS = ("ttl", "jsonld")
_USUAL_DATA = "ttl"
_OF_CATALOGUE = ("ttl", "jsonld", "rdf")


@dataclass(frozen=True, slots=True)
class Lead:
    """One rule: paths of IRIs that fit ``pattern`` have the document ``document`` (``$1`` the first group).

    ``code`` is 303 for a document, 301 for another IRI (``document`` is its path), 410 for what is gone. ``has_page``
    tells whether there is a page for people, ``forms`` are the endings of its data. Where these lie in a ``pack`` (its
    path) ``page`` is the path of the page.
    """

    pattern: str
    document: str
    code: int = 303
    has_page: bool = True
    forms: tuple[str, ...] = _OF_DOCUMENTS
    page: str = ""
    pack: str = ""

    @property
    def chosen(self) -> Sequence[tuple[str, str]]:
        """Return the paths of the data that there are, with what asks for each."""
        forms = _OF_DOCUMENTS if self.pack else self.forms
        others = [accepted for ending, accepted in (*FORMS, _LINES) if ending not in forms] if forms else []
        found = [(self.data(ending), accepted) for ending, accepted in FORMS if ending in forms]
        return [*found, *((self.data(_USUAL_DATA), accepted) for accepted in others)]

    def data(self, ending: str) -> str:
        """Return the path of what is given where data of a form are asked for."""
        return self.pack or f"{self.document}.{ending}"

    @property
    def usual(self) -> str:
        """Return the path of what is given where no data are asked for: the page, else the data."""
        return self.page or (f"{self.document}/" if self.has_page else f"{self.document}.ttl")


_VOID = Lead("", "void", has_page=False)
"""The first page stands for the description of all data."""


def leads(
    base: str,
    documents: Documents,
    gone: Mapping[str, Tombstone],
    moved: Mapping[str, str],
    odd: Collection[str],
    areas: Mapping[str, str],
    is_packed: bool,
) -> list[Lead]:
    """Return the rules in their order: single IRIs before patterns.

    ``gone`` are IRIs that lead nowhere any more, ``moved`` those that lead to another one now, ``odd`` those whose
    documents have other names than the pattern gives, ``areas`` IRIs of regions → documents.
    """
    fates = {**{iri: Tombstone("", replacement=heir) for iri, heir in moved.items()}, **gone}
    found = [lead for iri, one in sorted(fates.items()) if (lead := _gone(base, iri, one))]
    for iri, document in sorted([*areas.items(), *((iri, documents.of(iri)) for iri in odd)]):
        if path := path_of(base, iri):
            found.append(Lead(re.escape(path), document, has_page=documents.has_page(document)))
    found += [Lead(re.escape(f"def/{number}"), f"def/{number}", has_page=False, forms=()) for number in versions()]
    for one in patterns():
        if is_packed and one.kind in SHOWN:
            pattern, page, pack = SHOWN[one.kind]
            found.append(Lead(pattern, "", forms=(), page=page, pack=f"packs/{pack}{ENDING}"))
        if is_packed and one.document.removeprefix("doc/").partition("/")[0] in PACKED:
            continue  # parts lie in the packs of their whole
        document = one.document
        forms = _OF_CATALOGUE if document == _CATALOGUE else _OF_DOCUMENTS
        found.append(Lead(one.pattern, document, has_page=documents.has_page(document), forms=forms))
    found += [Lead(name, name) for name in VOCABULARIES]
    found += [Lead(name, _CATALOGUE, forms=_OF_CATALOGUE) for name in (_CATALOGUE, r"\.well-known/dcat")]
    found.append(Lead(r"void|\.well-known/void", "void", has_page=False))
    found.append(Lead("graph/([a-z0-9-]+(?:/[a-z0-9-]+)?)", "graph/$1", forms=()))
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
        "Header always set Access-Control-Allow-Origin *\nHeader always merge Vary Accept\n"
    )
    root = f"{_apache_root(public)}RewriteRule ^$ {public}/ [R=303,L]\n"
    return head + "".join(_apache(every, public, packed, heirs=base)) + root


def apache(public: str, every: Sequence[Lead], packed: bool) -> str:
    """Return the .htaccess of the folder itself."""
    root = urlsplit(public).path
    types = "".join(f"AddType {_media(kind)} .{ending}\n" for ending, kind in sorted(TYPES.items()))
    head = (
        f"{types}AddDefaultCharset utf-8\nOptions -MultiViews -Indexes\nErrorDocument 404 {root}/404.html\n"
        "<IfModule mod_headers.c>\nHeader always set Access-Control-Allow-Origin *\nHeader always merge Vary Accept\n"
        "</IfModule>\n"
        f"RewriteEngine on\nRewriteBase {root or '/'}\n"
    )
    led = "".join(_apache(every, public, packed, public, is_strict=True))
    return head + led + _apache_root(public) + "".join(_gone_pages(every))


def _media(kind: str) -> str:
    return f"{kind};charset=utf-8" if kind.startswith("text/") else kind


def _gone_pages(every: Sequence[Lead]) -> Iterator[str]:
    for lead in every:
        if lead.code == 410 and lead.pattern.startswith("id/"):
            yield f"RewriteRule ^doc/{lead.pattern.removeprefix('id/')}(?:\\.ttl|\\.jsonld|/.*)?$ - [G,L]\n"


def _apache(every: Sequence[Lead], public: str, packed: bool, heirs: str, is_strict: bool = False) -> Iterator[str]:
    """Yield the rules; where they are ``is_strict``, who takes neither what there is nor a page gets 406.

    What was merged leads to its heir below ``heirs``, where that is led on in its turn.
    """
    for lead in every:
        begun = f"RewriteRule ^{_whole(lead.pattern)}$"
        if lead.code == 410:
            yield f"{begun} - [G,L]\n"
        elif lead.code == 301:
            yield f"{begun} {heirs}/{lead.document} [R=301,L]\n"
        else:
            for data, accepted in lead.chosen:
                yield f"RewriteCond %{{HTTP_ACCEPT}} {accepted}\n{begun} {public}/{data} [R=303,L]\n"
            if is_strict and lead.forms and lead.has_page:
                yield f"RewriteCond %{{HTTP_ACCEPT}} !({_HTML})\n{begun} - [R=406,L]\n"
            yield f"{begun} {public}/{lead.usual} [R=303,L]\n"
    if packed:
        for kind, pattern in PACKED.items():
            yield f"RewriteRule ^{pattern}$ {public}/packs/{kind}/$1{ENDING} [R=303,L]\n"


def _whole(pattern: str) -> str:
    """Return a pattern that other signs can stand beside."""
    return f"(?:{pattern})" if "|" in pattern else pattern


def _apache_root(public: str) -> str:
    """Return the rules by which the first page leads to the description of all data."""
    return "".join(
        f"RewriteCond %{{HTTP_ACCEPT}} {accepted}\nRewriteRule ^$ {public}/{data} [R=303,L]\n"
        for data, accepted in _VOID.chosen
    )


def nginx(public: str, every: Sequence[Lead], packed: bool) -> str:
    """Return what nginx includes in a server block; the map belongs beside that, in http."""
    root = urlsplit(public).path
    forms = "".join(f'#   "~*({accepted})" {ending};\n' for ending, accepted in (*FORMS, _LINES))
    head = (
        f'# In http {{ }}:\n# map $http_accept $rdf_form {{\n#   default none;\n{forms}#   "~*({_HTML})" html;\n# }}\n'
        "# In server { }, with root at this folder:\n"
        f"error_page 404 {root}/404.html;\ncharset utf-8;\nadd_header Access-Control-Allow-Origin * always;\n"
        "add_header Vary Accept always;\n"
        "charset_types text/plain text/css text/turtle text/csv text/xml text/javascript;\n"
        "types {\n" + "".join(f"  {kind} {ending};\n" for ending, kind in sorted({**USUAL, **TYPES}.items())) + "}\n"
    )
    return head + "".join(_nginx(every, root, public, packed))


def _with_names(pattern: str) -> str:
    """Return a pattern whose groups have names: ``$1`` is empty once the map of Accept was looked up."""
    number = itertools.count(1)
    return re.sub(r"(?<!\\)\((?!\?)", lambda _: f"(?<{_GROUP}{next(number)}>", pattern)


def _asked(lead: Lead, public: str) -> list[str]:
    """Return what leads on whoever asks for data of a form."""
    forms = _OF_DOCUMENTS if lead.pack else lead.forms
    given = [(form, form if form in forms else _USUAL_DATA) for form, _ in (*FORMS, _LINES)] if forms else []
    data = [(form, lead.data(there).replace("$", f"${_GROUP}")) for form, there in given]
    return [f"if ($rdf_form = {form}) {{ return 303 {public}/{path}; }} " for form, path in data]


def _nginx(every: Sequence[Lead], root: str, public: str, packed: bool) -> Iterator[str]:
    for lead in every:
        where = f'location ~ "^{root}/{_with_names(_whole(lead.pattern))}$"'
        if lead.code == 410:
            yield f"{where} {{ return 410; }}\n"
            if lead.pattern.startswith("id/"):
                path = lead.pattern.removeprefix("id/")
                yield f'location ~ "^{root}/doc/{path}(\\.ttl|\\.jsonld|/.*)?$" {{ return 410; }}\n'
        elif lead.code == 301:
            yield f"{where} {{ return 301 {public}/{lead.document}; }}\n"
        else:
            asked = _asked(lead, public)
            if lead.forms and lead.has_page:
                asked.append("if ($rdf_form != html) { return 406; } ")
            usual = lead.usual.replace("$", f"${_GROUP}")
            yield f"{where} {{ {''.join(asked)}return 303 {public}/{usual}; }}\n"
    yield f"location = {root}/ {{ {''.join(_asked(_VOID, public))}}}\n"
    if packed:
        for kind, pattern in PACKED.items():
            where = f'location ~ "^{root}/{_with_names(pattern)}$"'
            yield f"{where} {{ return 303 {public}/packs/{kind}/${_GROUP}1{ENDING}; }}\n"

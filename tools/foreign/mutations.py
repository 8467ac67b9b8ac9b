"""What each program of others is shown broken, so that its consent means something.

A mutation is a pattern of a file's name, an expression over its (unpacked) text, and what all that fits becomes.
"""

import gzip
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

Mutation = tuple[str, str, str]
_TWO_LINES = r"\A([^\n]*\n)([^\n]*\n)"
_ROW = r"\A([^\n]*\n)([^\n]*\n)"
_CULTURE = r"(<[^>]+/topic/culture> )<[^>]+#prefLabel> (\"[^\"]+\"@ru <[^>]+> \.\n)"
_BROADER = r"\1<http://www.w3.org/2004/02/skos/core#prefLabel> \2"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
MUTATIONS: Mapping[str, Sequence[Mutation]] = {
    "csvw": [
        ("events.csv", _ROW + r"[^,\n]+,", r"\1\2,"),
        ("events.csv", _ROW, r"\1\2\2"),
        ("events.csv", r"\b\d{4}-\d\d-\d\d\b", "2023-02-31"),
        ("events.csv-metadata.json", '"url": "events.csv"', '"url": "none.csv"'),
        ("ties.csv", r"\A([^\n]*\n)", r"\1,,,\n"),
    ],
    "frictionless": [
        ("events.csv", _ROW, r"\1\2\2"),
        ("events.csv", r"\b\d{4}-\d\d-\d\d\b", "2023-02-31"),
        ("events.csv", r"\Aid,", "key,"),
        ("datapackage.json", '"path": "events.csv"', '"path": "none.csv"'),
        ("datapackage.json", '"hash": "sha256:.', '"hash": "sha256:g'),
    ],
    "skosify": [
        ("vocabulary.nq.gz", _CULTURE, rf"\1<{_SKOS}prefLabel> \2\1<{_SKOS}altLabel> \2"),
        ("vocabulary.nq.gz", _CULTURE, rf"\1<{_SKOS}prefLabel> \2\1<{_SKOS}hiddenLabel> \2"),
        ("vocabulary.nq.gz", _CULTURE, rf'\1<{_SKOS}prefLabel> \2\1<{_SKOS}prefLabel> "иное"@ru <urn:g> .\n'),
        ("vocabulary.nq.gz", "#hasTopConcept", "#topOf"),
        (
            "vocabulary.nq.gz",
            _CULTURE,
            rf"\1<{_SKOS}prefLabel> \2\1<{_SKOS}broader> \1<urn:g> .\n".replace(r"> \1<urn", r"> \g<1><urn"),
        ),
    ],
    "canonical": [
        ("data.nq.gz", _TWO_LINES, r"\2\1"),
        ("data.nq.gz", _TWO_LINES, r"\1\1\2"),
        ("data.nq.gz", "о", r"\\u043e"),
        ("data.nq.gz", r" \.\n", "  .\n"),
        ("data.nq.gz", r"\A<[^>]*>", "_:one"),
    ],
    "parser": [
        ("catalog.ttl", "dct:title", "dct:alternative"),
        ("catalog.ttl", "Creative Commons Attribution", "A licence"),
        ("catalog.ttl", "dct:IMT", "dct:Standard"),
        ("catalog.ttl", "a dcat:Dataset", "a dcat:Resource"),
        ("catalog.ttl", r" ;\n", "\n"),
    ],
    "mqa": [
        ("catalog.ttl", "dcat:keyword", "dct:subject"),
        ("catalog.ttl", "dcat:downloadURL", "dcat:landingPage"),
        ("catalog.ttl", r"dcat:accessURL <([^>]*)>", r"dcat:accessURL <\1.none>"),
        ("catalog.ttl", "dct:rights", "dct:relation"),
        ("catalog.ttl", r"authority/licence/", "authority/none/"),
    ],
    "packages": [
        ("packages.json", '"name": "internationalties-all"', '"name": "International ties"'),
        ("packages.json", '"name": "побратимы"', '"name": "town, twin!"'),
        ("packages.json", '"maintainer_email": "[^"]*"', '"maintainer_email": "no address"'),
        ("packages.json", r'"size": \d+', '"size": "much"'),
        ("packages.json", '"key": "identifier"', '"key": "uri"'),
    ],
    "rapper": [
        ("catalog.ttl", r" ;\n", "\n"),
        ("catalog.ttl", "@prefix dcat: ", "@prefix other: "),
        ("catalog.ttl", '"@ru', "@ru"),
        ("catalog.rdf", "</dcat:Dataset>|</rdf:Description>", ""),
        ("links.nq.gz", r"\A<", ""),
    ],
    "ldes": [
        ("index.ttl", "tree:relation ", "tree:related "),
        ("index.ttl", "tree:node ", "tree:nodes "),
        ("*-1.ttl", "tree:member ", "tree:members "),
        ("*-1.ttl", r" ;\n", "\n"),
        ("index.ttl", r"-1\.ttl", "-7.ttl"),
    ],
}


def mutated(folder: Path, mutation: Mutation) -> None:
    """Break a file of a folder. Raises ValueError where nothing fits, for then nothing would be tried."""
    name, pattern, then = mutation
    for file in folder.rglob(name):
        packed = file.suffix == ".gz"
        content = gzip.decompress(file.read_bytes()) if packed else file.read_bytes()
        text, count = re.subn(pattern, then, content.decode())
        if count:
            file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
            return
    raise ValueError(f"nothing to break: {mutation}")

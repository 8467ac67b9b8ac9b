"""The media types of the files of a folder, as IANA registers them: what servers are told, and what ours sends."""

from collections.abc import Mapping

TYPES: Mapping[str, str] = {
    "ttl": "text/turtle", "jsonld": "application/ld+json", "nq": "application/n-quads", "trig": "application/trig",
    "rdf": "application/rdf+xml", "geojson": "application/geo+json", "parquet": "application/vnd.apache.parquet",
    "graphml": "application/graphml+xml", "atom": "application/atom+xml",
}  # fmt: skip
"""Types that servers do not know by themselves, by the endings of files."""
USUAL: Mapping[str, str] = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json",
    "svg": "image/svg+xml", "png": "image/png", "woff2": "font/woff2", "csv": "text/csv", "xml": "text/xml",
    "txt": "text/plain", "gz": "application/gzip", "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
"""The others."""


def media_type(path: str) -> str:
    """Return the type of a file by the ending of its name; text has its encoding."""
    kind = {**USUAL, **TYPES}.get(path.rpartition(".")[2], "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

"""What robots and plain hosts look for: the map of the site, robots.txt."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from pobratim.publishing.folder.tree import Tree

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_A_PART = 40_000
"""Addresses of one part (sitemaps.org, 0.9: at most 50,000)."""


def write_map(tree: Tree, public: str, pages: Sequence[str], day: str) -> None:
    """Write the map of the pages (paths below the folder), in parts. Raises OSError."""
    parts = [pages[start : start + _A_PART] for start in range(0, len(pages), _A_PART)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        tree.put(name, _document("urlset", "url", (f"{public}/{page}" for page in part), day))
    tree.put("sitemap.xml", _document("sitemapindex", "sitemap", (f"{public}/{name}" for name in names), day))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {public}/sitemap.xml\n"
    tree.put("robots.txt", robots.encode())


def _document(root: str, entry: str, links: Iterable[str], day: str) -> bytes:
    lines = (f"<{entry}><loc>{escape(link)}</loc><lastmod>{day}</lastmod></{entry}>" for link in links)
    text = "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">', *lines, f"</{root}>"))
    return f"{text}\n".encode()

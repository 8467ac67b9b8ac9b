"""All pages of a site, in parts of at most 50,000 addresses (sitemaps.org, 0.9)."""

from pobratim.rdf.iris import DEFINITIONS
from pobratim.site.addresses import Addresses
from pobratim.site.asking import Asker, text_term
from pobratim.site.kinds import KINDS
from pobratim.site.statistics import count

_A_PART = 40_000
"""Pages that a part holds on average; parts differ a little, and none may hold more than 50,000."""
_HEX = "0123456789abcdef"


async def parts(asker: Asker) -> list[str]:
    """Return the names of the parts of all pages. Raises as the asker does."""
    counted = await asker.once(count)
    return parts_of(counted.entities + sum(counted.classes.values()) // 10)


def parts_of(pages: int) -> list[str]:
    """Return the names of the parts for so many pages: beginnings of an MD5, "" where one part holds all."""
    found = [""]
    while pages / len(found) > _A_PART:
        found = [part + digit for part in found for digit in _HEX]
    return found


async def links(asker: Asker, addresses: Addresses, part: str) -> list[str]:
    """Return the whole URLs of a part's pages, sorted. Raises as the asker does."""
    rows = await asker.rows(
        "sitemap",
        space=text_term(f"{asker.data.base}/id/"),
        definitions=text_term(DEFINITIONS),
        part=text_term(part),
    )
    found = {link for row in rows if (link := addresses.page(row["thing"].value))}
    if part in ("", _HEX[0] * len(part)):
        found |= {addresses.root + kind.path for kind in KINDS if kind.is_fixed}
    return [addresses.absolute(link) for link in sorted(found)]

"""The sections of the site, as the head of every page names them: those that have a page."""

from dataclasses import dataclass
from functools import cache

from pobratim.site.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its word is ``nav-NAME`` of ``viz/words/pages.yml``, ``path`` the address of its first page."""

    name: str
    path: str


HEAD = tuple(
    Section(name, f"/{name}") for name in ("partners", "network", "map", "time", "agreements", "events", "reports")
)
"""The sections in the order of the head."""
FOOT = (Section("terms", "/def"), Section("questions", "/queries"), Section("developers", "/developers"))
"""What stands at the foot of every page."""


@cache
def sections() -> dict[str, tuple[Section, ...]]:
    """Return the sections of "head" and "foot" whose first page is one of ``kinds.KINDS``: no link leads nowhere."""
    there = {kind.path for kind in KINDS if kind.is_fixed}
    return {
        name: tuple(section for section in every if section.path in there)
        for name, every in (("head", HEAD), ("foot", FOOT))
    }

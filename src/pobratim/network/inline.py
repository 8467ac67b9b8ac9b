"""The network page inside a notebook's output: the same page as on disk, in a frame of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

from pobratim.messages import Language
from pobratim.network.export import OWN, Engine
from pobratim.network.model import Network
from pobratim.network.page import to_html
from pobratim.network.pyvis_page import to_pyvis

HEIGHT = 640
"""Pixels of the frame: the drawing beside its panel, without the notebook's own page having to scroll."""

_ALLOWED = "allow-scripts allow-downloads allow-modals"
"""What the framed page may do (HTML Standard, 4.8.5): its script, save a PNG, print. It cannot reach the notebook."""


@dataclass(frozen=True, slots=True)
class InlinePage:
    """A page that notebooks show where a cell's last value is one: ``page`` is the HTML, ``height`` its pixels."""

    page: str
    height: int = HEIGHT

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.page)}" sandbox="{_ALLOWED}" width="100%" height="{self.height}" '
            'style="border: 1px solid #dde2e6"></iframe>'
        )

    def __repr__(self) -> str:
        """Return a short text, for consoles: the page itself is half a megabyte."""
        return f"InlinePage({len(self.page)} characters, height={self.height})"


def show(
    network: Network,
    parties: Iterable[str] | None = None,
    lang: Language = "ru",
    height: int = HEIGHT,
    engine: Engine = OWN,
) -> InlinePage:
    """Return the network's page for a notebook, ours or pyvis's; it needs no network connection.

    ``parties`` are IRIs of those to show, with the ties among them: a list, a set, or a networkx graph of them (a
    path, a community, a neighbourhood); None shows all. ``height`` is in pixels.
    """
    kept = network if parties is None else part_of(network, parties)
    return InlinePage(to_pyvis(kept, lang) if engine == "pyvis" else to_html(kept, lang), height)


def part_of(network: Network, parties: Iterable[str]) -> Network:
    """Return the part of a network made of these parties, the ties among them and the rows that tell of those.

    IRIs of parties that the network does not have are passed over.
    """
    wanted = set(parties)
    ties = {iri: tie for iri, tie in network.ties.items() if tie.a in wanted and tie.b in wanted}
    told = {entry for tie in ties.values() for entry in tie.entries}
    return replace(
        network,
        parties={iri: party for iri, party in network.parties.items() if iri in wanted},
        ties=ties,
        entries={iri: entry for iri, entry in network.entries.items() if iri in told},
    )

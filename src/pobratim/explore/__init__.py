"""What the explorer asks: parties, ties, events and agreements under a selection, from an index made of the tables."""

from pobratim.explore.index import Index
from pobratim.explore.kept import index_of
from pobratim.explore.selection import Selection

__all__ = ["Index", "Selection", "index_of"]

"""The files of columns that a browser filters by itself, as the index keeps them."""

from pobratim.explore.filling.columns import NAMES, lists
from pobratim.explore.index import Index

__all__ = ["NAMES", "columns", "lists"]


def columns(index: Index, name: str) -> bytes:
    """Return a file of ``NAMES`` as JSON, compressed with gzip."""
    return bytes(index.value("SELECT content FROM columns WHERE name = ?", name))

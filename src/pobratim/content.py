"""Find the ontology, loaders, queries and viz folders: inside the installed package, or else in the checkout."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_CANDIDATES = (_PACKAGE / "_content", _PACKAGE.parents[1])


@cache
def content_root() -> Path:
    """Return the folder that holds ``ontology/``, ``loaders/``, ``queries/`` and ``viz/``.

    Raises FileNotFoundError where neither the wheel nor a checkout has them.
    """
    for root in _CANDIDATES:
        if (root / "ontology" / "pobratim.ttl").is_file():
            return root
    places = " or ".join(str(root) for root in _CANDIDATES)
    raise FileNotFoundError(f"no ontology/pobratim.ttl in {places}: was the wheel built without it?")

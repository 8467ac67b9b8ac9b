"""What is known of the generation that is served."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.store.opening import is_url


@dataclass(frozen=True, slots=True)
class Served:
    """The generation that is served. ``tag`` differs wherever the data may differ; ``base`` begins all IRIs of ours.

    ``modified`` is when it was made, ``quads`` how many it holds: None where nobody tells. ``store`` is the store
    that has it, "" for that of the command line, which has none before something is loaded.
    """

    number: int
    tag: str
    base: str = DEFAULT_BASE
    manifest: dict[str, Any] = field(default_factory=dict)
    modified: datetime | None = None
    quads: int | None = None
    store: str = ""


def beside(store: str, room: str, number: int) -> Path | None:
    """Return the folder of a store's ``room`` for what is made of a generation, which need not be there; None for a
    store behind a URL."""
    return None if is_url(store) else Path(store) / room / f"{number:06}"

"""A second opinion: organisations, places and persons that a model sees where no rule has claimed the text.

The model is natasha's (slovnet's news NER over navec's embeddings, both inside natasha's wheel), of the optional extra
``ner``. What it says is only proposed to people, marked as its own, and never enters the graph. natasha itself is not
imported: it wants pymorphy2, which does not run on Python 3.11; its two model files and slovnet are all that is needed.
"""

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pobratim.errors import UsageError
from pobratim.quality.claims import Claims, Span, texts
from pobratim.quality.gaps import Gap, GapKind, gap_at, gaps_of
from pobratim.quality.surroundings import Surroundings
from pobratim.record import Record

ORIGIN = "natasha"
_EMBEDDINGS = "emb/navec_news_v1_1B_250K_300d_100q.tar"
_TAGGER = "model/slovnet_ner_news_v1.tar"
_KINDS: Mapping[str, GapKind] = MappingProxyType({"ORG": "org", "LOC": "loc", "PER": "per"})

Tagger = Callable[[str], Iterable[Any]]
"""Takes a text and gives spans with ``start``, ``stop`` and ``type`` (ORG, LOC, PER)."""


def proposals(record: Record, tagger: Tagger | None = None) -> list[Gap]:
    """Return what the model sees in the record's cells outside of what is claimed, by column and place.

    Only cells in which a name or quotation is unclaimed are read at all, for the model is slow. Raises UsageError
    where the extra is not installed.
    """
    open_columns = {gap.column for gap in gaps_of(record)}
    if not open_columns:
        return []
    claims = Claims(record)
    found = []
    for column, text in texts(record):
        if column in open_columns:
            around = Surroundings(claims, column, text)
            seen = _seen(text, tagger or natasha())
            found += [
                gap_at(record, column, span, kind, ORIGIN) for kind, span in seen if _is_new(claims, around, span)
            ]
    return found


def _is_new(claims: Claims, around: Surroundings, span: Span) -> bool:
    """Tell whether the rules have not claimed a stretch, nor know it otherwise: by a phrase of the row, as a place."""
    return not (claims.overlaps(around.column, *span) or around.told(span) or around.geography(span))


@cache
def natasha() -> Tagger:
    """Return the tagger, loaded once. Raises UsageError where the extra ``ner`` is not installed or is incomplete."""
    navec, slovnet = (_module(name) for name in ("navec", "slovnet"))
    model, embeddings = _file(_TAGGER), _file(_EMBEDDINGS)
    tagger = slovnet.NER.load(str(model))
    tagger.navec(navec.Navec.load(str(embeddings)))

    def tag(text: str) -> Sequence[Any]:
        spans: Sequence[Any] = tagger(text).spans
        return spans

    return tag


def _seen(text: str, tagger: Tagger) -> list[tuple[GapKind, Span]]:
    return [(_KINDS[one.type], Span(one.start, one.stop)) for one in tagger(text) if one.type in _KINDS]


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise UsageError("ner-missing", package=error.name or name) from error


def _file(name: str) -> Path:
    """Return a model file of the natasha package, which is found without being imported."""
    found = importlib.util.find_spec("natasha")
    if found is None or not found.submodule_search_locations:
        raise UsageError("ner-missing", package="natasha")
    path = Path(next(iter(found.submodule_search_locations)), "data", name)
    if not path.is_file():
        raise UsageError("ner-broken", file=name)
    return path

"""The search index: tantivy finds candidates, ``ranking`` puts them in order and says which name was meant."""

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from rapidfuzz.distance import JaroWinkler
from tantivy import Index, Query

from pobratim.ground import disk
from pobratim.lexicon.lexicon import lexicon
from pobratim.messages import Language
from pobratim.search import fields
from pobratim.search.documents import SearchDocument
from pobratim.search.nicknames import edition
from pobratim.search.questions import QueryMaker, Question, telling_words
from pobratim.search.ranking import Match, match, score
from pobratim.text.folding import folded_words, keys, other_layout

Found = tuple[float, SearchDocument, str]

_STAMP = "stamp.json"
_DRAFT = ".tmp-"
_HEAP = 256_000_000
"""Bytes for building; so much that a country's names come to one segment, whose order breaks ties."""
_LEAST_ALIKE = 0.82
"""The least likeness (Jaro and Winkler's) of a name that is offered for another."""
_NEAREST = 20_000
"""Things whose names are compared with one that nothing is called by, those with most ties first."""
_CANDIDATES = 150
"""Things that are looked at closely, at least; those far behind by words alone have no chance."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found: its label, place and country in the language asked for, and ``matched``, the name that answers."""

    iri: str
    type: str
    label: str
    place: str
    country: str
    score: float
    matched: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a text may mean: ``how`` it is named, and by which of its names."""

    how: Match
    document: SearchDocument
    name: str


def build_index(documents: Iterable[SearchDocument], folder: Path) -> None:
    """Write the index of ``documents`` as ``folder``; where one of this version is there already, do nothing.

    It appears whole or not at all, also when two processes build it at once. Raises OSError where the folder cannot be
    made.
    """
    if _is_current(folder):
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder.parent))
    try:
        _write(documents, Index(fields.schema(), str(draft)))
        (draft / _STAMP).write_text(json.dumps(_stamp()), encoding="ascii")
        draft.chmod(0o755)
        _put(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


class SearchIndex:
    """Answers queries of one index, which never changes; safe to ask from several threads."""

    def __init__(self, index: Index) -> None:
        """Take an open index; use ``open`` or ``of``."""
        index.register_tokenizer(fields.WORDS, fields.analyzer())
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> "SearchIndex":
        """Return the index in ``folder``. Raises FileNotFoundError where there is none of this version."""
        if not _is_current(folder):
            raise FileNotFoundError(folder)
        try:
            return cls(Index.open(str(folder)))
        except ValueError as error:  # damaged, or where tantivy may not put its locks
            raise FileNotFoundError(folder) from error

    @classmethod
    def of(cls, documents: Iterable[SearchDocument]) -> "SearchIndex":
        """Return an index of ``documents`` that is held in memory only."""
        index = Index(fields.schema())
        _write(documents, index)
        return cls(index)

    def __len__(self) -> int:
        """Return the number of things that can be found."""
        return int(self._searcher.num_docs)

    def find(self, q: str, *, limit: int = 20, types: Sequence[str] = (), lang: Language = "ru") -> list[Hit]:
        """Return the best hits for what a person typed, best first; [] for what says nothing. Takes any string.

        ``types`` limits to some of ``documents.TYPES``. Every word must be found as it is, inflected, abbreviated or
        begun; where nothing has them all, the other keyboard layout is tried, then typing errors, then most of the
        words. Where few have them all, things with typing errors follow.
        """
        if limit < 1 or not len(self):
            return []
        found = self._found(QueryMaker(self._schema, types), q, limit)
        return [_hit(value, document, name, lang) for value, document, name in found[:limit]]

    def candidates(self, text: str, types: Sequence[str] = ()) -> list[Candidate]:
        """Return what a text names, surest first, of equals the best connected; [] where nothing is called so.

        Unlike ``find``, a thing of which only some of the words are said is none.
        """
        maker = QueryMaker(self._schema, types)
        known = [document for document, _ in self._documents(maker.known(text), _CANDIDATES)]
        if known:
            return [Candidate(Match.KNOWN, document, text) for document in known]
        question = Question.read(text)
        for asked in (question, question.respelt(), Question.read(other_layout(text))):
            found = self._matched(maker.strict(asked), asked) if asked.words else []
            if found:
                return found
        return self._matched(maker.fuzzy(question), question) if question.words else []

    def nearest(self, text: str, types: Sequence[str] = (), most: int = 3) -> list[SearchDocument]:
        """Return the things whose names look most like a text that names nothing."""
        wanted = " ".join(Question.read(text).words)
        likeness = []
        for document, _ in self._documents(QueryMaker(self._schema, types).every(), _NEAREST):
            names = (" ".join(telling_words(folded_words(name))) for name in document.names)
            best = max((_alike(wanted, name) for name in names), default=0.0)
            if best:
                likeness.append((-best, -document.weight, document.iri, document))
        return [document for *_, document in sorted(likeness, key=lambda item: item[:3])[:most]]

    def _matched(self, query: Query, question: Question) -> list[Candidate]:
        found = []
        for document, aside in self._documents(query, _CANDIDATES):
            how = match(question, document, aside)
            if how is not None:
                found.append(Candidate(how[0], document, how[1]))
        return sorted(found, key=lambda each: (each.how, -each.document.weight, each.document.iri))

    def _documents(self, query: Query, most: int) -> Iterator[tuple[SearchDocument, fields.Aside]]:
        for _, address in self._searcher.search(query, most, count=False).hits:
            yield fields.unpack(bytes(self._searcher.doc(address)[fields.DATA][0]))

    def _found(self, maker: QueryMaker, q: str, limit: int) -> list[Found]:
        question = Question.read(q)
        if not question.words:
            return []
        strict = self._closely(maker.strict(question), question, limit)
        if not strict:
            swapped = Question.read(other_layout(q))
            strict = self._closely(maker.strict(swapped), swapped, limit) if _plausible(swapped) else []
            if strict:
                return strict
            respelt = question.respelt()
            strict = self._closely(maker.strict(respelt), respelt, limit) if respelt != question else []
            if strict:
                return strict
        if len(strict) >= limit:
            return strict
        found = self._closely(maker.fuzzy(question), question, limit)
        if not found and len(question.words) > 1:
            found = self._closely(maker.partial(question, self._tells), question, limit)
        return found

    def _closely(self, query: Query, question: Question, limit: int) -> list[Found]:
        """Return what answers the query, looked at closely and put in order."""
        found = []
        for document, aside in self._documents(query, max(limit, _CANDIDATES)):
            value, name = score(question, document, aside)
            if value:
                found.append((value, document, name))
        return sorted(found, key=lambda item: (-item[0], len(item[2]), item[1].iri))

    def _tells(self, word: str) -> float:
        """Return how much a word tells: the rarer, the more; 1 for what every name has."""
        having = max(self._searcher.doc_freq(fields.KEY, key) for key in keys(word))
        return 1.0 + log((1 + len(self)) / (1 + having))


def _write(documents: Iterable[SearchDocument], index: Index) -> None:
    index.register_tokenizer(fields.WORDS, fields.analyzer())
    writer = index.writer(_HEAP, num_threads=1)
    # Of equally good things tantivy returns those that were added first.
    for document in sorted(documents, key=lambda item: (-item.weight, item.iri)):
        writer.add_document(fields.to_tantivy(document))
    writer.commit()
    writer.wait_merging_threads()


def _stamp() -> dict[str, object]:
    return {"format": fields.FORMAT, "lexicon": lexicon().edition, "nicknames": edition()}


def _is_current(folder: Path) -> bool:
    try:
        found: object = json.loads((folder / _STAMP).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    return found == _stamp()


def _put(draft: Path, folder: Path) -> None:
    """Move a finished draft into place, over what an older version left there."""
    for path in draft.iterdir():
        path.chmod(0o644)  # tantivy makes its files the writer's own; a server may run as somebody else
        disk.sync(path)
    try:
        draft.rename(folder)
    except OSError:
        if _is_current(folder):
            return  # another process was faster
        outdated = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder.parent))
        folder.rename(outdated / folder.name)
        shutil.rmtree(outdated)
        draft.rename(folder)


def _alike(wanted: str, name: str) -> float:
    """Return how alike two folded names are, 0 for what no person would take for the other."""
    return JaroWinkler.similarity(wanted, name, score_cutoff=_LEAST_ALIKE)


def _plausible(swapped: Question) -> bool:
    """Tell whether the other layout gave words; letters between marks are no words that anybody meant."""
    return bool(swapped.words) and all(len(word) > 1 or word.isdigit() for word in swapped.words)


def _hit(value: float, document: SearchDocument, name: str, lang: Language) -> Hit:
    def said(labels: dict[str, str]) -> str:
        return labels.get(lang) or next(iter(labels.values()), "")

    return Hit(
        document.iri,
        document.type,
        said(document.labels),
        said(document.places),
        said(document.countries),
        round(value, 4),
        name,
    )

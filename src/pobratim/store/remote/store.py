"""A store behind a URL: any that speaks the SPARQL 1.1 Protocol, and for loads Graph Store Protocol or Update.

What is no triple (records, manifest) lies in a *state folder* here, ``STATE/HOST-DIGEST/``, which holds an embedded
store as well: the same load makes the same graphs there, and what differs is sent. It is written
first, as a journal is: however the sending ends, what was to be sent is known. In the remote store a state graph says
what lies there (``remote/state.py``). A load compares three digests: the one there, the one last sent from here, and
the one to send.

* There is what was last sent: the graphs that differ are sent, each as a whole.
* There is less, or a load from here that was cut short: all is sent again.
* There is something else: somebody else has loaded. Nothing is sent; the error says what to do.

SPARQL has no transaction over several graphs: who reads during a load sees some graphs new and some old. A reader that
begins then is refused; the state is written last, so that none begins on a part.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from pobratim.errors import StoreError
from pobratim.record import Record
from pobratim.store.backend import Closing, Published
from pobratim.store.directory import DEFAULT_WAIT, GenerationStore
from pobratim.store.documents import Documents
from pobratim.store.graph_files import GraphFile
from pobratim.store.remote.access import split_access
from pobratim.store.remote.asking import find_states
from pobratim.store.remote.dataset import FEW, graph_sizes
from pobratim.store.remote.endpoints import Endpoints, find_endpoints
from pobratim.store.remote.reader import RemoteReader
from pobratim.store.remote.state import RemoteState, graph_state
from pobratim.store.remote.wire import Limits, Wire
from pobratim.store.remote.writer import GraphWriter

DEFAULT_STATE = Path("pobratim-remote")
"""The usual name of the folder of state folders, in the working directory, beside the ledger of decisions."""

_SENT = "sent.json"


class RemoteStore:
    """A store at a URL, with its state folder: many readers; one writer at a time for each state folder."""

    def __init__(
        self,
        url: str,
        state: Path = DEFAULT_STATE,
        base: str = "",
        force: bool = False,
        limits: Limits | None = None,
        wait: float = DEFAULT_WAIT,
        few: int = FEW,
    ) -> None:
        """Remember where the store is; nothing is asked yet. ``state`` is the folder of state folders.

        ``base`` picks one of several collections, "" where there is one; ``force`` lets a load write over what somebody
        else has written; ``few`` is that of ``remote/dataset.py``.
        """
        self.name, access = split_access(url)
        self._wire = Wire(self.name, access, limits)
        self._folder = state / _folder_name(self.name)
        self._local = GenerationStore(self._folder / "store", wait)
        self._given_base, self._force = base, force
        self._few = few
        self._targets: dict[int, RemoteState] = {}
        self._holds_lock = False

    @property
    def beside(self) -> Path:
        """Return the folder that holds the folder of state folders."""
        return self._folder.parent.parent

    @property
    def documents(self) -> Documents:
        """Return the source documents, which lie in the state folder's store."""
        return self._local.documents

    @property
    def public(self) -> Path:
        """Return that of the state folder's store."""
        return self._local.public

    def generation(self) -> int:
        """Return that of the state folder's store."""
        return self._local.generation()

    def is_settled(self) -> bool:
        """Tell whether the store holds what the state folder does."""
        there = self._state()
        return self._local.is_settled() and there is not None and there.whole and there.digest == self._target().digest

    def sweep(self) -> None:
        """Sweep the state folder's store."""
        self._local.sweep()

    def graph_files(self) -> dict[str, GraphFile]:
        """Return those of the state folder's store."""
        return self._local.graph_files()

    @property
    def bench(self) -> Path:
        """Return that of the state folder's store."""
        return self._local.bench

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock of the state folder. Raises StoreError at once where a load could not be sent."""
        with self._local.writing():
            if self._holds_lock:
                yield
                return
            self._sendable(self._state())
            self._holds_lock = True
            try:
                yield
            finally:
                self._holds_lock = False

    def open(self) -> RemoteReader:
        """Return a reader. Raises StoreError where nothing is stored, or a load is not at its end."""
        state = self._state()
        if state is None:
            raise StoreError("store-remote-empty", store=self.name)
        if not state.whole:
            raise StoreError("store-remote-unfinished", store=self.name)
        return RemoteReader(self._wire, self._endpoints.query, state, lambda: self._manifest_of(state), self._few)

    def manifest(self) -> dict[str, Any]:
        """Return the manifest of the last load from here, {} where there was none."""
        return self._local.manifest()

    def records(self) -> dict[str, list[Record]]:
        """Return the records of the last load from here. Raises StoreError where what is stored is from elsewhere."""
        if not self._local.manifest() and not self._force and self._state():
            raise self._no_state()
        return self._local.records()

    def records_of(self, report: str) -> list[Record]:
        """Return those of the state folder's store."""
        return self._local.records_of(report)

    def records_file(self, report: str) -> Path:
        """Return that of the state folder's store."""
        return self._local.records_file(report)

    def memory(self) -> Path | None:
        """Return that of the state folder's store. Raises StoreError where what is stored is from elsewhere."""
        if not self._local.manifest() and not self._force and self._state():
            raise self._no_state()
        return self._local.memory()

    def publish(
        self,
        graphs: Mapping[str, GraphFile | Iterable[Quad]],
        records: Mapping[str, Sequence[Record] | Path | None],
        manifest: Mapping[str, Any],
        closing: Closing | None = None,
        memory: Callable[[], Path | None] | None = None,
        jobs: int = 1,
    ) -> Published:
        """Publish in the state folder as ``GenerationStore.publish`` does, then send the graphs that differ there.

        Raises StoreError as well where the remote store does not take them; the next load sends them then.
        """
        with self.writing():
            there = self._state(manifest.get("base", ""))
            known = self._sendable(there)
            published = self._local.publish(graphs, records, manifest, closing, memory, jobs)
            sent = self._send(there, known, self._target())
        return Published(published.generation, published.changes, published.is_new or sent)

    @cached_property
    def _endpoints(self) -> Endpoints:
        return find_endpoints(self._wire, self.name)

    def _state(self, base: str = "") -> RemoteState | None:
        """Return what the store says it holds of our collection, None where it says nothing."""
        wanted = base or self._local.manifest().get("base", "") or self._given_base
        states = [one for one in find_states(self._wire, self._endpoints.query) if wanted in ("", one.base)]
        if len(states) > 1:
            bases = ", ".join(one.base for one in states)
            raise StoreError("store-remote-several", store=self.name, bases=bases)
        return states[0] if states else None

    def _sendable(self, there: RemoteState | None) -> bool:
        """Tell whether the store holds what its state says, so that only differences need be sent.

        Raises StoreError where it was written by somebody else, unless that may be written over.
        """
        sent = self._sent()
        if there is None or self._force:
            return False
        if not self._local.manifest():
            raise self._no_state()
        if not there.whole and there.before == sent:
            return False
        if not there.whole or there.digest not in {sent, self._target().digest}:
            raise self._changed(there.digest[:12])
        found = graph_sizes(self._wire, self._endpoints.query)
        for graph, state in there.graphs.items():
            if found.get(graph, 0) != state.count:
                raise self._changed(f"{graph}: {found.get(graph, 0)} ≠ {state.count}")
        return True

    def _target(self) -> RemoteState:
        """Return the state to reach: what the state folder holds."""
        reader = self._local.open()
        if reader.generation not in self._targets:
            graphs = {graph: graph_state(reader.triples(graph)) for graph in reader.graphs()}
            self._targets = {reader.generation: RemoteState(reader.manifest.get("base", ""), reader.generation, graphs)}
        return self._targets[reader.generation]

    def _send(self, there: RemoteState | None, known: bool, target: RemoteState) -> bool:
        """Send what differs, all if what is there is not ``known``; tell whether anything was."""
        held = dict(there.graphs) if there else {}
        differing = [name for name, state in target.graphs.items() if not known or held.get(name) != state]
        gone = sorted(set(held) - set(target.graphs))
        if there and there.whole and not differing and not gone:
            self._note_sent(target)
            return False
        writer, reader = GraphWriter(self._wire, self._endpoints), self._local.open()
        before = (there.digest if there.whole else there.before) if there else ""
        started = RemoteState(target.base, target.generation, {**held, **target.graphs}, before, whole=False)
        writer.replace(target.graph, [started.line()])
        for name in differing:
            writer.replace(name, reader.triples(name))
        for name in gone:
            writer.remove(name)
        writer.replace(target.graph, [target.line()])
        self._note_sent(target)
        return True

    def _sent(self) -> str:
        """Return the digest of what was last sent from here to its end."""
        try:
            return str(json.loads((self._folder / _SENT).read_text(encoding="utf-8"))["digest"])
        except (OSError, ValueError, LookupError, TypeError):
            return ""

    def _note_sent(self, target: RemoteState) -> None:
        facts = {"url": self.name, "digest": target.digest}
        draft = self._folder / f".{_SENT}.part"
        draft.write_text(json.dumps(facts) + "\n", encoding="utf-8")
        draft.replace(self._folder / _SENT)

    def _manifest_of(self, state: RemoteState) -> dict[str, Any]:
        if not self._local.manifest():
            raise self._no_state()
        if self._target().digest != state.digest:
            raise self._changed(state.digest[:12])
        return self._local.manifest()

    def _no_state(self) -> StoreError:
        return StoreError("store-remote-no-state", store=self.name, state=self._folder)

    def _changed(self, cause: str) -> StoreError:
        return StoreError("store-remote-changed", store=self.name, cause=cause)


def _folder_name(url: str) -> str:
    """Return a name for a URL's state folder: its host for people, a digest of the whole for certainty."""
    host = re.sub(r"[^A-Za-z0-9.-]+", "-", url.partition("://")[2].partition("/")[0])
    return f"{host}-{hashlib.sha256(url.rstrip('/').encode()).hexdigest()[:12]}"

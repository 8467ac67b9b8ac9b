"""Convert old documents by LibreOffice: it starts once for many, since a cold start costs more than the work."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from tempfile import TemporaryDirectory

from pobratim.errors import UnreadableDocumentError
from pobratim.ground.fingerprint import fingerprint
from pobratim.readers.grid import unreadable
from pobratim.readers.processes import StuckError, run

SECONDS = 120
"""For one document; LibreOffice takes one or two."""
_IDLE = 3
"""Runs in a row that made nothing, after which the rest is given up."""
_AT_ONCE = 500
"""Documents of one run; an argument each."""

Load = Callable[[], bytes]


def office() -> str | None:
    """Return the LibreOffice that is installed, None without one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, file: str) -> bytes | None:
    """Return a .doc as .odt, None where LibreOffice finds no document in it.

    Inside ``together`` the others that need it are converted in the same run. Raises UnreadableDocumentError where it
    takes longer than SECONDS.
    """
    batch = _batch.get()
    if batch is not None:
        return batch.converted(data, file)
    with TemporaryDirectory(prefix="pobratim-doc-", ignore_cleanup_errors=True) as folder:
        return _Batch([], lambda _: False, Path(folder)).converted(data, file)


@contextmanager
def together(loads: Iterable[Load], needed: Callable[[bytes], bool]) -> Iterator[None]:
    """While the context lasts, convert all that ``loads`` give and ``needed`` names, once the first is asked for."""
    with TemporaryDirectory(prefix="pobratim-doc-", ignore_cleanup_errors=True) as folder:
        token = _batch.set(_Batch(loads, needed, Path(folder)))
        try:
            yield
        finally:
            _batch.reset(token)


class _Batch:
    """The documents that may need LibreOffice; what it made of them lies in ``folder`` by the hash of their bytes."""

    def __init__(self, loads: Iterable[Load], needed: Callable[[bytes], bool], folder: Path) -> None:
        self._loads, self._needed, self._folder = list(loads), needed, folder
        self._stuck: set[str] = set()
        self._tried: set[str] = set()

    def converted(self, data: bytes, file: str) -> bytes | None:
        key = self._stored(data)
        if key not in self._tried:
            self._convert([key, *self._others(key)])
        if key in self._stuck:
            raise unreadable("reader-tool-timeout", file, tool="LibreOffice", seconds=SECONDS)
        made = self._made(key)
        return made.read_bytes() if made.is_file() else None

    def _others(self, key: str) -> list[str]:
        """Store the other documents that need LibreOffice and have not been tried; return their names."""
        keys: dict[str, None] = {}
        while self._loads and len(keys) < _AT_ONCE:
            try:
                data = self._loads.pop(0)()
            except UnreadableDocumentError:
                continue  # whoever reads it says so
            if self._needed(data):
                keys[self._stored(data)] = None
        return [other for other in keys if other != key and other not in self._tried]

    def _stored(self, data: bytes) -> str:
        key = fingerprint(data)
        source = self._folder / f"{key}.doc"
        if not source.exists():
            source.write_bytes(data)
        return key

    def _convert(self, keys: Sequence[str]) -> None:
        """Convert documents; one at which LibreOffice stops or dies is passed over, and it starts again behind it."""
        self._tried.update(keys)
        waiting, idle = list(keys), 0
        while waiting and idle < _IDLE:
            before = self._count()
            stuck, died = self._run(waiting)
            idle = 0 if self._count() > before else idle + 1
            made = [place for place, key in enumerate(waiting) if self._made(key).is_file()]
            behind = waiting[max(made, default=-1) + 1 :]
            if stuck and behind:
                self._stuck.add(behind[0])
            waiting = behind[1:] if stuck or died else []

    def _run(self, keys: Sequence[str]) -> tuple[bool, bool]:
        """Run LibreOffice once; tell whether it had to be ended, and whether it failed by itself."""
        profile = (self._folder / "profile").as_uri()
        words = [office() or "", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "odt"]
        sources = [str(self._folder / f"{key}.doc") for key in keys]
        words += ["--outdir", str(self._folder), *sources]
        try:
            return False, bool(run(words, SECONDS, self._folder, progress=self._count).code)
        except StuckError:
            return True, False

    def _count(self) -> int:
        return sum(1 for _ in self._folder.glob("*.odt"))

    def _made(self, key: str) -> Path:
        return self._folder / f"{key}.odt"


_batch: ContextVar[_Batch | None] = ContextVar("batch", default=None)

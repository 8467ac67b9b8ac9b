"""What a server serves until something is loaded: a generation of no report, in a folder of its own."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pobratim.errors import StoreError
from pobratim.serving.workers.modules import printed_by
from pobratim.serving.workers.origin import DirectoryOrigin, Found


class EmptyOrigin:
    """The vocabulary, and no report. The store of the command line stays as it is: nobody has written to it yet."""

    def __init__(self, base: str) -> None:
        """``base`` begins its IRIs, "" for the usual one. Nothing is made before it is asked for."""
        self._base = base
        self._folder: TemporaryDirectory[str] | None = None

    async def current(self) -> Found:
        """Return the generation, made when it is first asked for. Raises StoreError where it cannot be made."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="pobratim-empty-")
        store = Path(self._folder.name)
        found = DirectoryOrigin(store).current()
        if found is None:
            code, _ = await printed_by("load.empty", str(store), self._base)
            found = DirectoryOrigin(store).current()
            if code or found is None:
                raise StoreError("store-broken", store=store, cause=code)
        return replace(found, store=str(store), modified=None)

    def close(self) -> None:
        """Remove what was made."""
        if self._folder is not None:
            self._folder.cleanup()

"""What a generation consists of: its ``contents.json`` tells every file's size, and the SHA-256 of small ones.

It is written before the generation becomes current and never changed, so that a copy that lacks something is known from
a whole one at the cost of asking for the sizes.
"""

import json
from pathlib import Path
from typing import Any

from pobratim.ground.fingerprint import fingerprint

FILE = "contents.json"
_SMALL = 16_384
"""Bytes up to which content is compared too; a large file that was cut short has another size."""
_IDLE = ("LOG", "LOCK")
"""Files of the engine that it can do without, and that copying may leave out or opening may add."""


def take(folder: Path) -> bytes:
    """Return the inventory of a directory as it is, to be written into it as ``contents.json``."""
    files = {_name(path, folder): _facts(path) for path in folder.rglob("*") if path.is_file()}
    kept = {name: facts for name, facts in sorted(files.items()) if name != FILE and not _is_idle(name)}
    return json.dumps({"files": kept}, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def digest(inventory: bytes) -> str:
    """Return the name of an inventory, and so of all that it names: its SHA-256."""
    return fingerprint(inventory)


def faults(folder: Path, inventory: bytes) -> list[str]:
    """Return the names of files that are missing or differ from ``inventory``, sorted; [] for a whole directory."""
    try:
        files: dict[str, dict[str, Any]] = json.loads(inventory)["files"]
    except (ValueError, LookupError, TypeError):
        return [FILE]
    return sorted(name for name, facts in files.items() if not _is_as(folder / name, facts))


def _is_as(path: Path, facts: dict[str, Any]) -> bool:
    try:
        if path.stat().st_size != facts["size"]:
            return False
        return "sha256" not in facts or _sha256(path) == facts["sha256"]
    except OSError:
        return False


def _facts(path: Path) -> dict[str, Any]:
    size = path.stat().st_size
    return {"size": size, "sha256": _sha256(path)} if size <= _SMALL else {"size": size}


def _sha256(path: Path) -> str:
    return fingerprint(path.read_bytes())


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _is_idle(name: str) -> bool:
    return name.rpartition("/")[2].partition(".")[0] in _IDLE

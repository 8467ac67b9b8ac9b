"""Read gold and records from JSON lines."""

import json
from pathlib import Path
from typing import Any


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON-lines file, blank lines left out.

    A line without ``report`` gets the file's name up to its first dot ("smolensk-2023-q1.gold.jsonl" →
    "smolensk-2023-q1"). Raises OSError and json.JSONDecodeError (a ValueError).
    """
    slug = path.name.split(".", 1)[0]
    lines = path.read_text(encoding="utf-8").splitlines()
    return [{"report": slug, **json.loads(line)} for line in lines if line.strip()]

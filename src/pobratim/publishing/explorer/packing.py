"""Files of the explorer as bytes: JSON, compressed here since plain hosts do not; equal for equal data."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

ENDING = ".json.gz"
_LEVEL = 9


def packed(told: Mapping[str, Any]) -> bytes:
    """Return what is told as a file, with no time in it."""
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(content, _LEVEL, mtime=0)

"""Whether tesseract is there, with Russian."""

import os
import shutil
import subprocess
from functools import cache

PROGRAM = "tesseract"
RUSSIAN = "rus"
_SECONDS = 60


def installed() -> str | None:
    """Return the tesseract that is installed with Russian, None without one."""
    program = shutil.which(PROGRAM)
    return program if program and RUSSIAN in _languages(program, os.environ.get("TESSDATA_PREFIX", "")) else None


@cache
def _languages(program: str, _data: str) -> frozenset[str]:
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(told.stdout.decode(errors="replace").split())

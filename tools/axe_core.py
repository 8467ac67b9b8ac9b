"""Write the script of axe-core, as the lock of viz names it, to standard output: for tests in a browser."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
from having_node import node  # noqa: E402 - lies in it

import hatch_build  # noqa: E402 - lies beside this folder


def main() -> int:
    """Return 0 where the script was written, else say why not."""
    try:
        with node(), hatch_build.packages(ROOT, hatch_build.inputs(ROOT)) as installed:
            sys.stdout.write(installed.text("axe-core/axe.min.js"))
    except hatch_build.BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

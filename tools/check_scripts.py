"""Check the types of the TypeScript in viz and run its unit tests, with the packages that its lock names."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
from having_node import node  # noqa: E402 - lies in it

import hatch_build  # noqa: E402 - lies beside this folder


def names() -> list[str]:
    """Return the names in ``viz`` of all TypeScript, of what it takes in, and of the settings."""
    sources = set(hatch_build.inputs(ROOT))
    tests = {file.relative_to(ROOT / "viz").as_posix() for file in (ROOT / "viz").glob("*/test/*.ts")}
    return sorted(sources | tests)


def main() -> int:
    """Return 0 where all is well, else say what is not."""
    try:
        with node(), hatch_build.packages(ROOT, names()) as installed:
            installed.run("typescript/bin/tsc", "--noEmit")
            installed.run("vitest/vitest.mjs", "run", NO_COLOR="1")
    except hatch_build.BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

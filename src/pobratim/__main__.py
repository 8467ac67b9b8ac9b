"""``python -m pobratim``: the same as the command ``pobratim``."""

from pobratim.cli import main

if __name__ == "__main__":
    main()

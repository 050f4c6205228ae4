"""``make letters``: every letter that exists into a folder, with what the validators say about each."""

from __future__ import annotations

import sys
from pathlib import Path

from disclosure.rules.forms import CODES
from portal.gallery import make
from tests.structure import nonconformities, problems


def main(folder: Path) -> int:
    """1 when anything is wrong with a letter."""
    shown = make(folder, checks=(problems, nonconformities))
    wrong = sum(1 for item in shown if item.wrong)
    print(
        f"{len(shown)} letters, {sum(item.pages for item in shown)} pages, {wrong} with problems: {folder}/index.html"
    )
    named = {part.upper() for item in shown for part in item.sample.name.split("-")}
    if missing := [code for code in CODES if code not in named]:
        print(f"Forms without a letter or sheet yet: {', '.join(missing)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

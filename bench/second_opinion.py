"""What the second opinion (natasha) adds to the rules, on every report with gold. ``python -m bench.second_opinion``.

For each report: what of the gold the rules missed, how much of that natasha proposes, and how many of its proposals
name nothing of the gold. *Beside the rules* is how the program asks it: only where no rule has claimed the text.
*Alone* is asked as if no rule had read anything: what to expect of it where the lexicon knows none of a region's
wordings. Towns of the gazetteer are never proposed, so that *alone* tells little of places.
``--write`` puts the table into bench/README.md.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from bench.gold_reports import gold_files
from bench.readme import put
from pobratim.evaluate import read_jsonl
from pobratim.evaluate.match import SIMILAR, normal_name, organisation_score, pair, person_score, squeeze
from pobratim.load.pipeline import survey
from pobratim.load.settings import Settings
from pobratim.quality.gaps import Gap
from pobratim.quality.second_opinion import proposals
from pobratim.record import Record
from pobratim.text.tokens import tokenize

_ASKED = (False, True)
KINDS = {"org": "institutions", "loc": "places", "per": "people"}
Item = dict[str, Any]


def lemmas(name: str) -> str:
    """Return a name with each word as its first lemma, so that cases compare alike."""
    tokens = tokenize(normal_name(name))
    return " ".join(min(token.word.lemmas) if token.kind == "word" else token.text for token in tokens)


def alike(left: str, right: str) -> bool:
    """Tell whether two names are one but for case; persons' names may differ in the order of their words."""
    one, other = lemmas(left), lemmas(right)
    return fuzz.ratio(one, other) >= SIMILAR * 100 or sorted(one.split()) == sorted(other.split())


def named(item: Item) -> list[str]:
    """Return the names of a thing of the gold that a text may use."""
    return [name for name in (item["name"], *item.get("aliases", [])) if name]


def missed(kind: str, gold: Item, got: Item) -> list[Item]:
    """Return the things of a kind that gold requires and the record lacks; persons only where gold names them."""
    wanted = [item for item in gold.get(KINDS[kind], []) if item["name"]]
    if kind == "loc":
        have = {squeeze(place["name"]) for place in got["places"]}
        return [item for item in wanted if squeeze(item["name"]) not in have]
    score = organisation_score if kind == "org" else person_score
    matched = {i for i, _ in pair(wanted, got[KINDS[kind]], score)}
    return [item for number, item in enumerate(wanted) if number not in matched]


def right(kind: str, gold: Item) -> list[Item]:
    """Return what a proposal of a kind may name without being wrong."""
    key = KINDS[kind]
    items = [*gold.get(key, []), *gold.get(f"{key}_ok", [])]
    if kind == "loc":
        institutions = gold.get("institutions", [])
        names = [item["place"] for item in institutions] + [name for tie in gold.get("ties", []) for name in tie]
        items += [{"name": name} for name in names if name]
    return items


def count(kind: str, seen: Sequence[Gap], wanted: Sequence[Item], gold: Item) -> Counter[str]:
    """Return how many things are wanted, how many of them proposals name, and how many proposals name nothing."""
    texts = [gap.text for gap in seen if gap.kind == kind]
    found = [item for item in wanted if any(alike(text, name) for text in texts for name in named(item))]
    names = [name for item in right(kind, gold) for name in named(item)]
    wrong = [text for text in texts if not any(alike(text, name) for name in names)]
    return Counter(wanted=len(wanted), found=len(found), proposed=len(texts), wrong=len(wrong))


def measure(report: Path, gold: Path) -> dict[tuple[str, bool], Counter[str]]:
    """Return the counts of one report by kind and by whether the model was asked alone."""
    lines = {int(line["row"]): line for line in read_jsonl(gold)}
    counts: dict[tuple[str, bool], Counter[str]] = {(kind, alone): Counter() for kind in KINDS for alone in _ASKED}
    records, _ = survey([report], Settings())
    for record in records:
        for alone in _ASKED:
            asked = _unread(record) if alone else record
            seen, got = proposals(asked), asked.to_json()
            for kind in KINDS:
                wanted = missed(kind, lines[record.row], got)
                counts[kind, alone] += count(kind, seen, wanted, lines[record.row])
    return counts


def _unread(record: Record) -> Record:
    """Return a record of the same cells of which nothing was read."""
    return replace(record, evidence=[], institutions=[], places=[], people=[], countries=[])


def table(reports: Iterable[tuple[str, dict[tuple[str, bool], Counter[str]]]]) -> list[str]:
    """Return the lines of a Markdown table, a row for each report and kind."""
    lines = [
        "| report | what | missed by the rules | of these proposed | wrong proposals "
        "| alone: of all in gold, proposed | alone: wrong proposals |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, counts in reports:
        for kind, label in KINDS.items():
            beside, alone = counts[kind, False], counts[kind, True]
            cells = [
                str(beside["wanted"]),
                str(beside["found"]),
                f"{beside['wrong']} of {beside['proposed']}",
                f"{alone['found']} of {alone['wanted']}",
                f"{alone['wrong']} of {alone['proposed']}",
            ]
            lines.append(f"| {name} | {label} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    """Print the table, and with ``--write`` put it into bench/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    options = parser.parse_args()
    lines = table((name, measure(*files)) for name, files in gold_files().items())
    print("\n".join(lines))
    if options.write:
        put("second opinion", lines)


if __name__ == "__main__":
    main()

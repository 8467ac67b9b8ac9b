"""Random sequences of reports that come, change and go and of decisions, resolved step by step and all at once."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from bench.made_reports import documents
from pobratim.entities import ReportEntity, Resolution
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.load.intake import read_all
from pobratim.load.settings import Settings
from pobratim.progress import silent
from pobratim.record import Record
from pobratim.resolve import Decision, Vocabulary, candidates, from_lexicon, resolve
from pobratim.resolve.contradictions import contradictions
from pobratim.resolve.fields import FIELDS, read_value, signs
from pobratim.resolve.growing import Growth, Told, update
from pobratim.resolve.ledger import Verdict
from tests.support.places import SHARED

GOLD = Path(__file__).parents[1] / "gold"
_LISTS = ("activities", "agreements", "organisations", "people", "places", "series")
_KINDS = dict(zip(("activity", "agreement", "organisation", "person", "place", "series"), _LISTS, strict=True))


@cache
def vocabulary() -> Vocabulary:
    return from_lexicon(lexicon())


def pool(folder: Path, rows_a_report: int = 9) -> list[Told]:
    """Return small reports: those of the gold cut into pieces, and made-up ones."""
    files = [*sorted(GOLD.glob("*.txt")), *sorted((SHARED / "data").glob("*.txt"))]
    for name, text in documents(350):
        files.append(folder / name)
        files[-1].write_text(text, encoding="utf-8")
    read, _ = read_all(files, {}, Settings(), silent)
    return [piece for item in read for piece in _pieces(item.entity, item.records, rows_a_report)]


def _pieces(report: ReportEntity, records: Sequence[Record], rows: int) -> Iterator[Told]:
    for start in range(0, len(records), rows):
        slug = f"{report.slug}-{start // rows}"
        yield Told(replace(report, slug=slug), [replace(one, report=slug) for one in records[start : start + rows]])


UNTOLD = ("ru-velizh", "by-mstislavl", "ru-tambov")
"""Towns of the gazetteer that few reports or none name, and people may."""


class Course:
    """One random sequence; each step is made by ``update`` and compared with ``resolve`` of all."""

    def __init__(self, folder: Path, seed: int, reports: Sequence[Told]) -> None:
        self.chance, self.folder, self.reports = random.Random(seed), folder, reports
        self.held: dict[str, Told] = {}
        self.ledger: list[Decision] = []
        self.state: Path | None = None
        self.full = Resolution()
        self.accounts: dict[str, list[object]] = {}

    def run(self, steps: int) -> None:
        for number in range(steps):
            removed, added = self.reports_of_a_step() if self.chance.random() < 0.7 or not self.held else ([], [])
            if self.chance.random() < 0.5:
                self.decide()
            self.step(number, removed, added)

    def step(self, number: int, removed: list[str], added: list[Told]) -> Growth:
        for slug in removed:
            del self.held[slug]
        self.held |= {one.report.slug: one for one in added}
        state = self.folder / str(number)
        towns = Gazetteer.load()
        growth = update(
            self.state, state, removed, added, self.ledger, lambda slug: self.held[slug].records, towns, vocabulary()
        )
        records = [record for one in self.held.values() for record in one.records]
        self.chance.shuffle(records)
        full = resolve(records, [one.report for one in self.held.values()], towns, self.ledger, vocabulary())
        same(growth.everything(), full)
        assert growth.candidates() == candidates(full)
        self._only_what_changed(growth, full)
        self.state, self.full = state, full
        return growth

    def _only_what_changed(self, growth: Growth, full: Resolution) -> None:
        """Check that what the update names as changed, laid over what was, is what there is now."""
        for kind, name in _KINDS.items():
            now = {one.key: one for one in getattr(self.full, name)} | growth.things.get(kind, {})
            assert {key: one for key, one in now.items() if one} == {one.key: one for one in getattr(full, name)}, kind
        told = inputs(full)
        for slug, one in told.items():
            assert slug in growth.touched or self.accounts.get(slug) == one, slug
        assert set(growth.touched) <= told.keys()
        self.accounts = told

    def reports_of_a_step(self) -> tuple[list[str], list[Told]]:
        removed = self.chance.sample(
            sorted(self.held), self.chance.choice((0, 0, 0, 1, 1, 2)) if len(self.held) > 2 else 0
        )
        added = self.chance.sample(self.reports, self.chance.choice((0, 1, 1, 2, 3)))
        return removed, [self._changed(one) for one in added if one.report.slug not in removed]

    def _changed(self, told: Told) -> Told:
        """Return a report with some rows left out, or told otherwise."""
        if self.chance.random() < 0.5:
            return told
        records = [one for one in told.records if self.chance.random() < 0.8]
        titles = [one.title for one in told.records]
        return Told(
            told.report,
            [replace(one, title=self.chance.choice(titles)) if self.chance.random() < 0.2 else one for one in records],
        )

    # Decisions

    def decide(self) -> None:
        if self.ledger and self.chance.random() < 0.3:
            self.ledger.remove(self.chance.choice(self.ledger))
            return
        made = self._decision()
        if made is not None and self._fits(made):
            self.ledger.append(made)

    def _decision(self) -> Decision | None:
        verdicts: list[Verdict] = ["same", "same", "same", "not-same", "not-same", "rename"]
        verdict = self.chance.choice([*verdicts, "correct", "correct", "correct", "not-tie"])
        if verdict in ("same", "not-same"):
            asked = [(one.kind, one.left, one.right) for one in self.full.undecided]
            if asked and self.chance.random() < 0.6:
                kind, left, right = self.chance.choice(asked)
            else:
                kind = self.chance.choice(("organisation", "organisation", "place", "activity", "agreement", "entry"))
                keys = self._keys(kind)
                if len(keys) < 2:
                    return None
                left, right = self.chance.sample(keys, 2)
            if self.chance.random() < 0.5:
                left, right = right, left
            keep = self.chance.choice(("", left, right)) if verdict == "same" else ""
            return Decision(verdict, kind, left, right, keep=keep)
        if verdict == "rename":
            kind = self.chance.choice(("organisation", "place", "activity", "series"))
            keys = self._keys(kind)
            return Decision("rename", kind, self.chance.choice(keys), f"Имя {len(self.ledger)}") if keys else None
        if verdict == "not-tie":
            pairs = [one for account in self.full.accounts for one in account.contacts]
            if not pairs:
                return None
            contact = self.chance.choice(pairs)
            return Decision("not-tie", *contact.home, ":".join(contact.foreign))
        return self._correction()

    def _correction(self) -> Decision | None:
        """Return a line that corrects some field; what it names is told of now, or was."""
        kind = self.chance.choice(("organisation", "place", "activity", "activity", "entry", "agreement"))
        keys = self._keys(kind)
        if not keys or not self._keys("organisation"):
            return None
        field = self.chance.choice(sorted(FIELDS[kind]))
        value = self._value(kind, field)
        sign = self.chance.choice(signs(FIELDS[kind][field]))
        return None if value is None else Decision("correct", kind, self.chance.choice(keys), f"{field}{sign}{value}")

    def _value(self, kind: str, field: str) -> str | None:
        def party() -> str:
            told = self.chance.choice(("organisation", "place"))
            return f"{told}:{self.chance.choice(self._keys(told))}"

        def contact() -> str:
            told = [one for account in self.full.accounts for one in account.contacts]
            one = self.chance.choice(told) if told else None
            return " ".join(map(":".join, (one.home, one.foreign))) if one else f"{party()} {party()}"

        series, places = self._keys("series"), [*self._keys("place"), *UNTOLD]
        values = {
            "kind": {"organisation": "museum", "place": "district", "agreement": "contract"}.get(kind, "seminar"),
            "start": "2023-05", "end": "2024-06-01", "date": "2022-02", "mode": "online", "status": "ended",
            "term": "fixed", "number": "5",
            "country": "BY", "topic": "sport", "series": self.chance.choice(series) if series else "",
            "place": self.chance.choice(places), "party": party(), "participant": f"{party()} host",
            "tie": contact(),
        }  # fmt: skip
        return read_value(FIELDS[kind][field], values[field])

    def _keys(self, kind: str) -> list[str]:
        """Return keys that a decision may name: those that things have, had, or would have by themselves."""
        if kind == "entry":
            return sorted(one.key for one in self.full.accounts)
        found = {one.key for one in getattr(self.full, _KINDS[kind])}
        found |= {old for type_, old, _ in self.full.replaced if type_ == kind}
        found |= {one.own_activity for one in self.full.accounts if kind == "activity" and one.own_activity}
        return sorted(found)

    def _fits(self, made: Decision) -> bool:
        """Tell whether a line goes together with the others, as the ledger's reader demands."""
        lines = [replace(one, line=number) for number, one in enumerate([*self.ledger, made], start=1)]
        return made not in self.ledger and not list(contradictions(lines, "decisions.tsv"))


def same(found: Resolution, full: Resolution) -> None:
    """Check that two resolutions are one, list by list, so that a difference is told in short."""
    for name in (*_LISTS, "reports", "accounts", "undecided", "replaced", "unmatched"):
        ours, theirs = getattr(found, name), getattr(full, name)
        if ours != theirs:
            more = [one for one in ours if one not in theirs][:3], [one for one in theirs if one not in ours][:3]
            raise AssertionError(f"{name}: {len(ours)} and {len(theirs)}; only here and only there: {more}")


def inputs(full: Resolution) -> dict[str, list[object]]:
    """Return by report all of which its graph is made."""
    activities = {one.key: replace(one, accounts=()) for one in full.activities}
    agreements = {one.key: one for one in full.agreements}
    named = {one.key for one in full.people if one.name}
    found: dict[str, list[object]] = {one.slug: [one] for one in full.reports}
    for account in full.accounts:
        people = {key for _, (kind, key) in account.evidence if kind == "person"}
        people |= {key for kind, key in (one.agent for one in account.participations) if kind == "person"}
        found[account.record.report] += [
            account,
            activities.get(account.activity),
            [agreements[key] for key in account.agreements],
            sorted(people & named),
        ]
    return found

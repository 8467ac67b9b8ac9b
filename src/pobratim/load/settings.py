"""How to load: what is told of the reports besides themselves."""

import re
from dataclasses import dataclass
from pathlib import Path

from pobratim.errors import UsageError
from pobratim.ground.periods import parse_period
from pobratim.rdf.iris import is_base
from pobratim.sources import Source

_HOME = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|Q[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to load: ``home`` is an ISO 3166 notation (RU, RU-SMO) or "" to read it from each report.

    ``base`` begins all IRIs; "" keeps the store's. ``force`` reads again what has not changed. ``source`` tells form,
    home and columns; ``live`` asks its endpoint (or ``endpoint``) too. ``loaders`` are the user's folders of sources,
    where that of a report to be read again is looked for. ``keep`` keeps the documents in the store. ``today``
    (YYYY-MM-DD, "" for the clock's) is the day from which addresses of this load lead nowhere. ``period`` is what all
    the reports are about («2023-Q1», kept as EDTF), "" to read it from each. ``jobs`` is how many processes may work at
    once, 0 for one a core. ``survey`` has the quality of unchanged reports told as well, ``begin`` a
    generation made even where nothing was ever loaded: the vocabulary and no report.
    """

    home: str = ""
    base: str = ""
    force: bool = False
    source: Source | None = None
    live: bool = False
    endpoint: str = ""
    decisions: Path | None = None
    loaders: tuple[Path, ...] = ()
    keep: bool = True
    today: str = ""
    period: str = ""
    jobs: int = 0
    survey: bool = True
    begin: bool = False

    def __post_init__(self) -> None:
        """Raise UsageError for a value of the wrong form, or live reading of what is not on line."""
        if self.home and not _HOME.fullmatch(self.home):
            raise UsageError("home-form", value=self.home)
        if self.base and not is_base(self.base):
            raise UsageError("base-form", value=self.base)
        if self.period:
            object.__setattr__(self, "period", _period(self.period))
        if self.endpoint and not is_base(self.endpoint.rstrip("/")):
            raise UsageError("endpoint-form", value=self.endpoint)
        if self.live and (self.source is None or self.source.form != "wikidata"):
            raise UsageError("source-live-form", name=self.source.name if self.source else "–")
        if self.live and not self.where:
            raise UsageError("source-live-home")

    @property
    def where(self) -> str:
        """Return the home that is given, else the source's, "" if there is neither."""
        return self.home or (self.source.home if self.source else "")


def _period(text: str) -> str:
    try:
        return parse_period(text)
    except ValueError:
        raise UsageError("period-form", value=text) from None

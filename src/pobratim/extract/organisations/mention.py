"""The type between the steps of the organisation rules: one mention in one cell."""

from dataclasses import dataclass, field

from pobratim.extract.geo import Geo
from pobratim.lexicon.skos import Concept


@dataclass(slots=True, eq=False)
class Mention:
    """An organisation's name at ``tokens[first:last]`` of a cell.

    ``legal`` is the range of the legal form, ``form`` its concept (None: unlisted), ``head`` the token index of the
    kind's noun (-1: none), ``label_first`` and ``label_last`` bound the kind's label, ``quote`` the token range inside
    the outermost quotation of the name. ``geos`` are the places inside the name, ``beside`` those in the bracket behind
    it. ``pattern`` names the rule that found the mention; ``closed`` tells that a participle clause has ended the
    complement; ``reporters`` that the body is the reporting municipality's own («отдел … администрации города»);
    ``owner`` is the body of which it is a part; ``own`` is what tells one of several that share their kind's word, and
    ``gap`` what stands within the name and is another one's («Псковский [и Витебский] музеи»); ``ordinal`` is the token
    of the ending of an ordinal that begins the name («10-[я] больница»), -1 without one.
    """

    first: int
    last: int
    pattern: str
    kind: Concept | None = None
    head: int = -1
    label_first: int = 0
    label_last: int = 0
    legal: tuple[int, int] | None = None
    legal_form: str = ""
    form: Concept | None = None
    quote: tuple[int, int] | None = None
    number: str = ""
    honorific: tuple[int, int] | None = None
    complement: tuple[int, int] | None = None
    geos: list[Geo] = field(default_factory=list)
    beside: list[Geo] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    plural: bool = False
    closed: bool = False
    reporters: bool = False
    owner: "Mention | None" = None
    own: tuple[int, int] | None = None
    gap: tuple[int, int] = (0, 0)
    ordinal: int = -1

    @property
    def span(self) -> tuple[int, int]:
        """Return the range of tokens that tells this organisation."""
        return self.own or (self.first, self.last)

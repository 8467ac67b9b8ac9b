"""Identity: which names, in any number of reports, mean one thing, and the key it keeps."""

from pobratim.resolve.candidates import Candidate, candidates, undecided
from pobratim.resolve.decisions import add_decisions, read_decisions
from pobratim.resolve.ledger import Decision
from pobratim.resolve.plain import Plain
from pobratim.resolve.resolution import name_records, resolve
from pobratim.resolve.vocabulary import Vocabulary, from_lexicon
from pobratim.resolve.withdrawal import Withdrawals, withdrawals

__all__ = [
    "Candidate",
    "Decision",
    "Plain",
    "Vocabulary",
    "Withdrawals",
    "add_decisions",
    "candidates",
    "from_lexicon",
    "name_records",
    "read_decisions",
    "resolve",
    "undecided",
    "withdrawals",
]

"""Identity: which names, in any number of reports, mean one thing, and the key it keeps."""

from pobratim.resolve.ledger import Decision
from pobratim.resolve.resolution import name_records, resolve
from pobratim.resolve.vocabulary import Vocabulary, from_lexicon

__all__ = ["Decision", "Vocabulary", "from_lexicon", "name_records", "resolve"]

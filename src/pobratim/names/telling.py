"""Words of names that tell organisations apart, and those that say nothing: level, profile, what names drop at will."""

from pobratim.lexicon.words import WORDS

BY_LEVEL = WORDS.of("level")
"""Words and abbreviations that say an organisation is of a level."""
LEVELS = {level: level for level in BY_LEVEL} | dict(WORDS.pairs("level"))
"""The level that a lemma says an organisation is of."""
SHORT = WORDS.pairs("kind-abbreviation")
"""What an abbreviation of a kind says beside the kind."""
GAMES = WORDS.of("game")
"""What clubs play or are for: it tells them apart even where the kind is named after the commonest game."""
PROFILES = WORDS.of("profile")
"""Words that tell organisations of one kind apart although a label of the kind may hold them."""
OF_WHOM = WORDS.of("for-whom")
"""Words that names may drop, and that tell two apart where each has another one."""
WEAK = WORDS.of("weak")
"""Words that names of one organisation keep or drop at will."""

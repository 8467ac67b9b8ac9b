"""Tokens, quotation marks, morphology and transliteration of Russian text."""

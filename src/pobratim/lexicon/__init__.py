"""The SKOS schemes of ontology/ as the lexicon of the extraction."""

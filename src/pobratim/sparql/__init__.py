"""What can be told of SPARQL text without an engine: its words, outline, mistakes, values written into it."""

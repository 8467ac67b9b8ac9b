"""What any program needs and knows nothing of documents: characters, files, memory, decision tables."""

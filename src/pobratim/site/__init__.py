"""What pages say of the data: things, lists, graphs, vocabularies, the first page. Knows no HTTP: it asks an Asker."""

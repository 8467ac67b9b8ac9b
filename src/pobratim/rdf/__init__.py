"""The model as RDF: IRIs, quads, shapes."""

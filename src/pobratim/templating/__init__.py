"""HTML from values: the one template engine."""

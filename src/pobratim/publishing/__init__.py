"""Publishing: from the graph to a folder that portals take, with nothing in it that may not go out."""

"""What a store behind a URL needs: the wire, the endpoints, safe binding, answers as pyoxigraph has them."""

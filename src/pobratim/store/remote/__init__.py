"""What a store behind a URL needs: the wire, the endpoints, answers as pyoxigraph has them."""

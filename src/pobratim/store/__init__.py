"""Quads in generations on disk, or behind a URL; ``opening`` alone knows which."""

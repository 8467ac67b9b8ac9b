"""Tests, by the room of the package that they are about."""

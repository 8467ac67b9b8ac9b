"""From a request to an answer: negotiation, validators, compression, limits of a connection."""

"""One analysis of an organisation's name: its parts, what they say, when two names are one, how it is cut short."""

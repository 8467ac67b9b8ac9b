"""Questions: their files, headers and parameters, the library, checks, answers as files."""

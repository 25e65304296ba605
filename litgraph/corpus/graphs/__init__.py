"""The graphs of a corpus as one: in a file, and in a database."""

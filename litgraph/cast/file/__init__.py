"""``cast.toml``: the cast as a person reads and edits it."""

"""Options that several verbs share, by what they are about."""

"""How two entities are related: the vocabulary, and the labellers that say so."""

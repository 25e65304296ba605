"""The labeller that needs no model: what wording states outright."""

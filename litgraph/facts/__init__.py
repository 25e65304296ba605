"""From claims to facts: what the whole book says of two people."""

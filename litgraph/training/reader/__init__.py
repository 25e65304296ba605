"""Training the literary reader."""

"""Training the models that litgraph reads with."""

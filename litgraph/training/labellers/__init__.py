"""Training models that label relations: adapters of language models, and classifiers."""

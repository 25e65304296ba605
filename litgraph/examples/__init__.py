"""Labelled examples of relations, to train and to score relation models on: one format, and what converts to it."""

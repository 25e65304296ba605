"""Measuring litgraph against annotated novels: one module a benchmark."""

"""A language model at work: its files, loading, batches, decoding. Nothing here knows of novels."""

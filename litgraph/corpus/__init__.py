"""Many books at once: which ones, who builds them, and what became of each."""

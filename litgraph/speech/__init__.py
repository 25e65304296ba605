"""Speech: what is said and what is told."""

"""Looking at the graph."""

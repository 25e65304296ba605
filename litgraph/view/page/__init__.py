"""The page: a graph with its proof and its text, as one HTML file that asks nothing of any network."""

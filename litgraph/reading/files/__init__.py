"""The formats of files: each gives a document of blocks that remember where they stood."""

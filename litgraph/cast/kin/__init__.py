"""Kinship: what its phrases say, what names tell of it, and who is whose wife, father or sister over a whole book."""

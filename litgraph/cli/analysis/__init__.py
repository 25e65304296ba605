"""Verbs that measure, compare and draw networks of characters."""

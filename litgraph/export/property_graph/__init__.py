"""The property graph as files: a script, tables for the bulk importer, a style sheet."""

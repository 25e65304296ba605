"""The reader's network: encoder, heads, and what they are given. Imported only where torch is needed."""

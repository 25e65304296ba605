"""Names in novels: their grammar, titles, and what is known of given names before a book is opened."""

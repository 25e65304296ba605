"""What a corpus has found, as four tables: books, characters, facts and conversations."""

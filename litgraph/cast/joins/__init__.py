"""Which names are one person: the names of a book, the people who may bear them, and the rules that join them."""

"""Where a book's divisions begin: headings, contents pages, chapters."""

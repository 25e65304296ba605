"""What stands beside the story in an edition: notes, their marks, numbers of pages and running heads."""

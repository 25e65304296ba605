"""What names tell of families: whose wife, widow, son or sister somebody may be by what he is called."""

"""Speech against PDNC: who says what to whom, and who is meant in it."""

"""What a run prints: for people (`text`) and for programs (`json`)."""

"""What each printed form says: facts as plain values in, neutral content out."""

"""Real servers, inside the process of the test."""

"""Outbox and inbox of two desks, with real servers between them."""

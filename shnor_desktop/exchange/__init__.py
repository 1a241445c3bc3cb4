"""Signed packages between a school and its centre: container, signatures, trust."""

"""Calculations over tables; pandas is loaded only when one is asked for."""

"""Inputs that must be refused: with a clear message, and with nothing left behind."""

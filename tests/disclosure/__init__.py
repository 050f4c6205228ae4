"""Tests of the request room."""

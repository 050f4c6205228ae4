"""Tests of the request room's pages."""

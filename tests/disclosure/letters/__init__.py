"""Tests of disclosure.letters."""

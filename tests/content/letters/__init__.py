"""Tests of content.letters."""

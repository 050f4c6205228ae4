"""The tables of the letters' room, one noun a file; importing the package registers all of them."""

from portal.letters.models import numbers, register, tree

__all__ = ["numbers", "register", "tree"]

"""The running site, driven through a real browser."""

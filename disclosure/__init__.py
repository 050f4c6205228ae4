"""The request room: requests for one's own information, their clocks, decisions and letters."""

"""The ground floor: no Flask, no business noun."""

"""Forms of the room: shape and plain checks; what the notice says is asked of the rules."""

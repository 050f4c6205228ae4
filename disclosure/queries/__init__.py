"""Reading: each query begins with what the actor may see."""

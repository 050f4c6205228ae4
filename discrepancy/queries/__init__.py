"""Reading cases and reports: every query begins with what the actor may see."""

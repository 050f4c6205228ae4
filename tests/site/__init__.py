"""The building as a whole: who may open what, what goes out with every answer, what never leaves."""

"""First measurements. ``make bench`` runs them all; each is a ratio beside a limit measured in the same run."""

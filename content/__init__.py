"""What the organisation publishes: systems, incidents, question letters, figures."""

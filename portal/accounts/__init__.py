"""Staff: sign-in, roles, sessions."""

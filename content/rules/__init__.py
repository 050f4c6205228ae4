"""Pure rules of what is published: no session, no Flask, no clock."""

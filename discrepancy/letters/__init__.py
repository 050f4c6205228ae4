"""What goes out of the room as text: mails, which say only that there is news, and the four forms on paper."""

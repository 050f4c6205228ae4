"""The doors: public pages and the publishing desk."""

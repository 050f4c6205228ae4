"""The card index: everything published, found by Japanese and English words. It knows records, not things."""

"""What many cases together say: how many, how long, how often late, and what is likely to become of the open ones."""

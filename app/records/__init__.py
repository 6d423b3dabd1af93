"""What is kept, who looked at it, and for how long."""

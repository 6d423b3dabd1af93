"""What people are asked to do, and doing it."""

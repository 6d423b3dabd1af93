"""What a drawing would do wrong when it is executed: found by trying its ways within a bound, told with its words."""

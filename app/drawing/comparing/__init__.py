"""Two versions of a drawing or table: what differs, in sentences."""

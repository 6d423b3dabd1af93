"""Where things stand in a drawing: making room for what is new, finding ways for arrows, keeping a page tidy."""

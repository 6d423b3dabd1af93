"""What a drawing leaves open: each gap found, told, and read in one documented way, which is also its fix."""

"""Letters as files: what stands in a ``.letter`` file, read once into parts that hold only text and FEEL."""

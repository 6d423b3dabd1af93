"""What programs read by the API: who may, in which pages, and what each record says."""

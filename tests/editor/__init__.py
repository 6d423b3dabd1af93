"""Files and tables that editors bring."""

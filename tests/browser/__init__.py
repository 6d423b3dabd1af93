"""The system as people meet it: a real server, a real browser, and nothing known of the code behind."""

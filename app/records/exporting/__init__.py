"""Cases, tasks and events as files for other programs: tables, and logs of events for process mining."""

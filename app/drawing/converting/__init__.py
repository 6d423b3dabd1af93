"""Files of Camunda 7 and 8, taken over as far as they say something that is executed here, with a report."""

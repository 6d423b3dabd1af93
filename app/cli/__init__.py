"""Commands for the people who run it: ``trigger --help`` lists them."""

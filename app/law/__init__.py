"""What the Act, the guidance and the published procedure require. Pure: no clock, no storage, no web, no engine."""

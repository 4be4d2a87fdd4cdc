"""When: schedules and their slots, time zones, quiet hours. Pure."""

"""What each channel gets: sections, filters, pings, and where an article goes."""

"""The nine stages, one file each. Each reads the facts and answers; none knows another."""

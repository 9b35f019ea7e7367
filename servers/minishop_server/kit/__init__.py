"""What every service shares, and nothing else: whatever only one service needs lives with that service."""

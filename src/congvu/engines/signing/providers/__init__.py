"""Where keys lie. Each provider opens a session by one authentication and gives a credential; no key ever leaves it."""

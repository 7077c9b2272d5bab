"""Events of this room: none. Who reads a figure asks for the day; comparing changes no rule."""

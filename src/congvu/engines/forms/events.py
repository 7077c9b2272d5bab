"""Events of this room: none. A published form is found by its dates, nobody has to be told."""

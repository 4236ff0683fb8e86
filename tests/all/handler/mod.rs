mod roster;

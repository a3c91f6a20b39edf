"""Tables and sentences for people; pure, so that screen, file and letter say the same."""

"""From households, places and a policy to a plan that can be checked and explained."""

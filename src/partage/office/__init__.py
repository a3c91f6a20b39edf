"""The only floor that changes the world: permits, clock, ids, idempotency; a few lines a verb."""

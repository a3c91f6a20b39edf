"""What would happen: a policy or a lever tried on a made-up year, many times, before anybody is moved."""

from partage.simulate.fresh import drop_stale

drop_stale()

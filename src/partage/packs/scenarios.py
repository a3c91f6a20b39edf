"""Scenarios as dated TOML; each number has a source or says what is assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage.core.household import MODES
from partage.core.policy import Source
from partage.core.scenario import (
    ArrivalStream,
    Cap,
    Effect,
    EntryRoofs,
    Freeze,
    HouseholdKind,
    Lever,
    MadeSite,
    PlacesRow,
    PolicyTurn,
    Ranged,
    Scenario,
)
from partage.core.situation import Origin
from partage.packs.scenario_base import BLOCKS, Known, based, refusal
from partage.packs.scenario_fields import MOST_PERSONS, Block, blocks, known_name

HEAD = {
    "id", "title_en", "title_fr", "first_day", "last_day", "as_of", "nothing_after", "based_on",
    "policy", "without", "arrivals",
}  # fmt: skip
AHEAD = ("level", "forecast")  # how arrivals go on after the last month known
MOST_DAYS = 3660
SHARES = ("accepts", "willing", "held", "no_show", "to_homelessness", "to_montreal", "to_toronto")
# name -> (the most, unit, what holds where nobody says otherwise)
PARAMETERS: Mapping[str, tuple[float, str, float]] = {
    **dict.fromkeys(SHARES, (1.0, "share", 0.0)),
    "days_to_offer": (14.0, "days", 0.0),
    "stay_days": (3660.0, "days", 0.0),
    "leaves_waiting_days": (3660.0, "days", 0.0),
    "daily_spread": (3.0, "log", 0.0),
    "travel_per_km": (100.0, "CAD per person and km", 0.0),
}
NEEDED = ("accepts", "stay_days")


def parse_scenario(raw: Mapping[str, Any], where: str, known: Known) -> Scenario:
    """The scenario in tables as read, on top of the one it is based on; ``where`` names the file."""
    whole = based(raw, where, known, ())
    return _Reader(whole, raw, where, known).scenario()


class _Reader:
    def __init__(
        self, raw: Mapping[str, Any], own: Mapping[str, Any], where: str, known: Known
    ) -> None:
        self.raw, self.own, self.where, self.known = raw, own, where, known
        for name in own:
            if name not in {"scenario", *BLOCKS}:
                raise refusal(
                    where, f"has '{name}', which is not known", f"Known: {', '.join(BLOCKS)}."
                )
        self.head = Block(raw["scenario"], f"{where} [scenario]", HEAD | {"source"})
        self.first, self.last = self.head.day("first_day"), self.head.day("last_day")
        if self.last < self.first:
            raise self.head.no(
                f"ends on {self.last}, before it begins on {self.first}", "correct the days"
            )
        if (self.last - self.first).days >= MOST_DAYS:
            raise self.head.no(
                "runs over more than ten years", f"give {MOST_DAYS:,} days at the most"
            )
        made = [b.get("id") for b in blocks(raw, "site", where) if isinstance(b, dict)]
        self.sites = [*known.sites, *(id_ for id_ in made if isinstance(id_, str))]
        self.nothing_after = self.head.maybe_day("nothing_after")

    def scenario(self) -> Scenario:
        head = self.head
        source = head.raw.get("source")
        found = Source(source) if isinstance(source, str) else None
        if isinstance(source, dict):
            found = Source(str(source.get("title", "")), str(source.get("url", "")))
        assumption = head.text("assumption", "")
        if found is None and not assumption:
            raise head.no(
                "says neither a source nor what is assumed", "add source = or assumption ="
            )
        kinds = tuple(self._kind(b) for b in self._blocks("household"))
        total = sum(kind.share for kind in kinds)
        if not kinds or abs(total - 1) > 1e-6:
            raise head.no(
                f"has shares of households that sum to {total:g}", "make them sum to exactly 1"
            )
        arrivals = tuple(self._arrivals(b) for b in self._blocks("arrivals"))
        names = [stream.id for stream in arrivals]
        made = Scenario(
            head.text("id"), head.text("title_en"), head.text("title_fr"), self.first, self.last,
            found, assumption, kinds, arrivals,
            tuple(self._effect(b, names) for b in self._blocks("effect")),
            tuple(self._site(b) for b in self._blocks("site")),
            tuple(self._places(b) for b in self._blocks("places")),
            tuple(self._freeze(b) for b in self._blocks("freeze")),
            tuple(self._cap(b) for b in self._blocks("cap")),
            tuple(self._entry(b) for b in self._blocks("entry")), self._turns(),
            tuple(self._lever(b) for b in self._blocks("lever")), self._parameters(),
            head.maybe_day("as_of"), self.nothing_after, head.text("based_on", ""), self._ahead(),
            dict(self.own),
        )  # fmt: skip
        self._check_known_on(made)
        return made

    def _ahead(self) -> str:
        said = self.head.text("arrivals", "level")
        if said not in AHEAD:
            raise self.head.no(
                "does not say how arrivals go on", "write arrivals = 'level' or 'forecast'"
            )
        return said

    def _blocks(self, name: str) -> Sequence[Any]:
        return blocks(self.raw, name, self.where)

    def _at(self, name: str, raw: Any) -> str:
        id_ = raw.get(BLOCKS[name] or "site", "") if isinstance(raw, dict) else ""
        return f"{self.where} [[{name}]] {id_}".rstrip()

    def _kind(self, raw: Any) -> HouseholdKind:
        block = Block(
            raw, self._at("household", raw), {"id", "persons", "share", *self.known.services}
        )
        need = {s: block.whole(s, 0, most=50) for s in self.known.services if s in block.raw}
        persons = block.whole("persons", most=50)
        if persons == 0:
            raise block.no("has no persons", "give one at the least")
        return HouseholdKind(
            block.text("id"), persons, block.number("share", most=1), {**need, "person": persons},
            block.origin(),
        )  # fmt: skip

    def _arrivals(self, raw: Any) -> ArrivalStream:
        known = {
            "id", "mode", "region", "measure", "less", "per_day", "recent_months", "least", "most",
            "lodged", "lodged_least", "lodged_most", "lodged_assumption", "lodged_source",
            "lodged_known_on", "entry_point",
        }  # fmt: skip
        block = Block(raw, self._at("arrivals", raw), known)
        region = known_name(block.text("region"), self.known.regions, block, "region of the pack")
        measure, less = block.text("measure", ""), block.words("less")
        for one in (measure, *less):
            if one and (one, region) not in self.known.measures:
                raise block.no(
                    f"reads '{one}', which the pack does not have for {region}", "correct it"
                )
        per_day = block.number("per_day", most=MOST_PERSONS) if "per_day" in block.raw else None
        if not measure and per_day is None:
            raise block.no("says neither 'measure' nor 'per_day'", "give one of them")
        least, most = block.number("least", 1.0, most=100), block.number("most", 1.0, most=100)
        if not least <= 1.0 <= most:
            raise block.no("has a band that does not hold 1", "give factors such as 0.8 and 1.3")
        mode = known_name(block.text("mode"), MODES, block, "mode of entry")
        return ArrivalStream(
            block.text("id"), mode, region, measure, less, per_day,
            block.whole("recent_months", 3, most=60) or 1, least, most, self._lodged(block),
            block.origin(), block.text("entry_point", ""),
        )  # fmt: skip

    def _lodged(self, block: Block) -> Ranged:
        value = block.number("lodged", 1.0, most=1)
        least = block.number("lodged_least", value, most=1)
        most = block.number("lodged_most", value, most=1)
        if not least <= value <= most:
            raise block.no("has a share 'lodged' outside its own range", "correct it")
        said = Origin(block.text("lodged_source", ""), block.text("lodged_assumption", ""))
        if not said.source and not said.assumption:
            said = block.origin()
        known_on = block.maybe_day("lodged_known_on") or block.maybe_day("known_on")
        return Ranged("lodged", value, least, most, "share", said, known_on)

    def _effect(self, raw: Any, streams: Sequence[str]) -> Effect:
        known = {"id", "first_day", "last_day", "streams", "factor", "least", "most"}
        block = Block(raw, self._at("effect", raw), known)
        first, last = block.days(self.first, self.last)
        named = tuple(
            known_name(s, streams, block, "stream of arrivals") for s in block.words("streams")
        )
        factor = block.ranged(block.text("id"), 1000, "factor", value="factor")
        return Effect(block.text("id"), first, last, named or tuple(streams), factor)

    def _site(self, raw: Any) -> MadeSite:
        block = Block(raw, self._at("site", raw), {"id", "region", "name_en", "name_fr", "km"})
        region = known_name(block.text("region"), self.known.regions, block, "region of the pack")
        id_ = block.text("id")
        if id_ in self.known.sites:
            raise block.no("is a site of the pack already", "leave the block out")
        return MadeSite(
            id_, region, block.text("name_en"), block.text("name_fr"),
            block.whole("km", 0, most=20_000), block.origin(),
        )  # fmt: skip

    def _named_site(self, block: Block) -> str:
        site = block.text("site")
        if site not in self.sites:
            raise block.no(
                f"names the site '{site}', which neither the pack nor a [[site]] has",
                f"known: {', '.join(self.sites)}",
            )
        return site

    def _places(self, raw: Any) -> PlacesRow:
        services = set(self.known.services)
        known = {
            "site", "first_day", "last_day", "ramp_per_day", "grows_per_day", "occupied",
            "cad_per_night", "pays_empty", "replaces",
        }  # fmt: skip
        block = Block(raw, self._at("places", raw), known | services)
        first, last = block.days(self.first, self.last)
        units = {s: block.whole(s) for s in self.known.services if s in block.raw}
        if "person" not in units:
            raise block.no("does not say for how many persons", "add person =")
        ramp = block.whole("ramp_per_day") if "ramp_per_day" in block.raw else None
        return PlacesRow(
            self._named_site(block), first, last, units, ramp, block.whole("grows_per_day", 0),
            block.whole("occupied", 0), block.number("cad_per_night", 0.0, most=100_000),
            block.flag("pays_empty", True), block.origin(),
        )  # fmt: skip

    def _freeze(self, raw: Any) -> Freeze:
        block = Block(
            raw, self._at("freeze", raw), {"site", "first_day", "last_day", "replaces"}
        )  # fmt: skip
        return Freeze(self._named_site(block), *block.days(self.first, self.last), block.origin())

    def _cap(self, raw: Any) -> Cap:
        block = Block(
            raw, self._at("cap", raw), {"party", "persons", "first_day", "last_day", "replaces"}
        )
        cities = {site.rpartition("/")[0] for site in self.sites}
        known = (*self.known.regions, *sorted(cities), *self.sites)
        party = known_name(block.text("party"), known, block, "region, city or site")
        return Cap(
            party, block.whole("persons"), *block.days(self.first, self.last), block.origin()
        )

    def _entry(self, raw: Any) -> EntryRoofs:
        block = Block(raw, self._at("entry", raw), {"region", "places"})
        region = known_name(block.text("region"), self.known.regions, block, "region of the pack")
        return EntryRoofs(region, block.whole("places"), block.origin())

    def _turns(self) -> tuple[PolicyTurn, ...]:
        own = Origin(assumption="the policy is applied as if in force on every day")
        if "policy" in self.head.raw:
            name = self.head.text("policy")
            known_name(name, self.known.policies, self.head, "policy of the pack")
            return (PolicyTurn(self.first, name, "", own),)
        turns = []
        for raw in self._blocks("policy"):
            block = Block(raw, self._at("policy", raw), {"first_day", "policy", "asks"})
            asks = block.text("asks", "")
            if asks not in ("", "all", "willing"):
                raise block.no("asks whom it does not say", "write asks = 'all' or 'willing'")
            name = known_name(
                block.text("policy"), self.known.policies, block, "policy of the pack"
            )
            turns.append(PolicyTurn(block.day("first_day"), name, asks, block.origin()))
        turns.sort(key=lambda turn: turn.first_day)
        if not turns or turns[0].first_day > self.first:
            raise self.head.no(
                "has no policy on its first day", "add policy = or a [[policy]] from that day on"
            )
        return tuple(turns)

    def _lever(self, raw: Any) -> Lever:
        known = {"id", "first_day", "last_day", "sites", "exit_factor", "cad_per_day"}
        block = Block(raw, self._at("lever", raw), known)
        for site in block.words("sites"):
            known_name(site, self.sites, block, "site")
        return Lever(
            block.text("id"), *block.days(self.first, self.last), block.words("sites"),
            block.number("exit_factor", 1.0, most=100), block.number("cad_per_day", 0.0),
            block.origin(),
        )  # fmt: skip

    def _parameters(self) -> dict[str, Ranged]:
        out: dict[str, Ranged] = {}
        for raw in self._blocks("parameter"):
            block = Block(
                raw, self._at("parameter", raw), {"name", "site", "value", "least", "most"}
            )
            name = known_name(block.text("name"), tuple(PARAMETERS), block, "parameter")
            site = self._named_site(block) if "site" in block.raw else ""
            if site and name != "stay_days":
                raise block.no("names a site", "only stay_days may differ by site")
            most, unit, _ = PARAMETERS[name]
            found = out[f"{name}@{site}" if site else name] = block.ranged(
                name, most, unit, site=site
            )
            if name == "stay_days" and found.least <= 0:
                raise block.no("is a stay of no day at all", "give more than 0")
        for name in NEEDED:
            if name not in out:
                raise self.head.no(f"has no parameter '{name}'", "add it, with its source")
        shares = [out[n].most for n in ("to_homelessness", "to_montreal", "to_toronto") if n in out]
        if sum(shares) > 1:
            raise self.head.no(
                "has shares of those who leave that may sum to more than 1", "lower them"
            )
        return out

    def _check_known_on(self, made: Scenario) -> None:
        """A scenario that says what it may know refuses everything known later, or not known when."""
        if self.nothing_after is None:
            return
        ranged = [*made.parameters.values(), *(s.lodged for s in made.arrivals)]
        ranged += [effect.factor for effect in made.effects]
        for one in ranged:
            if one.known_on is None or one.known_on > self.nothing_after:
                said = one.known_on or "a day that it does not say"
                raise self.head.no(
                    f"reads nothing after {self.nothing_after}, but '{one.name}' was known on {said}",
                    "give it a figure known by then, with known_on",
                )
        if made.as_of is None or made.as_of > self.nothing_after:
            raise self.head.no(
                f"reads nothing after {self.nothing_after} but has no as_of by then", "add as_of"
            )

"""A household: need and profile are two types, because who is offered what may depend on one only."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from partage.core.units import CaseId, EntryPointId, RegionId, ServiceId

Mode = Literal["between-ports", "land-port", "harbour", "airport", "inland"]
Hold = Literal["protected-path", "medical-hold", "none"]
OfficialLanguage = Literal["en", "fr", ""]  # "" = not asked yet
MODES: tuple[str, ...] = get_args(Mode)
HOLDS: tuple[str, ...] = get_args(Hold)


@dataclass(frozen=True, slots=True)
class Ages:
    """Persons by age band; ``unknown`` are persons whose age nobody knows: never taken for adults."""

    under_5: int = 0
    from_5_to_17: int = 0
    from_18_to_64: int = 0
    from_65: int = 0
    unknown: int = 0

    @property
    def persons(self) -> int:
        """Persons in the household."""
        known = self.under_5 + self.from_5_to_17 + self.from_18_to_64 + self.from_65
        return known + self.unknown

    @property
    def adults(self) -> int:
        """Persons who are known to be 18 or more."""
        return self.from_18_to_64 + self.from_65


@dataclass(frozen=True, slots=True)
class Need:
    """The case part: what makes a place unusable or unsafe, and what the household asked for.

    ``care`` are services it needs or asked for (``clinic.fr``, ``school.fr`` …); a service in a
    language is here only where the household asked for it. ``places_to_avoid`` are regions or
    sites and never appear in a reason. ``consents`` and ``declined`` say what was answered.
    """

    id: CaseId
    entered_at: str  # instant
    entry_point: EntryPointId
    mode: Mode
    ages: Ages
    room_need: str = ""  # "" = from the number of persons
    mobility: bool = False
    care: tuple[ServiceId, ...] = ()
    links: tuple[CaseId, ...] = ()
    places_to_avoid: tuple[str, ...] = ()
    holds: Hold = "none"
    consents: tuple[str, ...] = ()
    declined: bool = False
    official_language: OfficialLanguage = ""
    interpreter_language: str = ""

    @property
    def persons(self) -> int:
        """Persons in the household."""
        return self.ages.persons

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON, as the vault keeps it; no unknown ages are not written, as before there were any."""
        data = {name: getattr(self, name) for name in NEED}
        data["ages"] = {name: getattr(self.ages, name) for name in AGES}
        if not self.ages.unknown:
            del data["ages"]["unknown"]
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Need:
        """The case part that ``as_dict`` wrote."""
        known = {f.name for f in fields(cls)}
        values: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known
        }
        values["ages"] = Ages(**data["ages"])
        return cls(**values)


NEED = tuple(f.name for f in fields(Need))
AGES = tuple(f.name for f in fields(Ages))


@dataclass(frozen=True, slots=True)
class Profile:
    """Who they are and what they wish. Nationality never reaches the engine."""

    nationality: str = ""
    languages: tuple[str, ...] = ()
    wishes: tuple[RegionId, ...] = ()
    ties: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()

    def without_nationality(self) -> Profile:
        """The profile as the engine may see it under a policy that reads profiles."""
        return Profile("", self.languages, self.wishes, self.ties, self.skills)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON, as the vault keeps it."""
        return {name: getattr(self, name) for name in PROFILE}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Profile:
        """The profile that ``as_dict`` wrote."""
        lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return cls(**lists)


PROFILE = tuple(f.name for f in fields(Profile))


@dataclass(frozen=True, slots=True)
class Household:
    """A case: people who are never split and never named here."""

    need: Need
    profile: Profile = field(default_factory=Profile)

    @property
    def id(self) -> CaseId:
        """The pseudonymous id."""
        return self.need.id

    @property
    def persons(self) -> int:
        """Persons in the household."""
        return self.need.persons

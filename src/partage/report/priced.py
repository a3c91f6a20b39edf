"""Prices, flips and the value of one more place in words; prices are for officers and owners only."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from partage.casework.flip import Flip
from partage.casework.worth import Worth
from partage.packs.loader import Pack
from partage.report.table import Table
from partage.report.words import Language, site_name

FLAGS: Mapping[str, tuple[str, str]] = {
    "mobility": ("somebody has reduced mobility", "une personne a une mobilité réduite"),
    "link-released": (
        "its link was released to the same province",
        "son lien a été ramené à la même province",
    ),
    "linked-unplaced": (
        "a household linked to it has no place",
        "un ménage qui lui est lié n'a pas de place",
    ),
    "linked-elsewhere": (
        "it has a link that joins nobody in this plan",
        "il a un lien qui ne joint personne dans ce plan",
    ),
    "by-hand": ("an officer chose its place", "une agente ou un agent a choisi sa place"),
    "by-hand-moved": (
        "an officer had chosen another place for it",
        "une agente ou un agent avait choisi une autre place",
    ),
    "approved-moved": (
        "another place is approved for it; this one needs approval again",
        "une autre place est approuvée; celle-ci doit être approuvée à son tour",
    ),
    "approved-lost": (
        "the place that is approved for it is not there any more",
        "la place approuvée n'existe plus",
    ),
    "hair": (
        "first and second choice are within a hair: an officer decides",
        "le premier et le deuxième choix se tiennent à un cheveu : une personne tranche",
    ),
}
_PARTS: Mapping[str, tuple[str, str]] = {
    "regret": ("given up by households", "cédés par des ménages"),
    "capacity": (
        "places with a price that are not used",
        "places qui ont un prix et restent libres",
    ),
    "ceiling": ("regions below their most", "régions sous leur maximum"),
    "floor": ("sites off what they should have", "lieux hors de ce qu'ils devraient avoir"),
    "due": ("regions off what they are due", "régions hors de ce qui leur revient"),
    "kept": ("higher priorities above what they must", "priorités plus hautes au-delà du dû"),
}


_FREE_THERE = (
    "  Nothing has a price where it was decided: one more there alone would change nothing",
    "  Rien n'a de prix là où cela s'est décidé : une seule unité de plus n'y changerait rien",
)


def number(exact: str, language: Language) -> str:
    """An exact number, whole or "p/q", to two decimals, as one writes it there."""
    rounded = f"{float(round(Fraction(exact), 2)):.2f}".rstrip("0").rstrip(".")
    rounded = "0" if rounded == "-0" else rounded
    return rounded.replace(".", ",") if language == "fr" else rounded


def flags_text(flags: list[str], language: Language) -> list[str]:
    """What an officer must look at before a line is approved, in words."""
    said = [FLAGS[flag][language == "fr"] for flag in flags if flag in FLAGS]
    head = "À regarder avant d'approuver" if language == "fr" else "Look before approving"
    return [f"{head}{' :' if language == 'fr' else ':'} {'; '.join(said)}"] if said else []


def prices_text(prices: Mapping[str, Any], pack: Pack, language: Language) -> list[str]:
    """A reason in the plan's prices, for an officer; never for a household."""
    fr = language == "fr"
    unit = prices["unit"]
    head = (
        f"Aux prix du plan, en points de « {unit} » (avec le poids des priorités plus hautes) :"
        if fr
        else f"At the plan's prices, in points of '{unit}' (with what higher priorities weigh):"
    )
    lines = [head]
    for one in prices["sites"]:
        worth, price, net = (number(one[name], language) for name in ("worth", "price", "net"))
        name = site_name(pack, one["site"], language)
        lines.append(
            f"  {name} : valeur {worth}, prix {price}, net {net}"
            if fr
            else f"  {name}: worth {worth}, price {price}, net {net}"
        )
    lines.append(_regret(prices, language))
    lines += [_scarce(one, pack, language) for one in prices["scarce"]] or [_FREE_THERE[fr]]
    return [*lines, _gap(prices["plan"], language)]


def _regret(prices: Mapping[str, Any], language: Language) -> str:
    fr = language == "fr"
    lost = number(prices["regret"], language)
    who = ""
    if prices["together"] > 1:
        who = (
            f" ({prices['together']} ménages liés ensemble)"
            if fr
            else f" ({prices['together']} linked households together)"
        )
    if Fraction(prices["regret"]) == 0:
        return (
            f"  Sa place est une meilleure réponse à ces prix{who}"
            if fr
            else f"  Its place is a best answer to these prices{who}"
        )
    return (
        f"  Ce ménage cède {lost} pour que tous tiennent entiers{who}"
        if fr
        else f"  This household gives up {lost} so that everybody fits whole{who}"
    )


def _scarce(one: Mapping[str, Any], pack: Pack, language: Language) -> str:
    fr = language == "fr"
    price = number(one["price"], language)
    if one["what"] in ("ceiling", "due"):
        region = pack.region(one["where"])
        name = region.name_fr if fr else region.name_en
        what = {
            "ceiling": ("the most of {}", "le maximum de {}"),
            "due": ("what {} is due", "ce qui revient à {}"),
        }[one["what"]][fr].format(name)
        given = (
            f"{one['used']} de {one['units']} personnes"
            if fr
            else f"{one['used']} of {one['units']} persons"
        )
    else:
        what = f"{one['what']}, {site_name(pack, one['where'], language)}"
        given = f"{one['used']} de {one['units']}" if fr else f"{one['used']} of {one['units']}"
    return (
        f"  A un prix là où cela s'est décidé : {what} : {price} l'unité, {given}"
        if fr
        else f"  Has a price where it was decided: {what}: {price} a unit, {given}"
    )


def _gap(parts: Mapping[str, str], language: Language) -> str:
    fr = language == "fr"
    said = [
        f"{number(parts[name], language)} {words[fr]}"
        for name, words in _PARTS.items()
        if Fraction(parts[name])
    ]
    gap = number(parts["gap"], language)
    if not said:
        return (
            "  Tout le plan : ces prix montrent qu'aucun plan ne vaut plus"
            if fr
            else "  The whole plan: these prices show that no plan is worth more"
        )
    return (
        f"  Tout le plan : au plus {gap} sous le meilleur possible : {' + '.join(said)}"
        if fr
        else f"  The whole plan: at most {gap} below the best possible: {' + '.join(said)}"
    )


# -- flips ------------------------------------------------------------------------------------

_OFFICER: Mapping[str, tuple[str, str]] = {
    "more": ("{units} more at {site}", "{units} de plus à {site}"),
    "due": (
        "{persons} more person(s) due to {region}",
        "{persons} personne(s) de plus à la part de {region}",
    ),
    "less": (
        "{persons} more person(s) due to {region} and as many fewer to {less}",
        "{persons} personne(s) de plus à la part de {region} et autant de moins à celle de {less}",
    ),
    "ceiling": (
        "{persons} more person(s) in the most of {region}",
        "{persons} personne(s) de plus au maximum de {region}",
    ),
    "rule": (
        "an exception to rule {number} ({title})",
        "une exception à la règle {number} ({title})",
    ),
}
_HOUSEHOLD: Mapping[str, tuple[str, str]] = {
    "wish": ("if your wish were {region}", "si votre souhait était {region}"),
    "without": ("if you had not asked for: {service}", "si vous n'aviez pas demandé : {service}"),
    "with": ("if you asked for: {service}", "si vous demandiez : {service}"),
    "apart": (
        "if you agreed to live apart from those you are linked to",
        "si vous acceptiez de vivre séparément de ceux à qui vous êtes liés",
    ),
    "room": ("if you accepted: {number} × {room}", "si vous acceptiez : {number} × {room}"),
}
_WHY: Mapping[str, tuple[str, str]] = {
    "none": (
        "no single change that was tried would flip it ({re_solves} re-solves)",
        "aucun des changements essayés ne l'inverserait ({re_solves} résolutions)",
    ),
    "unsettled": (
        "the search was not finished in its time, so nothing is stated ({re_solves} re-solves)",
        "la recherche n'a pas fini à temps : rien n'est affirmé ({re_solves} résolutions)",
    ),
    "by-person": (
        "an officer chose places in this plan; ask whoever did",
        "une personne a choisi des places dans ce plan; demandez-lui",
    ),
    "mechanism": (
        "this plan was not made by looking for the best, so nothing can be tried on it",
        "ce plan n'a pas été fait en cherchant le meilleur : rien ne peut y être essayé",
    ),
    "changed": (
        "what is known of the household, or the policy, has changed since this plan",
        "ce que l'on sait du ménage, ou la politique, a changé depuis ce plan",
    ),
    "erased": (
        "what was known of the household was erased, so nothing of its own can be tried",
        "ce que l'on savait du ménage a été effacé : rien qui lui soit propre ne peut être essayé",
    ),
}
_WHY_HOUSEHOLD: Mapping[str, tuple[str, str]] = {
    "none": (
        "Nothing was found that you could wish or ask for and that would lead to another place now.",
        "On n'a rien trouvé que vous puissiez souhaiter ou demander et qui mène à une autre place "
        "maintenant.",
    ),
    "by-person": (
        "An officer chose places in this plan. You can ask for another look at it.",
        "Une agente ou un agent a choisi des places dans ce plan. Vous pouvez demander une révision.",
    ),
    "changed": (
        "What you told us has changed since this plan. The next plan takes it into account.",
        "Ce que vous nous avez dit a changé depuis ce plan. Le prochain plan en tiendra compte.",
    ),
    "erased": (
        "What you told us was erased, so nothing can be tried for you.",
        "Ce que vous nous aviez dit a été effacé : rien ne peut être essayé pour vous.",
    ),
}
_UNSURE = (
    "This could not be worked out now. An officer can look at it with you.",
    "Cela n'a pas pu être établi maintenant. Une agente ou un agent peut le regarder avec vous.",
)
_FREE = (
    "Ask for what you need and wish for; nothing changes unless you say so.",
    "Demandez ce qu'il vous faut et ce que vous souhaitez; rien ne change si vous ne le dites pas.",
)


def flip_text(flip: Flip, pack: Pack, language: Language, *, household: bool) -> str:
    """The nearest change that would flip a decision, in one register; a household reads of its own only."""
    fr = language == "fr"
    if household:
        return _flip_household(flip, pack, language)
    head = "Ce qui l'inverserait" if fr else "What would flip it"
    if not flip.code:
        why = _WHY[flip.why][fr].format(re_solves=flip.re_solves)
        return f"{head}{' :' if fr else ':'} {why}"
    code = "less" if flip.code == "due" and flip.args["less"] else flip.code
    change = _OFFICER[code][fr].format(**_named(flip.args, pack, language))
    where = (
        site_name(pack, flip.site, language) if flip.site else ("sans place" if fr else "no place")
    )
    return (
        f"{head} : {change} : plus aucun plan aussi bon ne l'y laisse; par exemple {where} "
        f"(résolu de nouveau, {flip.re_solves} fois)"
        if fr
        else f"{head}: {change}: then no plan as good leaves it there; for instance {where} "
        f"(solved again, {flip.re_solves} time(s))"
    )


def _flip_household(flip: Flip, pack: Pack, language: Language) -> str:
    fr = language == "fr"
    if not flip.code:
        return _WHY_HOUSEHOLD.get(flip.why, _UNSURE)[fr]
    change = _HOUSEHOLD[flip.code][fr].format(**_named(flip.args, pack, language))
    place = site_name(pack, flip.site, language)
    said = (
        f"Ce qui aurait mené ailleurs : {change}, une autre place aurait été proposée, "
        f"par exemple : {place}."
        if fr
        else f"What would have led elsewhere: {change}, another place would have been proposed, "
        f"such as: {place}."
    )
    return f"{said}\n{_FREE[fr]}"


def _named(args: Mapping[str, str | int], pack: Pack, language: Language) -> dict[str, str | int]:
    """Ids of regions, sites and services by their names."""
    fr = language == "fr"
    out: dict[str, str | int] = dict(args)
    for key in ("region", "less"):
        if args.get(key):
            region = pack.region(str(args[key]))
            out[key] = region.name_fr if fr else region.name_en
    for key in ("service", "room"):
        if key in args:
            out[key] = _service(pack, str(args[key]), language)
    if "site" in args:
        out["site"] = site_name(pack, str(args["site"]), language)
    return out


def _service(pack: Pack, service: str, language: Language) -> str:
    one = next(s for s in pack.services if s.id == service)
    return one.name_fr if language == "fr" else one.name_en


# -- the value of one more --------------------------------------------------------------------

_GAINS: Mapping[str, tuple[str, str]] = {
    "roof": ("house {n} more person(s)", "logerait {n} personne(s) de plus"),
    "due": (
        "bring {n} person(s) nearer to what regions are due",
        "rapprocherait {n} personne(s) de ce qui revient aux régions",
    ),
    "wish": (
        "place {n} more person(s) where they wish to be",
        "placerait {n} personne(s) de plus là où elles le souhaitent",
    ),
}
_POINTS = ("gain {n} points of '{name}'", "gagnerait {n} points de « {name} »")


def worth_table(answer: Mapping[str, Any], pack: Pack, language: Language) -> Table:
    """The value of one more place, for its owner: a row per site and service that has a price."""
    fr = language == "fr"
    rows = tuple(
        (
            one.site, _service(pack, one.service, language), one.used, one.units,
            number(str(dict(one.prices)[one.first]), language), one.first, one_more(one, language),
        )
        for one in answer["rows"]
    )  # fmt: skip
    columns = (
        ("lieu", "service", "donné", "de", "prix", "priorité", "une de plus")
        if fr
        else ("site", "service", "given", "of", "price", "priority", "one more")
    )
    title = (
        f"{answer['plan']}, {answer['day']} : ce que vaudrait une place de plus"
        if fr
        else f"{answer['plan']}, {answer['day']}: what one more place would be worth"
    )
    return Table(title, columns, rows, _notes(answer, fr=fr))


def one_more(one: Worth, language: Language) -> str:
    """What one more would do: solved again if asked, else the most that the prices allow."""
    fr = language == "fr"
    known = one.gains if one.gains is not None else one.most
    name, gain = next(((name, gain) for name, gain in known if gain), (one.first, 0))
    if one.gains is not None and not gain:
        return "rien de plus, résolu de nouveau" if fr else "nothing more, solved again"
    if one.gains is None:
        name, gain = one.first, dict(one.most)[one.first]
    said = _GAINS.get(name, _POINTS)[fr].format(n=gain, name=name)
    if one.gains is None:
        return f"au plus : {said}" if fr else f"could at most {said}"
    return f"{said}, résolu de nouveau" if fr else f"would {said}, solved again"


def _notes(answer: Mapping[str, Any], *, fr: bool) -> tuple[str, ...]:
    notes = [
        "ce qui n'a pas de prix n'est pas rare : une seule unité de plus n'y change rien"
        if fr
        else "what has no price is not scarce: one more there alone changes nothing",
        "'person' peut être la limite du jour ou un plafond : voir 'survey'"
        if fr
        else "'person' may be the limit of the day or a cap: see 'survey'",
    ]
    if answer["not_open_yet"]:
        closed = answer["not_open_yet"]
        notes.append(
            f"{closed} ligne(s) s'ouvrent quand leur propriétaire les aura vues, ou au jour du plan"
            if fr
            else f"{closed} row(s) open once their owner has looked, or on the day of the plan"
        )
    return tuple(notes)

"""Answers of the verbs as text and data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partage.casework.verify import Report
from partage.core.findings import Finding
from partage.core.plan import Reason
from partage.office.office import Office
from partage.packs.loader import Pack
from partage.report.household import fallback_by_exception, for_household
from partage.report.priced import flags_text, prices_text
from partage.report.replanned import replan_text
from partage.report.table import Table
from partage.report.words import Language, decided_by, site_name, why_here, why_not


def marks_of(data: Mapping[str, Any]) -> dict[str, str]:
    """The marks of a plan's document and arrays, as far as an answer has them."""
    return {name: str(data[name]) for name in ("document", "instance", "solution") if name in data}


def verified(report: Report) -> tuple[dict[str, Any], dict[str, str], Finding | None]:
    """What a verification says, as data and marks, and its first fault if it is not clean."""
    data = {"entries": report.entries, "head": report.head, "checked": report.checked}
    if report.clean:
        return data, {"head": report.head}, None
    return data, {}, next(f for f in report.findings if f.weight == "fault")


def explain_answer(
    office: Office, case: str, register: str, language: str
) -> tuple[dict[str, Any], str]:
    """What is known of a case, and its reason in words."""
    known = office.explain(case)
    if office.actor.role == "household":
        register = "household"  # its own letter, never the officer's page
    row, reason, site = known["row"], known["reason"], known["site"]
    lang: Language = "fr" if language == "fr" else "en"
    pack = office.pack
    said: dict[str, Any] = {"state": row["state"], "history": known["history"]}
    if register == "household":
        text = for_household(row, reason, pack, lang)
    elif reason is None:
        text = _not_planned(case, known, lang)
    else:
        text = _officer(case, known, pack, lang)
        said |= {"plan": known["plan"], "site": site, "reason": reason.as_dict()}
        said |= {"flags": known["flags"], "prices": known["prices"]}
        if known["replan"]:
            said["replan"] = known["replan"]
    said["text"] = text
    return {"case": case, **said}, text


def _not_planned(case: str, known: Mapping[str, Any], lang: Language) -> str:
    hold = known["hold"]
    if known["row"]["state"] == "left":
        gone = (" Its data were erased.", " Ses données ont été effacées.")[lang == "fr"]
        said = (f"{case} : est parti ; rien n'est prévu." if lang == "fr"
                else f"{case}: has left; nothing is planned.")  # fmt: skip
        return said + (gone if known["erased"] else "")
    if hold:
        return (
            f"{case} : suivi par un agent ({hold}) ; le moteur ne place jamais ce ménage. "
            "L'abri actuel est gardé."
            if lang == "fr"
            else f"{case}: with an officer ({hold}); the engine never places this household. "
            "The roof it has is kept."
        )
    return (
        f"{case} : aucun plan encore ; l'abri actuel est gardé."
        if lang == "fr"
        else f"{case}: no plan yet; the roof it has is kept."
    )


def _officer(case: str, known: dict[str, Any], pack: Pack, lang: Language) -> str:
    row, reason, site, proposal = known["row"], known["reason"], known["site"], known["proposal"]
    fr = lang == "fr"
    synthetic = (" (synthétique)" if fr else " (synthetic)") if row.get("synthetic") else ""
    persons = "personne(s)" if fr else "person(s)"
    where = site_name(pack, site, lang) if site else ("aucune place" if fr else "no place")
    lines = [
        f"{case}{synthetic}: {row['persons']} {persons}, {'état' if fr else 'state'} '{row['state']}'",
        f"Plan {known['plan']}, {proposal['plan_day']}, "
        f"{proposal['policy']} {proposal['policy_version']}: {where}",
        *_as_if(proposal["as_if"], fr),
        f"{'Pourquoi ici' if fr else 'Why here'}: {why_here(reason, lang)}",
        f"{'Ce qui a décidé' if fr else 'What decided'}: {decided_by(reason, pack, lang)}",
        *_best_alternative(reason, pack, lang),
        "Pourquoi pas ailleurs :" if fr else "Why not elsewhere:",
    ]
    lines += [f"  {site_name(pack, e.site, lang)}: {why_not(e, lang)}" for e in reason.elsewhere]
    lines += prices_text(known["prices"], pack, lang) if known["prices"] else [known["no_prices"]]
    lines += flags_text(known["flags"], lang)
    lines += replan_text(known["replan"], pack, lang)
    where, _, place = str(row["account"]).partition("@")
    now = {
        "waiting": ("waiting at", "en attente à"),
        "hosted": ("at", "à"),
    }.get(where, ("whereabouts unknown", "lieu inconnu"))[fr]
    lines.insert(1, f"{'Maintenant' if fr else 'Now'}: {now} {place}".rstrip())
    if row.get("offer"):
        lines.append(
            f"{'Offre valable jusqu’au' if fr else 'Offer until'}: {row['offer']['until']}"
        )
    if row.get("fallback"):
        kept = site_name(pack, row["fallback"]["site"], lang)
        lines.append(f"{'Place de repli gardée' if fr else 'Fallback place held'}: {kept}")
        if fallback_by_exception(row, reason, pack):
            lines.append(
                "  (la règle qui exclut ce lieu fait une exception pour qui a refusé une offre)"
                if fr
                else "  (the rule that excludes it makes an exception for whoever has declined an offer)"
            )
    return "\n".join(lines)


def _best_alternative(reason: Reason, pack: Pack, lang: Language) -> list[str]:
    if reason.best is None:
        return []
    said = "Meilleure autre possibilité" if lang == "fr" else "Best alternative"
    return [f"{said}: {site_name(pack, reason.best.site, lang)}: {why_not(reason.best, lang)}"]


def _as_if(as_if: bool, fr: bool) -> list[str]:
    if not as_if:
        return []
    return [
        "Comme si la politique était en vigueur : ce plan ne peut jamais être approuvé."
        if fr
        else "As if the policy were in force: this plan can never be approved."
    ]


def terms_text(terms: Mapping[str, Any]) -> str:
    """The terms of an agreement in words; what is not said is left out."""
    words = {
        "cap": "at most {} persons there",
        "ramp": "at most {} sent in a day",
        "displacement": "those who use the rooms now: {}",
        "on_the_road": "if it withdraws, those under way: {}",
    }
    said = [
        text.format(terms[name])
        for name, text in words.items()
        if terms.get(name) not in (None, "")
    ]
    said += [f"nobody new {first}..{last}" for first, last in terms.get("closed", ())]
    return "; ".join([*said, *(f"condition: {text}" for text in terms.get("conditions", ()))])


def agreement_table(stands: Mapping[str, Any]) -> Table:
    """What is asked of a party, what it agreed to from when to when, and its pauses."""
    party, asked = stands["party"], stands["asked"]
    rows = tuple(
        (c["first"], c["last"], c["counts_from"], terms_text(c)) for c in stands["consents"]
    )
    notes = [
        f"takes nobody new from {p['first']} to {p['last']} ({p['why']})" for p in stands["pauses"]
    ]
    if asked:
        units = ", ".join(f"{n} {service}" for service, n in asked["units"].items())
        wanted = "; ".join(filter(None, (units, terms_text(asked))))
        notes.append(
            f"asked by {asked['by']} on {asked['on']}: {asked['first']} to {asked['last']}, "
            f"{asked['notice_days']} days of notice{'; ' if wanted else ''}{wanted}"
        )
    names = ("first day", "last day", "counts from", "terms")
    return Table(f"agreement of {party}: {stands['state']}", names, rows, tuple(notes))

"""Every word of a simulation's page in both languages, and numbers as each language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from partage.report.page.words import NBSP, Language, Voice
from partage.simulate.compiled import Compiled

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("What would follow", "Ce qui s’ensuivrait"),
    "lead": (
        "Made-up runs of a dated scenario; nobody is moved by this page. Each figure is shown with how far "
        "the runs lie apart.",
        "Tirages fictifs d’un scénario daté; cette page ne déplace personne. Chaque chiffre est montré "
        "avec l’écart entre les tirages.",
    ),
    "runs": ("{runs} runs, {first} to {last}", "{runs} tirages, du {first} au {last}"),
    "summary": ("In numbers", "En chiffres"),
    "provinces": ("Share against due", "Part reçue et part due"),
    "sites": ("Places by site", "Places par lieu"),
    "services": ("Load of services", "Charge des services"),
    "notes": ("What this rests on", "Sur quoi cela repose"),
    "measure": ("Measure", "Mesure"),
    "median": ("median", "médiane"),
    "region": ("Province", "Province"),
    "due": ("due", "part due"),
    "site": ("Site", "Lieu"),
    "places": ("most places", "places au plus"),
    "persons": ("most persons, median (95 %)", "personnes au plus, médiane (95 %)"),
    "full": ("full: 5 % / median / 95 %", "complet : 5 % / médiane / 95 %"),
    "service": ("Service", "Service"),
    "agreed": ("agreed", "convenu"),
    "never": ("never", "jamais"),
    "unknown": ("unknown", "inconnu"),
    "roofless-title": ("Persons without a roof, night by night", "Personnes sans toit, nuit par nuit"),
    "needed-title": (
        "Places needed, against places agreed (dashed)",
        "Places nécessaires et places convenues (tirets)",
    ),
    "needed-says": (
        "The dashed line is what is agreed, all sites together.",
        "La ligne en tirets est ce qui est convenu, tous lieux réunis.",
    ),
    "cost-title": ("Cost so far, millions of CAD", "Coût cumulé, en millions de dollars canadiens"),
    "full-title": ("Day on which each site is full", "Jour où chaque lieu est complet"),
    "full-says": (
        "Dot: the median run. Bar: nine runs in ten. At the right end: never.",
        "Point : le tirage médian. Barre : neuf tirages sur dix. À l’extrémité droite : jamais.",
    ),
    "shares-title": (
        "Share of all who came, received by each province; mark: share due",
        "Part de toutes les personnes arrivées, reçue par province; repère : part due",
    ),
    "shares-says": (
        "Bar: the median run; line: nine runs in ten; upright mark: share of the population.",
        "Barre : le tirage médian; trait : neuf tirages sur dix; repère vertical : part de la population.",
    ),
    "fan-says": (
        "On {day}: {middle} in the median run, between {low} and {high} in nine runs of ten.",
        "Le {day} : {middle} dans le tirage médian, entre {low} et {high} dans neuf tirages sur dix.",
    ),
    "over-time-title": (
        "Share received so far, less share due: the provinces furthest off",
        "Part reçue jusque-là, moins la part due : les provinces les plus éloignées",
    ),
    "over-time-says": (
        "In percentage points: above the line, more than its share. Line: the median run; shade: nine runs "
        "in ten. On the last day:",
        "En points de pourcentage : au-dessus de la ligne, plus que sa part. Trait : le tirage médian; "
        "teinte : neuf tirages sur dix. Le dernier jour :",
    ),
    "over-time-ends": ("{name} {middle} ({low} to {high}).", "{name} {middle} ({low} à {high})."),
    "over-time": (
        "Share received so far, of all who came: median (5 % to 95 %)",
        "Part reçue jusque-là, de toutes les personnes arrivées : médiane (5 % à 95 %)",
    ),
    "points": ("percentage points", "points de pourcentage"),
    "months": (
        "At the end of each month: median (5 % to 95 %)", "À la fin de chaque mois : médiane (5 % à 95 %)",
    ),
    "day": ("Day", "Jour"),
    "no-roof": ("without a roof that night", "sans toit cette nuit-là"),
    "needed": ("places needed", "places nécessaires"),
    "agreed-places": ("places agreed", "places convenues"),
    "cost-so-far": ("cost so far, millions of CAD", "coût cumulé, millions de dollars canadiens"),
    "differences-title": ("{after} less {before}, run by run", "{after} moins {before}, tirage par tirage"),
    "differences-says": (
        "Each run of one is set against the run of the other with the same luck. In percent of the first.",
        "Chaque tirage de l’un est comparé à celui de l’autre qui a eu le même sort. En pourcentage du "
        "premier.",
    ),
    "differences": ("Paired differences", "Différences appariées"),
    "mean-difference": ("mean difference, 95 % interval", "différence moyenne, intervalle à 95 %"),
    "first-no-roof": (
        "first day on which somebody has no roof", "premier jour où quelqu’un est sans toit",
    ),
    "arrived": ("persons who claimed, everywhere", "personnes ayant demandé l’asile, partout"),
    "lodged": ("persons who needed a roof from the office", "personnes ayant eu besoin d’un toit"),
    "transferred": ("persons placed in another province", "personnes placées dans une autre province"),
    "declined": (
        "persons who declined a place in another province",
        "personnes ayant refusé une place dans une autre province",
    ),
    "no-shows": (
        "persons with a seat who did not come", "personnes attendues au départ et absentes",
    ),
    "most-without-roof": (
        "persons without a roof, on the worst night", "personnes sans toit, la pire nuit",
    ),
    "nights-without-roof": ("person-nights without a roof", "nuitées sans toit"),
    "nights-waiting": (
        "person-nights of waiting for a place, with a roof or without",
        "nuitées d’attente d’une place, avec ou sans toit",
    ),
    "nights": ("person-nights in agreed places", "nuitées dans des places convenues"),
    "empty-place-nights": (
        "contracted places that stood empty, nights", "places sous contrat restées vides, nuitées",
    ),
    "to-homelessness": (
        "persons who left to homelessness", "personnes parties vers l’itinérance",
    ),
    "to-montreal": ("persons who moved on to Montreal", "personnes reparties vers Montréal"),
    "to-toronto": ("persons who moved on to Toronto", "personnes reparties vers Toronto"),
    "left-waiting": (
        "persons who waited, and left by themselves", "personnes ayant attendu, puis parties d’elles-mêmes",
    ),
    "moved-again": (
        "persons whose place closed under them", "personnes dont la place a fermé pendant le séjour",
    ),
    "cost-lodging": ("cost of places, CAD", "coût des places, en dollars canadiens"),
    "cost-travel": ("cost of travel, CAD", "coût des trajets, en dollars canadiens"),
    "basis": (
        "5 %, median, 95 %: that share of the runs stays at or below; right to 1 %. Assumptions are in the "
        "words of the scenario's file.",
        "5 %, médiane, 95 % : cette part des tirages reste à ce niveau ou au-dessous; à 1 % près. Les "
        "hypothèses sont citées dans les mots du fichier du scénario, en anglais.",
    ),
    "headline": (
        "{id}: {title}; {first} to {last}, {runs} runs",
        "{id} : {title}; du {first} au {last}, {runs} tirages",
    ),
    "headline-office": (
        "{id}: {title}; {first} to {last}, {runs} runs of the office model",
        "{id} : {title}; du {first} au {last}, {runs} tirages du modèle « office »",
    ),
    "each-column": (
        "each column: that share of the runs stays at or below; right to 1 %",
        "chaque colonne : cette part des tirages reste à ce niveau ou au-dessous; à 1 % près",
    ),
    "provinces-title": (
        "share of all persons who came, received by the last day, against the share due",
        "part de toutes les personnes arrivées, reçue au dernier jour, et part due",
    ),
    "region-code": ("region", "région"),
    "name": ("name", "nom"),
    "due-note": (
        "due = share of the population, figures of {day}; received = first placed there, or "
        "lodged there by "
        "themselves",
        "part due = part de la population, chiffres du {day}; reçue = d’abord placées là, ou logées là "
        "par elles-mêmes",
    ),
    "sites-title": (
        "sites: most places agreed, most persons (median; 95 %), day full (5 % / median / 95 %)",
        "lieux : places convenues au plus, personnes au plus (médiane; 95 %), jour complet "
        "(5 % / médiane / 95 %)",
    ),
    "site-word": ("site", "lieu"),
    "places-word": ("places", "places"),
    "persons-word": ("persons", "personnes"),
    "day-full": ("day full", "jour complet"),
    "services-title": (
        "load over what is agreed, per service: the highest of the whole time",
        "charge par rapport à ce qui est convenu, par service : la plus forte de toute la période",
    ),
    "service-word": ("service", "service"),
    "service.school": ("school seats", "places à l’école"),
    "service.clinic": ("clinic appointments", "consultations"),
    "service.course": ("language course seats", "places en cours de langue"),
    "services-note": (
        "a service that nobody stated is unknown, and not here",
        "un service que personne n’a déclaré est inconnu, et n’est pas ici",
    ),
    "turned-out-title": (
        "arrivals as expected on {day} beside those published since: {held} of {all} bands of 80 "
        "% hold them",
        "arrivées telles qu’attendues le {day}, et celles publiées depuis; fourchettes de 80 % qui les "
        "contiennent : {held} sur {all}",
    ),
    "turned-out-note": (
        "the scenario does not read what was published since; this table does",
        "le scénario ne lit pas ce qui a été publié depuis; ce tableau le lit",
    ),
    "stream": ("stream", "flux"),
    "months-word": ("months", "mois"),
    "months-span": ("{first} to {last}", "{first} à {last}"),
    "published": ("published", "publié"),
    "held": ("held", "contenu"),
    "missed": ("MISSED", "MANQUÉ"),
    "differences-table": (
        "{after} less {before}, run by run under the same luck",
        "{after} moins {before}, tirage par tirage avec le même sort",
    ),
    "difference-mean": (
        "mean, and the 95 % interval of the mean", "moyenne, et son intervalle à 95 %",
    ),
    "written": ("Written: {file} and {more} more beside it", "Écrit : {file} et {more} autres à côté"),
    "listed": ("{id}: {title} ({first} to {last})", "{id} : {title} (du {first} au {last})"),
    "contents": ("On this page", "Sur cette page"),
    "other": ("Français", "English"),
    "stopped": (
        "Stopped after {runs} of {wanted} runs.", "Arrêté après {runs} tirages sur {wanted}.",
    ),
}  # fmt: skip


def to_three(value: float) -> float:
    """A number rounded to three figures."""
    return round(value, -max(0, len(str(int(abs(value)))) - 3))


class Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.french = language == "fr"
        self.voice = Voice(language)

    def __call__(self, key: str) -> str:
        said = WORDS[key][self.french]
        if self.french:
            for sign in (":", ";", "?", "!", "%", "»"):
                said = said.replace(f" {sign}", f"{NBSP}{sign}")
            said = said.replace("« ", f"«{NBSP}")
        return said

    def format(self, key: str, **values: str) -> str:
        """A sentence with its values."""
        return self(key).format(**values)

    def number(self, value: float) -> str:
        """A number to three figures, as the language writes it."""
        return self.voice.number(round(to_three(value)))

    def shown(self, value: float) -> str:
        """A number to three figures in a few signs, no more than is known of it: 528,000 or 1.2 million."""
        if value >= 1e6:
            large = value >= 1e9
            said = f"{value / 1e9:.2f}" if large else f"{value / 1e6:.3g}"
            if not self.french:
                return f"{said} {'billion' if large else 'million'}"
            many = "s" if value >= (2e9 if large else 2e6) else ""
            return f"{said.replace('.', ',')}{NBSP}{'milliard' if large else 'million'}{many}"
        return self.voice.number(round(to_three(value)))

    def percent(self, value: int) -> str:
        """A whole percentage: 5 %."""
        return f"{self.voice.number(value)}{NBSP if self.french else ' '}%"

    def nth(self, made: Compiled, number: float) -> str:
        """A day of a scenario by its number; the number of its days means that it never came."""
        scenario = made.scenario
        if number >= (scenario.last_day - scenario.first_day).days + 1:
            return self("never")
        return str(scenario.first_day + timedelta(days=int(number)))

    def share(self, value: float) -> str:
        """A percentage with one decimal."""
        return f"{value:.1f}".replace(".", ",") + f"{NBSP}%" if self.french else f"{value:.1f}%"

    def points(self, value: float) -> str:
        """A signed number with one decimal: +1.2 or −1,2."""
        said = f"{abs(value):.1f}"
        if float(said) == 0:
            return said.replace(".", ",") if self.french else said
        said = ("+" if value > 0 else "−") + said
        return said.replace(".", ",") if self.french else said

    def day(self, day: date) -> str:
        """A day as the language writes it."""
        return self.voice.day(day.isoformat())

    def service(self, service: str) -> str:
        """A service whatever its language; one that the words do not have keeps its code."""
        key = f"service.{service}"
        return self(key) if key in WORDS else service

    def region(self, made: Compiled, region: str) -> str:
        """The name of a region."""
        noun = made.pack.region(region)
        return noun.name_fr if self.french else noun.name_en

    def site(self, made: Compiled, site: str) -> str:
        """The name of a site, the pack's or the scenario's own."""
        nouns = {str(s.id): (s.name_en, s.name_fr) for s in made.pack.sites}
        nouns |= {s.id: (s.name_en, s.name_fr) for s in made.scenario.sites}
        return nouns[site][self.french]

"""Every word of a forecast in both languages; months and ranges as each language writes them."""

from __future__ import annotations

from collections.abc import Mapping

from partage.core.series import month_name
from partage.packs.pack import Pack
from partage.report.page.words import MONTHS, NBSP, Language, Voice

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Looking ahead: {}", f"Regard vers l’avenir{NBSP}: {{}}"),
    "other": ("Français", "English"),
    "lead": (
        "Persons who ask for asylum a month, known to the end of {0}, and what may come in the {1} months "
        "after it. A band is no promise: of a hundred months, about 20 fall outside the 80 % band.",
        "Personnes qui demandent l’asile par mois, connues jusqu’à la fin de {0}, et ce qui peut venir "
        f"dans les {{1}} mois qui suivent. Une fourchette n’est pas une promesse{NBSP}: sur cent mois, "
        f"environ 20 tombent hors de la fourchette de 80{NBSP}%.",
    ),
    "ahead": ("{0}: persons a month after {1}", f"{{0}}{NBSP}: personnes par mois après {{1}}"),
    "month": ("month", "mois"),
    "day": ("day", "jour"),
    "likely": ("middle", "milieu"),
    "band": ("{} %", f"{{}}{NBSP}%"),
    "chart": ("{0}: what was and what may come", f"{{0}}{NBSP}: ce qui fut et ce qui peut venir"),
    "chart_desc": (
        "Line: published figures. Shades: bands of 50, 80 and 95 % of the paths, the darkest 50 %. Dashed: "
        "the middle of the paths. Upright lines: dated facts after which the level is another. The same "
        "numbers are in the table.",
        "Ligne : chiffres publiés. Teintes : fourchettes de 50, 80 et 95 % des trajectoires, la plus "
        "foncée celle de 50 %. Tirets : le milieu des trajectoires. Traits verticaux : faits datés après "
        "lesquels le niveau change. Les mêmes nombres sont dans le tableau.",
    ),
    "persons": ("persons a month", "personnes par mois"),
    "test": ("How such forecasts did before", "Ce que valaient de telles prévisions"),
    "test_caption": (
        "Back-test on {0} series, {1} origins from {2} to {3}, fitted again at each with what was known "
        "then: mean pinball loss in persons, and the share of months that each band held",
        "Essai rétrospectif sur {0} séries, {1} origines de {2} à {3}, réajusté à chacune avec ce qui "
        f"était connu alors{NBSP}: perte quantile moyenne en personnes, et part des mois que chaque "
        "fourchette contenait",
    ),
    "predictor": ("predictor", "modèle"),
    "months": ("months ahead", "mois d’avance"),
    "loss": ("loss", "perte"),
    "held": ("{} % band held", f"fourchette de {{}}{NBSP}%"),
    "test_notes": (
        "The lower the loss, the better; a band of 80 % should hold about 80. Not scored: months beyond "
        "6, single days, and smaller series.",
        f"Plus la perte est basse, mieux c’est; une fourchette de 80{NBSP}% devrait contenir environ "
        f"80{NBSP}%. Non évalués{NBSP}: les mois au-delà de 6, les jours et les petites séries.",
    ),
    "no_test": (
        "No back-test: {}",
        f"Pas d’essai rétrospectif{NBSP}: {{}}",
    ),
    "checks": (
        "Check against another count: interceptions by the RCMP between ports of entry",
        "Comparaison avec un autre décompte : interceptions par la GRC entre les points d’entrée",
    ),
    "claimants": ("claimants, land border", "demandeurs, frontière terrestre"),
    "intercepted": ("intercepted", "interceptions"),
    "gap": ("not published", "non publié"),
    "checks_note": (
        "The two count different acts; they are set side by side, never mixed. A month that was not "
        "published is a gap, not 0.",
        "Les deux comptent des actes différents; ils sont mis côte à côte, jamais mêlés. Un mois non "
        "publié est une lacune, pas un 0.",
    ),
    "breaks": ("Dated facts", "Faits datés"),
    "breaks_caption": (
        "After these the level of the offices named is another; each is used from its day on",
        "Après ces faits, le niveau des bureaux nommés change; chacun compte à partir de sa date",
    ),
    "fact": ("fact", "fait"),
    "offices": ("offices", "bureaux"),
    "days": (
        "{0}: persons a day, months split evenly; not scored",
        f"{{0}}{NBSP}: personnes par jour, mois répartis également; non évalué",
    ),
    "days_own": (
        "{0}: persons a day, months split by the weekday profile given; not scored",
        f"{{0}}{NBSP}: personnes par jour, mois répartis selon le profil donné; non évalué",
    ),
    "notes": ("What it rests on", "Sur quoi tout repose"),
    "notes_language": (
        "Sentences as the data and the program have them.",
        "Phrases telles que les données et le programme les donnent, en anglais.",
    ),
    "contents": ("On this page", "Sur cette page"),
    "outlook": ("The months ahead", "Les mois à venir"),
    "here": (
        "{0}, from {1} on: persons a day who may enter, and who may be due here",
        f"{{0}}, à partir du {{1}}{NBSP}: personnes par jour qui peuvent entrer, et dont l’accueil "
        "peut revenir ici",
    ),
    "here_says": (
        "Light shade: persons a day who may enter, 80 % of the paths.",
        "Teinte claire : personnes par jour qui peuvent entrer, 80 % des trajectoires.",
    ),
    "here_says_due": (
        "Line and darker shade: those who may be due here, the middle and 80 % of the paths.",
        "Trait et teinte plus foncée : celles dont l’accueil peut revenir ici, le milieu et 80 % des "
        "trajectoires.",
    ),
    "enter": ("enter, 80 %", f"entrent, 80{NBSP}%"),
    "due": ("due here, middle", "dues ici, milieu"),
    "due_80": ("due here, 80 %", f"dues ici, 80{NBSP}%"),
    "nobody_says": ("not said", "non dit"),
    "free": ("places free now: {}", f"places libres maintenant{NBSP}: {{}}"),
    "coming": ("promised a place here: {}", f"une place ici leur est promise{NBSP}: {{}}"),
    "full": (
        "in {0} of 100 paths more are due than places are free within these days",
        "dans {0} trajectoires sur 100, plus de personnes sont dues que de places libres ces jours-là",
    ),
    "full_by": ("; in half of them by {}", "; dans la moitié, d’ici au {}"),
    "as_if": ("shown as if '{}' were in force", "montré comme si « {} » était en vigueur"),
    "office.all": ("all offices", "tous les bureaux"),
    "office.airport": ("airports", "aéroports"),
    "office.land_border": ("land border", "frontière terrestre"),
    "office.inland": ("inland offices", "bureaux intérieurs"),
    "office.other": ("other offices", "autres bureaux"),
    "not_known": ("province not known", "province inconnue"),
}


class Say(Voice):
    """One language of a forecast."""

    def __init__(self, language: Language, pack: Pack) -> None:
        super().__init__(language)
        self.pack = pack

    def __call__(self, key: str, *parts: str) -> str:
        """The word in this language, with its parts put in."""
        word = WORDS[key][self.french]
        if self.french:  # a space before : and % that no line breaks at
            word = word.replace(" :", f"{NBSP}:").replace(" %", f"{NBSP}%")
            word = word.replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
        return word.format(*parts) if parts else word

    def month(self, number: int) -> str:
        """January 2023 or janvier 2023."""
        return f"{MONTHS[number % 12][self.french]} {number // 12}"

    def span(self, low: int, high: int) -> str:
        """1,200–1,400."""
        return f"{self.number(low)}–{self.number(high)}"

    def percent(self, value: float) -> str:
        """78 or 78.4, without a sign."""
        text = f"{value:.1f}"
        return text.replace(".", ",") if self.french else text

    def place(self, region: str) -> str:
        """The name of a region, or of the country that the pack is of."""
        for one in self.pack.regions:
            if one.id == region:
                return one.name_fr if self.french else one.name_en
        if region.endswith("-ZZ"):
            return self("not_known")
        title = self.pack.title_fr if self.french else self.pack.title_en
        return title.partition(":")[0].strip(f" {NBSP}") or region

    def series(self, id_: str) -> str:
        """Quebec, land border."""
        region, _, office = id_.partition("/")
        return f"{self.place(region)}, {self(f'office.{office}')}"

    def iso(self, month: int) -> str:
        """2023-01, in tables that have no room."""
        return month_name(month)

"""How a page is used in a walk: by mouse, or by keyboard alone; the language, scripts, and the width beside."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page

from partage.faces.web.words import Words

MOST_TABS = 250
HERE = """element => (at => at === element || (element.type === 'radio' && at.type === 'radio'
    && at.name === element.name && at.form === element.form))(document.activeElement)"""
STAYS = "it => !!(it.form && it.form.dataset.clear && !it.form.dataset.unless)"


def going(page: Page, target: Locator) -> AbstractContextManager[Any]:
    """Until the next page is there; what is ticked, or sent by the page itself, leads to none."""
    sent = page.context.scripted and target.evaluate(STAYS)  # type: ignore[attr-defined]
    ticked = target.evaluate("it => ['checkbox', 'radio'].includes(it.type)")
    return nullcontext() if sent or ticked else page.expect_navigation()


class Mouse:
    """Clicks, and fields filled at once."""

    @staticmethod
    def do(page: Page, target: Locator) -> None:
        with going(page, target):
            target.click()

    @staticmethod
    def write(page: Page, target: Locator, text: str) -> None:
        target.fill(text)


class Keyboard:
    """Tab until it has the focus, then Enter; Space for what is ticked, arrows inside a group."""

    @staticmethod
    def _reach(page: Page, target: Locator) -> None:
        element = target.element_handle()
        assert element is not None
        for _ in range(MOST_TABS):
            if element.evaluate(HERE):
                return
            page.keyboard.press("Tab")
        raise AssertionError("no Tab leads there")

    @classmethod
    def do(cls, page: Page, target: Locator) -> None:
        cls._reach(page, target)
        kind = target.evaluate("element => element.type || ''")
        if kind == "checkbox":
            page.keyboard.press("Space")
            return
        if kind == "radio":
            page.keyboard.press("Space")
            for _ in range(10):
                if target.is_checked():
                    return
                page.keyboard.press("ArrowDown")
            raise AssertionError("no arrow leads there")
        with going(page, target):
            page.keyboard.press("Enter")

    @classmethod
    def write(cls, page: Page, target: Locator, text: str) -> None:
        cls._reach(page, target)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)


@dataclass
class Way:
    """One way to walk; ``seen`` has each page that was walked over, with its width."""

    lang: str
    hand: type[Mouse] | type[Keyboard]
    how: dict[str, Any]
    seen: list[str] = field(default_factory=list)

    @property
    def t(self) -> Words:
        return Words(self.lang)

    def fits(self, page: Page) -> None:
        """Nothing of this page has to be scrolled to sideways."""
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.how.get("width", 1280), f"{page.url} is {wide} px wide"
        assert page.evaluate("document.documentElement.lang") == self.lang
        self.seen.append(page.url)

    def go(self, somebody: Any, path: str) -> Page:
        page: Page = somebody.go(f"/{self.lang}{path}")
        page.context.scripted = self.how.get("java_script", True)  # type: ignore[attr-defined]
        self.fits(page)
        return page

    def do(self, page: Page, target: Locator) -> None:
        self.hand.do(page, target)
        self.fits(page)

    def button(self, page: Page, key: str, **given: Any) -> None:
        name = self.t(key, **given)
        self.do(page, page.get_by_role("button", name=name, exact=True).first)

    def link(self, page: Page, key: str) -> None:
        main = page.locator("main")
        self.do(page, main.get_by_role("link", name=self.t(key), exact=True).first)

    def choose(self, page: Page, key: str) -> None:
        self.do(page, page.get_by_label(self.t(key), exact=True))

    def fill(self, page: Page, name: str, text: str) -> None:
        self.hand.write(page, page.locator(f"main [name='{name}']").first, text)


WAYS: dict[str, Callable[[], Way]] = {  # each language by keyboard, without a script, on a phone
    "keyboard-phone-en": lambda: Way("en", Keyboard, {"width": 320}),
    "keyboard-phone-no-script-fr": lambda: Way(
        "fr", Keyboard, {"width": 320, "java_script": False}
    ),
    "mouse-no-script-en": lambda: Way("en", Mouse, {"java_script": False}),
    "mouse-fr": lambda: Way("fr", Mouse, {}),
}

"""Two ways to work a page: with the mouse, and with the keyboard alone. A journey is written once for both."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 150


class Mouse:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """A link or a button, once the page's scripts are there to ask first."""
        target.page.wait_for_load_state("load")
        target.click()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def tick(self, box: Locator) -> None:
        box.check()

    def choose(self, field: Locator, label: str) -> None:
        """An option of a list."""
        field.select_option(label=label)

    def pick(self, radio: Locator) -> None:
        radio.check()

    def rate(self, step: Locator, score: int) -> None:
        step.locator(".rating-step").nth(score - 1).click()


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = page.keyboard

    def tab_to(self, target: Locator) -> None:
        """Presses Tab until the focus is there."""
        expect(target).to_be_visible()
        element = target.element_handle()
        for _ in range(MOST_TABS):
            if element.evaluate("element => element === document.activeElement"):
                return
            self.keys.press("Tab")
        raise AssertionError(f"{MOST_TABS} times Tab does not lead to {target}")

    def press(self, target: Locator) -> None:
        target.page.wait_for_load_state("load")
        self.tab_to(target)
        self.keys.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self.tab_to(field)
        self.keys.press("ControlOrMeta+a")
        self.keys.insert_text(text)

    def tick(self, box: Locator) -> None:
        self.tab_to(box)
        self.keys.press("Space")
        expect(box).to_be_checked()

    def choose(self, field: Locator, label: str) -> None:
        self.tab_to(field)
        self.keys.press("Home")
        for _ in range(field.locator("option").count()):
            if field.locator("option:checked").inner_text() == label:
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"{label} is not in the list")

    def pick(self, radio: Locator) -> None:
        """Tab leads into the group, arrows to the button."""
        group = f"input[type=radio][name='{radio.get_attribute('name')}']"
        for _ in range(MOST_TABS):
            if self.page.evaluate("group => document.activeElement.matches(group)", group):
                break
            self.keys.press("Tab")
        for _ in range(self.page.locator(group).count()):
            if radio.evaluate("radio => radio === document.activeElement"):
                break
            self.keys.press("ArrowDown")
        if not radio.is_checked():
            self.keys.press("Space")
        expect(radio).to_be_checked()

    def rate(self, step: Locator, score: int) -> None:
        self.pick(step.locator(f"[type=radio][value='{score}']"))


Hands = Mouse | Keyboard

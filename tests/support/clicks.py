"""A member of staff before a page: every click and every Enter is counted, and what is typed is not."""

from playwright.sync_api import Locator, Page, expect


class Staff:
    """Works on a page, beginning with the first one; ``clicks`` counts clicks and presses of Enter so far."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0
        page.goto("/")

    def click(self, what: Locator) -> None:
        """Click what is seen; it must be one."""
        self.clicks += 1
        what.click()

    def link(self, name: str, within: str = "main") -> None:
        """Click the first link with a name."""
        self.click(self.page.locator(within).get_by_role("link", name=name, exact=True).first)

    def press_enter(self) -> None:
        """Press Enter where the focus is."""
        self.clicks += 1
        self.page.keyboard.press("Enter")

    def search(self, typed: str) -> None:
        """Click into the search field, type and press Enter."""
        self.click(self.page.locator("header input[type=search]"))
        self.page.keyboard.type(typed)
        self.press_enter()

    def is_at(self, heading: str) -> None:
        """Wait for the page with a heading."""
        expect(self.page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()

"""A real Chromium: a person at the pages, a gallery of what they see, and a watch over what the browser complains of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright

WIDTHS = (360, 1440)
SCHEMES = ("light", "dark")
API_KEY = re.compile(r"buf_[A-Za-z0-9]{49}")
CLIENT_SECRET = re.compile(r"sls_[A-Za-z0-9]{49}")
ROW_ID = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{24}(?![0-9A-Za-z])")

# What every page owes to somebody who uses a keyboard or a screen reader. Returns complaints.
CHECK_PAGE = """() => {
    const complaints = []
    if (!document.documentElement.lang) complaints.push('no language')
    if (!document.title.trim()) complaints.push('no title')
    const headings = document.querySelectorAll('h1').length
    if (headings !== 1) complaints.push(headings + ' h1 headings')
    if (!document.querySelector('main')) complaints.push('no main')
    if (document.querySelector('script')) complaints.push('a script')
    for (const e of document.querySelectorAll('input:not([type=hidden]):not([type=submit]), select, textarea'))
        // A user name for password managers alone is nobody's to reach.
        if (!e.matches('[aria-hidden=true][tabindex="-1"]') && !e.labels?.length && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby'))
            complaints.push('no label: ' + e.outerHTML.slice(0, 80))
    for (const e of document.querySelectorAll('a[href], button'))
        if (!(e.textContent.trim() || e.getAttribute('aria-label'))) complaints.push('no name: ' + e.outerHTML.slice(0, 80))
    for (const e of document.querySelectorAll('[tabindex]'))
        if (e.tabIndex > 0) complaints.push('tab order: ' + e.outerHTML.slice(0, 80))
    for (const e of document.querySelectorAll('img:not([alt])')) complaints.push('no alt: ' + e.src.slice(0, 80))
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id)
    for (const id of new Set(ids)) if (ids.filter(i => i === id).length > 1) complaints.push('id twice: ' + id)
    return complaints
}"""

# Elements that stick out of the window, for the message when a page scrolls sideways.
WIDE_ELEMENTS = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40))"""


@contextmanager
def chromium(playwright: Playwright, *arguments: str) -> Iterator[Browser]:
    """The system's Chromium, headless. Several may run on one Playwright; a thread can have only one of those."""
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    browser = playwright.chromium.launch(
        executable_path=os.environ.get("SLUICE_CHROMIUM", "/usr/bin/chromium"),
        args=[*sandbox, "--disable-dev-shm-usage", "--no-proxy-server", *arguments],
    )
    try:
        yield browser
    finally:
        browser.close()


class Gallery:
    """Screenshots of each page at every width and colour scheme, with the checks that hold on all of them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.complaints: list[str] = []
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("*.png"):
            old.unlink()

    def shoot(self, page: Page, name: str) -> None:
        self.complaints += [f"{name}: {complaint}" for complaint in page.evaluate(CHECK_PAGE)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.screenshot(path=self.folder / f"{name}-{width}-{scheme}.png", full_page=True)
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if overflow > 0:
                self.complaints.append(f"{name}: {overflow} px too wide at {width}: {page.evaluate(WIDE_ELEMENTS)}")
        page.emulate_media(color_scheme="light")


class Watch:
    """What a browser context asked for and complained of."""

    def __init__(self, context: BrowserContext):
        self.urls: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.urls.append(request.url))
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _said(self, message) -> None:
        # Chromium reports each answer of 400 and above on the console: an expected one is no complaint.
        if message.type == "error" and not message.text.startswith("Failed to load resource: the server responded"):
            self.complaints.append(message.text)


class Navigations:
    """Every address a page's main frame set out for, custom schemes too, seen below the level of pages."""

    def __init__(self, page: Page):
        self.attempted: list[str] = []
        self.blocked: list[str] = []
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", lambda event: self.attempted.append(event["request"]["url"]))
        session.on("Page.frameRequestedNavigation", lambda event: self.attempted.append(event["url"]))
        session.on("Network.loadingFailed", self._failed)
        session.on("Audits.issueAdded", self._issue)
        session.on("Log.entryAdded", lambda event: self._line(event["entry"]["text"]))
        for domain in ("Network", "Page", "Audits", "Log"):
            session.send(f"{domain}.enable")
        page.on("console", lambda message: self._line(message.text))

    def _failed(self, event) -> None:
        if event.get("blockedReason"):
            self.blocked.append(f"{event['errorText']} {event['blockedReason']}")

    def _issue(self, event) -> None:
        if event["issue"]["code"] == "ContentSecurityPolicyIssue":
            self.blocked.append(str(event["issue"]["details"]))

    def _line(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.blocked.append(text)
        # Chromium says so when it hands an address to the system, or would if a program were there.
        found = re.search(r"Failed to launch '([^']+)'", text)
        if found:
            self.attempted.append(found.group(1))


class Person:
    """Somebody in front of the pages. Forms are found by where they post to, as the routes name it."""

    def __init__(self, page: Page, base: str):
        self.page = page
        self.base = base

    def open(self, path: str) -> int:
        response = self.page.goto(path if "://" in path else self.base + path)
        assert response is not None
        return response.status

    def form(self, path: str) -> Locator:
        return self.page.locator(f'form[action$="{path}"], form[action*="{path}?"]').first

    def follow(self, path: str) -> None:
        """Presses a link to the path."""
        self.page.locator(f'a[href$="{path}"], a[href*="{path}?"]').first.click()

    def fill(self, path: str, **values: str | list[str]) -> None:
        form = self.form(path)
        for name, value in values.items():
            control = form.locator(f'[name="{name}"]')
            kind = control.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
            if kind == "select":
                control.first.select_option(value)
            elif kind in ("radio", "checkbox"):
                for one in value if isinstance(value, list) else [value]:
                    form.locator(f'[name="{name}"][value="{one}"]').check(force=True)
            else:
                control.first.fill(str(value))

    def press(self, path: str, value: str | None = None) -> None:
        """Presses a form's button; a form inside a closed `details` is opened first, as a person would."""
        button = self.form(path).locator(f'button[value="{value}"]' if value else "button:not([type=button])").first
        if not button.is_visible():
            button.locator("xpath=ancestor::details[1]/summary").click()
        button.click()
        self.page.wait_for_load_state()

    def sign_in(self, account, path: str = "/sign-in") -> None:
        if not self.page.url.startswith(self.base) or self.form("/sign-in").count() == 0:
            self.open(path)
        self.fill("/sign-in", email=account.email, password=account.password)
        self.press("/sign-in")

    def visible(self) -> str:
        """The page's text with the values of its fields, secrets included."""
        fields = "[...document.querySelectorAll('input:not([type=hidden]), textarea')].map(e => e.value).join('\\n')"
        return self.page.locator("body").inner_text() + "\n" + self.page.evaluate(fields)

    def curl_line(self) -> str:
        """The command that the page offers for a shell."""
        for element in self.page.locator("textarea, input:not([type=hidden]), pre, code").all():
            tag = element.evaluate("e => e.tagName")
            text = element.input_value() if tag in ("TEXTAREA", "INPUT") else element.inner_text()
            if re.search(r"(^|\n)\s*curl\s", text):
                return text.strip()
        raise AssertionError(f"no curl line on {self.page.url}")

    def expect_status(self, path: str, status: int) -> None:
        assert self.open(path) == status, f"{path} answered something else than {status}"

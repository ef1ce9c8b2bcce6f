"""A person with a browser that has no JavaScript: follows redirects, fills forms, keeps cookies."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import requests

from support.forms import Form, Page
from support.server import Account

REDIRECTS_AT_MOST = 12


class Visitor:
    """Follows redirects inside the server and stops where the server sends the browser elsewhere."""

    def __init__(self, base: str, *, verify: str | bool = True, headers: dict[str, str] | None = None):
        self.base = base
        self.http = requests.Session()
        self.http.verify = verify
        self.http.headers["Accept"] = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
        self.http.headers.update(headers or {})
        self.response: requests.Response | None = None
        # Where the server sent the browser when it left the server: an app's callback.
        self.left_to: str | None = None

    def get(self, path: str) -> Page:
        return self._arrive(self.http.get(self._absolute(path), allow_redirects=False, timeout=30))

    def post(self, path: str, pairs: list[tuple[str, str]]) -> Page:
        headers = {"Origin": self._origin(self.base)}
        return self._arrive(
            self.http.post(self._absolute(path), data=pairs, headers=headers, allow_redirects=False, timeout=60)
        )

    def submit(self, form: Form, values: dict[str, str | list[str]] | None = None, *, button: str | None = None) -> Page:
        assert form.method == "post", f"the form at {form.action} is not posted"
        return self.post(form.action, form.filled(values or {}, button))

    @property
    def status(self) -> int:
        assert self.response is not None
        return self.response.status_code

    def sign_up(self, email: str, name: str, password: str) -> Page:
        page = self.get("/sign-up")
        return self.submit(page.form("/sign-up"), {"email": email, "name": name, "password": password})

    def sign_in(self, account: Account, page: Page | None = None) -> Page:
        """Signs in on the given page, or on the sign-in page."""
        page = page or self.get("/sign-in")
        after = self.submit(page.form("/sign-in"), {"email": account.email, "password": account.password})
        assert not urlsplit(after.url).path.endswith("/sign-in"), f"could not sign in: {after.text}"
        return after

    def authorize(self, url: str, account: Account, *, decision: str = "allow") -> str:
        """Opens an authorization URL, signs in where asked, decides, and returns the callback that the app gets."""
        self.left_to = None
        page = self.get(url)
        if self.left_to is None and any(form.action.split("?")[0].endswith("/sign-in") for form in page.forms):
            page = self.sign_in(account, page)
        if self.left_to is None:
            self.submit(page.form("/auth/decision"), button=decision)
        assert self.left_to is not None, f"no redirect to the app; status {self.status}: {Page('', self.response.text).text}"
        return self.left_to

    def _absolute(self, path: str) -> str:
        return urljoin(self.base + "/", path)

    def _arrive(self, response: requests.Response) -> Page:
        self.left_to = None
        for _ in range(REDIRECTS_AT_MOST):
            self.response = response
            location = response.headers.get("Location")
            if location is None or response.status_code not in (301, 302, 303, 307, 308):
                return Page(response.url, response.text)
            target = urljoin(response.url, location)
            if self._origin(target) != self._origin(self.base):
                self.left_to = target
                return Page(response.url, response.text)
            response = self.http.get(target, allow_redirects=False, timeout=30)
        raise AssertionError(f"more than {REDIRECTS_AT_MOST} redirects, the last to {response.url}")

    @staticmethod
    def _origin(url: str) -> str:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}"

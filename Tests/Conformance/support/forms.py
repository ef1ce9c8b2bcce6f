"""HTML forms as a program without JavaScript sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Button:
    name: str
    value: str
    text: str = ""


@dataclass
class Form:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    # Every control's name, unchecked boxes and buttons too.
    names: set[str] = field(default_factory=set)
    buttons: list[Button] = field(default_factory=list)

    def filled(self, values: dict[str, str | list[str]], button: str | None = None) -> list[tuple[str, str]]:
        """The pairs that a browser would send with these values typed in and this button's value pressed."""
        unknown = set(values) - self.names
        assert not unknown, f"the form at {self.action} has no field {unknown}; it has {sorted(self.names)}"
        pairs = [(name, value) for name, value in self.fields if name not in values]
        for name, value in values.items():
            pairs += [(name, one) for one in (value if isinstance(value, list) else [value])]
        if button is not None:
            pressed = [b for b in self.buttons if b.value == button]
            assert pressed, f"no button {button!r} at {self.action}: {self.buttons}"
            pairs.append((pressed[0].name, pressed[0].value))
        return pairs


class Page(HTMLParser):
    """A parsed page: its forms, links, title and visible text."""

    def __init__(self, url: str, html: str):
        super().__init__(convert_charrefs=True)
        self.url = url
        self.html = html
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.scripts = 0
        self.title = ""
        self.text = ""
        self._form: Form | None = None
        self._open: list[str] = []
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self._area: tuple[str, list[str]] | None = None
        self._button: Button | None = None
        self.feed(html)

    def form(self, action: str) -> Form:
        """The one form whose action's path ends so."""
        found = [form for form in self.forms if form.action.split("?")[0].endswith(action)]
        assert len(found) == 1, f"{len(found)} forms post to …{action} on {self.url}: {[f.action for f in self.forms]}"
        return found[0]

    def handle_starttag(self, tag, attrs):
        a = {name: value if value is not None else "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if tag == "form":
            self._form = Form(urljoin(self.url, a.get("action") or self.url), a.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in a:
            self.links.append(urljoin(self.url, a["href"]))
        elif tag == "script":
            self.scripts += 1
        if self._form is None:
            return
        name = a.get("name", "")
        if name:
            self._form.names.add(name)
        if tag == "input" and name and "disabled" not in a:
            kind = a.get("type", "text").lower()
            if kind in ("checkbox", "radio"):
                if "checked" in a:
                    self._form.fields.append((name, a.get("value", "on")))
            elif kind == "submit":
                self._form.buttons.append(Button(name, a.get("value", ""), a.get("value", "")))
            elif kind not in ("button", "reset", "image", "file"):
                self._form.fields.append((name, a.get("value", "")))
        elif tag == "button" and a.get("type", "submit") == "submit":
            self._button = Button(name, a.get("value", ""))
            if name:
                self._form.buttons.append(self._button)
        elif tag == "select" and name:
            self._select = (name, [])
        elif tag == "option" and self._select is not None:
            self._select[1].append((a.get("value", ""), "selected" in a))
        elif tag == "textarea" and name:
            self._area = (name, [])

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open and self._open.pop() != tag:
                continue
        if tag == "select" and self._select is not None and self._form is not None:
            name, options = self._select
            chosen = [value for value, selected in options if selected] or [value for value, _ in options[:1]]
            self._form.fields += [(name, value) for value in chosen]
            self._select = None
        elif tag == "textarea" and self._area is not None and self._form is not None:
            self._form.fields.append((self._area[0], "".join(self._area[1]).removeprefix("\n")))
            self._area = None
        elif tag == "button":
            self._button = None
        elif tag == "form":
            self._form = None

    def handle_data(self, data):
        if self._area is not None:
            self._area[1].append(data)
        if self._button is not None:
            self._button.text += data.strip()
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        elif not {"style", "script"} & set(self._open):
            self.text += data

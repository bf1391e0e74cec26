"""A browser without scripts: pages, their forms as they stand, cookies, redirects."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

TYPED = {"text", "email", "password", "search", "number", "date", "datetime-local", "hidden", "url", "tel"}


@dataclass
class Form:
    """A form of a page: where it goes, and what it sends if nothing is changed."""

    action: str
    method: str
    id: str = ""
    values: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """What each set of radio buttons, list or button offers."""
    prose: set[str] = field(default_factory=set)

    @property
    def names(self) -> list[str]:
        """Every field but the token, once."""
        found = [*(name for name, _value in self.values), *self.choices]
        return [name for name in dict.fromkeys(found) if name != "_csrf"]

    def filled(self, **fields: str | list[str]) -> list[tuple[str, str]]:
        """What is sent with these fields changed."""
        changed = [
            (name, text) for name, given in fields.items() for text in ([given] if isinstance(given, str) else given)
        ]
        return [(name, value) for name, value in self.values if name not in fields] + changed


class _Reader(HTMLParser):
    """Reads the forms of a page, with the fields that lie outside and name theirs."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._address = address
        self._inside: Form | None = None
        self._outside: list[tuple[str, dict[str, str]]] = []
        self._prose: tuple[Form, str] | None = None
        self._list: tuple[Form, str] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("action") or self._address
            self._inside = Form(action, given.get("method", "get").lower(), given.get("id", ""))
            self.forms.append(self._inside)
        elif tag == "option" and self._list:
            self._offer(*self._list, given)
        elif tag in {"input", "textarea", "select", "button"} and given.get("name"):
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form = self._owner(given)
        if form is None or "disabled" in given:
            return
        name, kind = given["name"], given.get("type", "text")
        if tag == "textarea":
            self._prose, self._text = (form, name), ""
        elif tag == "select":
            self._list = (form, name)
        elif tag == "button" or kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.values.append((name, given.get("value", "on")))
        elif kind in TYPED:
            form.values.append((name, given.get("value", "")))

    def _owner(self, given: dict[str, str]) -> Form | None:
        if "form" in given:
            return next((form for form in self.forms if form.id == given["form"]), None)
        return self._inside

    def _offer(self, form: Form, name: str, given: dict[str, str]) -> None:
        offered = form.choices.setdefault(name, [])
        offered.append(given.get("value", ""))
        if "selected" in given or len(offered) == 1:
            form.values = [(known, value) for known, value in form.values if known != name]
            form.values.append((name, given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._prose:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        elif tag == "select":
            self._list = None
        elif tag == "textarea" and self._prose:
            form, name = self._prose
            form.prose.add(name)
            form.values.append((name, self._text.removeprefix("\n")))
            self._prose = None


@dataclass
class Browser:
    """Somebody's browser; ``page`` is what it shows."""

    http: httpx.Client
    page: httpx.Response = field(init=False)

    def open(self, path: str) -> str:
        """Go to a page, through every redirect; what it says."""
        self.page = self.http.get(path, headers={"Accept-Language": "fr"}, follow_redirects=True)
        return self.page.text

    @property
    def path(self) -> str:
        return self.page.url.path

    def forms(self) -> list[Form]:
        """The forms that are sent from the page."""
        reader = _Reader(self.path)
        reader.feed(self.page.text)
        return [form for form in reader.forms if form.method == "post"]

    def form(self, ending: str) -> Form:
        """The form whose address ends so."""
        return next(form for form in self.forms() if form.action.partition("?")[0].endswith(ending))

    def send(self, ending: str, **fields: str | list[str]) -> str:
        """Fill in a form of the page and send it; the page that comes then."""
        form = self.form(ending)
        self.page = self.post(form, form.filled(**fields), follow=True)
        return self.page.text

    def post(self, form: Form, fields: list[tuple[str, str]], *, follow: bool = False) -> httpx.Response:
        """Send what a form would."""
        sent: dict[str, list[str]] = {}
        for name, value in fields:
            sent.setdefault(name, []).append(value)
        return self.http.post(form.action, data=sent, headers={"Accept-Language": "fr"}, follow_redirects=follow)

    def sign_in(self, login: str, password: str) -> None:
        """Sign in through the form."""
        self.open("/compte/connexion")
        self.send("/compte/connexion", login=login, password=password)
        assert self.page.status_code == 200, self.page.text


def links(text: str, start: str) -> Iterator[str]:
    """The addresses in a page that begin so."""
    for part in text.split(f'href="{start}')[1:]:
        yield start + part.split('"', 1)[0]

"""What templates say is settled when they are compiled, and says what it did when it was looked up each time."""

from gateway.i18n import translations
from gateway.site.jinja import OneLanguage
from jinja2 import Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

asked: list[str] = []


def say(message: str, **values: object) -> Markup:
    asked.append(message)
    return Markup(translations("fr").gettext(message)) % values


@pass_context
def shown(context: Context, name: str) -> str:
    return str(context[name])


def compiled(source: str) -> Template:
    environment = OneLanguage(autoescape=True)
    environment.globals.update(_=say, gettext=say, shown=shown)
    template = environment.from_string(source)
    asked.clear()
    return template


def test_words_without_values_are_not_looked_up_again() -> None:
    template = compiled('{{ _("Home") }} {{ "<b>" ~ _("Ideas") }} {% for n in (1, 2) %}{{ _("Home") }}{% endfor %}')
    assert template.render() == "Accueil &lt;b&gt;Idées AccueilAccueil"
    assert asked == []


def test_words_with_values_and_words_of_a_variable_are() -> None:
    template = compiled('{{ _("by %(day)s", day=day) }} {{ _(label) }}')
    assert "&lt;i&gt;" in template.render(day="<i>", label="Home")
    assert asked == ["by %(day)s", "Home"]


def test_macros_methods_and_functions_that_want_the_context_are_called_as_ever() -> None:
    source = "{% macro row(n) %}<i>{{ n }}{{ caller() if caller }}</i>{% endmacro %}"
    source += "{% for n in (1, 2) %}{{ row(n) }}{% endfor %}"
    source += '{% call row("x") %}{{ shown("name") }}{% endcall %}{{ name.upper() }}{{ dict(a=1).get("a") }}'
    assert compiled(source).render(name="<a>") == "<i>1</i><i>2</i><i>x&lt;a&gt;</i>&lt;A&gt;1"

"""Jinja for one language: as the library's, with less done again for each page."""

from collections.abc import Callable
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer

_PLAIN = (FunctionType, MethodType, BuiltinMethodType)
_SAYING = {"_", "gettext"}


class _Context(Context):
    """Calls what templates call most, plain functions and macros, without asking each time what else it could be."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Jinja's hook."""
        if type(obj) is Macro:
            args = (self.eval_ctx, *args)
        elif not isinstance(obj, _PLAIN) or hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class _Said(NodeTransformer):
    """Puts the translation in the place of ``_("words without values")``."""

    def __init__(self, say: Callable[[str], str]) -> None:
        self._say = say

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 -- the library's name
        """Jinja's hook."""
        self.generic_visit(node)
        plain = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if plain and isinstance(node.node, nodes.Name) and node.node.name in _SAYING:
            said = node.args[0]
            if isinstance(said, nodes.Const):
                return nodes.Const(self._say(said.value), lineno=node.lineno)
        return node


class OneLanguage(Environment):
    """Its templates are compiled with what they say in this language: ``globals["gettext"]``."""

    context_class = _Context

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002
    ) -> str:
        said: nodes.Template = _Said(self.globals["gettext"]).visit(source)  # type: ignore[arg-type]
        return super()._generate(said, name, filename, defer_init)

"""What graphql-core answers: findings with the name of their rule, data and errors of the execution.

graphql-core is a port of graphql-js and differs from it in how it prints values and quotes names. Clients compare messages with
those of graphql-js, so values are printed here as JavaScript prints them; quotes are left to the comparison.
"""

from __future__ import annotations

import json
import math
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import graphql

SCHEMA = Path(__file__).parents[1] / "schema.graphql"


def inspect(value: Any, depth: int = 1) -> str:
    """A value as graphql-js prints it in messages."""
    if isinstance(value, (graphql.GraphQLNamedType, graphql.GraphQLWrappingType)):
        return str(value)
    if value is None or value is graphql.Undefined:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, tuple)):
        if not value:
            return "[]"
        if depth > 2:
            return "[Array]"
        items = [inspect(item, depth + 1) for item in value[:10]]
        rest = len(value) - 10
        if rest > 0:
            items.append(f"... {rest} more item{'s' if rest > 1 else ''}")
        return f"[{', '.join(items)}]"
    if isinstance(value, dict):
        if not value:
            return "{}"
        if depth > 2:
            return "[Object]"
        return "{ " + ", ".join(f"{key}: {inspect(item, depth + 1)}" for key, item in value.items()) + " }"
    return repr(value)


def number(value: float) -> str:
    """A number as JavaScript prints it."""
    if not math.isfinite(value):
        return "null"
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    if 1e-6 <= abs(value) < 1e21:
        return format(Decimal(repr(value)), "f")
    return re.sub(r"e([+-])0+", r"e\1", repr(value))


def _patch() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("graphql.") and callable(getattr(module, "inspect", None)):
            module.inspect = inspect


_rules: dict[int, str] = {}


def _remember_rules() -> None:
    """Lets every rule leave its name with what it reports."""
    for rule in graphql.specified_rules:
        enter = rule.__init__

        def init(self, context, enter=enter, name=rule.__name__):
            class Named:
                def __getattr__(self, attribute):
                    return getattr(context, attribute)

                def report_error(self, error):
                    _rules[id(error)] = name
                    context.report_error(error)

            enter(self, Named())

        rule.__init__ = init


_patch()
_remember_rules()


def _remove_experiments() -> None:
    """Takes out what graphql-js tries beyond the specification of September 2025: directives that are deprecated."""
    introspection = graphql.introspection_types
    for field in ("isDeprecated", "deprecationReason"):
        introspection["__Directive"].fields.pop(field, None)
    introspection["__Schema"].fields["directives"].args.clear()
    introspection["__DirectiveLocation"].values.pop("DIRECTIVE_DEFINITION", None)
    deprecated = graphql.GraphQLDeprecatedDirective
    deprecated.locations = tuple(place for place in deprecated.locations if place.name != "DIRECTIVE_DEFINITION")


_remove_experiments()


def _even(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value % 2 == 0:
        return value
    raise graphql.GraphQLError("Even cannot represent an odd value.")


def _word(value):
    if isinstance(value, str) and " " not in value:
        return value
    raise graphql.GraphQLError("Word cannot represent a value with blanks.")


def build() -> graphql.GraphQLSchema:
    schema = graphql.build_schema(SCHEMA.read_text())
    for name, coerce in (("Even", _even), ("Word", _word)):
        scalar = schema.type_map[name]
        scalar.serialize = scalar.parse_value = coerce

        def parse_literal(node, variables=None, coerce=coerce):
            try:
                return coerce(graphql.value_from_ast_untyped(node, variables))
            except graphql.GraphQLError as error:
                raise graphql.GraphQLError(error.message, node) from None

        scalar.parse_literal = parse_literal
    return schema


def _fails(value: Any) -> bool:
    return isinstance(value, dict) and "!" in value


def _items(value: Any) -> Any:
    if _fails(value):
        return graphql.GraphQLError(value["!"])
    if isinstance(value, list):
        return [_items(item) for item in value]
    return value


def _resolve(source: Any, info: graphql.GraphQLResolveInfo, **arguments: Any) -> Any:
    if info.field_name.startswith("echo"):
        return arguments
    value = source.get(info.field_name) if isinstance(source, dict) else None
    if _fails(value):
        raise graphql.GraphQLError(value["!"])
    return _items(value)


class Oracle:
    rules = graphql.specified_rules

    def __init__(self) -> None:
        self.schema = build()

    def answer(self, request: dict) -> dict:
        """The answer in the probe's form."""
        _rules.clear()
        try:
            document = graphql.parse(request["query"])
        except graphql.GraphQLError as error:
            return {"errors": [self.error(error, "Syntax")]}
        findings = graphql.validate(self.schema, document)
        if findings:
            return {"errors": [self.error(error, _rules.get(id(error), "Limit")) for error in findings]}
        try:
            result = graphql.execute_sync(
                self.schema,
                document,
                root_value=request.get("root"),
                variable_values=request.get("variables"),
                operation_name=request.get("operationName"),
                field_resolver=_resolve,
            )
        except graphql.GraphQLError as error:
            return {"errors": [self.error(error, "Operation")]}
        errors = [self.error(error, self.kind(error)) for error in result.errors or []]
        if result.data is None and errors and not any(error.get("path") for error in errors):
            return {"errors": errors}
        return {"data": result.data, "errors": errors}

    @staticmethod
    def kind(error: graphql.GraphQLError) -> str:
        if error.path:
            return "Field"
        return "Variables" if "ariable" in error.message else "Operation"

    @staticmethod
    def error(error: graphql.GraphQLError, rule: str) -> dict:
        formed = {"message": error.message, "rule": rule}
        if error.locations:
            formed["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
        if error.path:
            formed["path"] = error.path
        return formed

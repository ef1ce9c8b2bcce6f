"""Makes requests from a seed: whole ones, ones with a rule broken on purpose, ones with tokens or characters spoiled."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import graphql
from graphql import GraphQLSchema

from .data import DataMaker
from .writer import FAULTS, Writer

TOKEN = re.compile(r'"""(?:[^"]|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|\.\.\.|[_A-Za-z][_0-9A-Za-z]*|-?[0-9][0-9.eE+-]*|\s+|.', re.S)
SPOILERS = list("{}()[]:!$@|&=.,#\"'\\-01eE_ \n\ta") + [
    "...", '"""', "\u00e9", "\u0000", "\u0007", "\u200b", "\ufeff", "😀", r"\u", r"\u{", "\r", "null", "on", "fragment", "query", "-1", "0x1", "1.", "00",
    r'"\x"', r'"\u12"', r'"\uD800"', r'"\u{110000}"', r'"\u{}"', "extend", "type", "%", "?", "~", "^", ";", "/", "<", "\u00a0", "\u2028", "1e", "1.5e+", "..",
]


class Generator:
    """An endless row of requests, the same for the same seed."""

    def __init__(self, schema: GraphQLSchema, seed: int):
        self.schema = schema
        self.rng = random.Random(seed)
        self.maker = DataMaker(schema, self.rng)
        self.vocabulary = sorted(
            {name for name in schema.type_map} | {field for t in schema.type_map.values() for field in getattr(t, "fields", {})}
            | {"if", "skip", "include", "tag", "on", "fragment", "query", "mutation", "true", "false", "null", "HAPPY", "id"})

    def requests(self, count: int) -> Iterator[dict]:
        for _ in range(count):
            yield self.request()

    def request(self) -> dict:
        rng = self.rng
        dice = rng.random()
        if dice < 0.015:
            return {"query": self.introspection()}
        faults: set[str] = set()
        if dice > 0.6:
            faults = set(rng.sample(FAULTS, rng.choice([1, 1, 1, 2, 3, 6])))
        text = Writer(self.schema, rng, faults).document()
        if 0.45 < dice < 0.53:
            text = self.spoil_tokens(text)
        elif 0.53 < dice < 0.6:
            text = self.spoil_characters(text)
        request: dict[str, Any] = {"query": text}
        try:
            document = graphql.parse(text)
        except graphql.GraphQLError:
            return request
        operations = [d for d in document.definitions if isinstance(d, graphql.OperationDefinitionNode)]
        names = [o.name.value for o in operations if o.name]
        if names and (len(operations) > 1 and rng.random() < 0.85 or rng.random() < 0.2):
            request["operationName"] = rng.choice(names)
        elif rng.random() < 0.03:
            request["operationName"] = rng.choice(["Nobody", "", 'with "quotes"'])
        variables = self.variables(operations)
        if variables or rng.random() < 0.3:
            request["variables"] = variables
        root = self.maker.root(document, request.get("operationName"))
        if root is not None:
            request["root"] = root
        return request

    def introspection(self) -> str:
        rng = self.rng
        if rng.random() < 0.5:
            return graphql.get_introspection_query(
                descriptions=rng.random() < 0.5, specified_by_url=rng.random() < 0.5, directive_is_repeatable=rng.random() < 0.5,
                schema_description=rng.random() < 0.5, input_value_deprecation=rng.random() < 0.5)
        name = rng.choice([*self.schema.type_map, "Nobody", ""])
        deprecated = rng.choice(["", "(includeDeprecated: true)", "(includeDeprecated: false)", "(includeDeprecated: null)"])
        reference = "{ kind name ofType { kind name ofType { kind name ofType { name __typename } } } }"
        parts = [
            "kind", "name", "description", "specifiedByURL", "isOneOf", "__typename", f"interfaces {reference}", f"possibleTypes {reference}",
            f"fields{deprecated} {{ name description isDeprecated deprecationReason type {reference} args{deprecated} {{ name defaultValue isDeprecated deprecationReason type {reference} }} }}",
            f"enumValues{deprecated} {{ name description isDeprecated deprecationReason }}", "ofType { name }",
            f"inputFields{deprecated} {{ name description defaultValue isDeprecated deprecationReason type {reference} }}",
        ]
        text = f"__type(name: {json.dumps(name)}) {{ {' '.join(rng.sample(parts, rng.choice([2, 4, 8, len(parts)])))} }}"
        if rng.random() < 0.2:
            text += f" __schema {{ description queryType {{ name }} mutationType {{ kind name }} subscriptionType {{ name }} directives {{ name isRepeatable locations args{deprecated} {{ name defaultValue }} }} }}"
        return "{ " + text + " }"

    # Spoiling

    def spoil_tokens(self, text: str) -> str:
        rng = self.rng
        tokens = TOKEN.findall(text)
        for _ in range(rng.choice([1, 1, 2, 4])):
            place = rng.randrange(len(tokens))
            action = rng.randrange(5)
            if action == 0:
                del tokens[place]
            elif action == 1:
                tokens.insert(place, rng.choice(tokens))
            elif action == 2:
                other = rng.randrange(len(tokens))
                tokens[place], tokens[other] = tokens[other], tokens[place]
            elif action == 3:
                names = [index for index, token in enumerate(tokens) if token[0].isalpha()]
                if names:
                    tokens[rng.choice(names)] = rng.choice(self.vocabulary)
            else:
                tokens[place] = rng.choice(SPOILERS)
            if not tokens:
                return ""
        return "".join(tokens)

    def spoil_characters(self, text: str) -> str:
        rng = self.rng
        for _ in range(rng.choice([1, 1, 2, 5])):
            place = rng.randrange(len(text) + 1)
            action = rng.randrange(4)
            if action == 0:
                text = text[:place] + text[place + 1:]
            elif action == 1:
                text = text[:place] + rng.choice(SPOILERS) + text[place:]
            elif action == 2:
                text = text[:place] + rng.choice(SPOILERS) + text[place + rng.choice([1, 3]):]
            else:
                text = text[:place]
        return text

    # Variables

    def variables(self, operations: list) -> dict:
        rng = self.rng
        values = {}
        wrong = rng.random() < 0.15
        for operation in operations:
            for definition in operation.variable_definitions or ():
                try:
                    type_ = graphql.type_from_ast(self.schema, definition.type)
                except graphql.GraphQLError:
                    continue
                if type_ is None or not graphql.is_input_type(type_):
                    continue
                required = graphql.is_non_null_type(type_) and not definition.default_value
                if rng.random() < (0.03 if required else 0.3):
                    continue
                value = self.value(type_, 0, wrong)
                if value is None and definition.default_value and str(type_) == "Boolean":
                    continue  # As a condition of @skip it refuses the request as a whole: see the README.
                values[definition.variable.name.value] = value
        if rng.random() < 0.05:
            values["extra"] = 1
        return values

    def value(self, type_: Any, depth: int, wrong: bool) -> Any:
        rng = self.rng
        if wrong and rng.random() < 0.2:
            return rng.choice([1, 1.5, 3.0, "text", "HAPPY", True, None, [], {}, [1, ["x"]], {"a": [{"b": {"c": {"d": 1}}}]}, 2**31, 1e10, "é\"\\\n", [None], list(range(13)), {"to": None}, -0.5, {"id": None}])
        if graphql.is_non_null_type(type_):
            return self.value(type_.of_type, depth, wrong)
        if rng.random() < 0.05 and depth:
            return None
        if graphql.is_list_type(type_):
            if rng.random() < 0.2:
                return self.value(type_.of_type, depth + 1, wrong)
            return [self.value(type_.of_type, depth + 1, wrong) for _ in range(rng.choice([0, 1, 2, 3]))]
        if graphql.is_enum_type(type_):
            return rng.choice(list(type_.values))
        if graphql.is_input_object_type(type_):
            if type_.is_one_of and not (wrong and rng.random() < 0.3):
                name = rng.choice(list(type_.fields))
                value = self.value(type_.fields[name].type, 0, wrong)
                return {name: value}
            made = {}
            for name, field in type_.fields.items():
                nested = graphql.is_input_object_type(graphql.get_named_type(field.type))
                if graphql.is_required_input_field(field) or rng.random() < 0.25 and not (nested and depth > 3):
                    if not (wrong and rng.random() < 0.1):
                        made[name] = self.value(field.type, depth + 1, wrong)
            if wrong and rng.random() < 0.2:
                made[rng.choice([*type_.fields]) + rng.choice(["s", "x", ""])] = 1
            return made
        return {
            "Int": lambda: rng.choice([0, 1, -5, 2**31 - 1, 4.0]),
            "Float": lambda: rng.choice([0, 1.5, -2, 1e-5, 12.0]),
            "String": lambda: rng.choice(["", "a", "two words", "é😀"]),
            "Boolean": lambda: rng.random() < 0.5,
            "ID": lambda: rng.choice(["a", 12, "", 7.0]),
            "Even": lambda: rng.choice([2, 0]),
            "Word": lambda: rng.choice(["w", ""]),
            "Any": lambda: rng.choice([1, None, [1, {"a": None}], "x", {"k": 1.5}]),
        }[type_.name]()

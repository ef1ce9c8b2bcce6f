"""Writes documents that fit a schema, or break the rules that they are told to break."""

from __future__ import annotations

import random
from typing import Any

import graphql
from graphql import GraphQLInputType, GraphQLNamedType, GraphQLSchema

STRINGS = [
    '"a"', '""', '"two words"', r'"\u00e9"', r'"\u{1F600}"', r'"\uD83D\uDE00"', r'"\n\t\b\f\r\/\\\""', '"""block"""',
    '"""\n    indented\n      more\n    less\n"""', '"""\\""" inside"""', '"é😀"', '"\u007f"', '"""\r\n  a\r  b\n"""', '"#no comment"',
]
# What a document can do wrong; each is one decision of the writer.
FAULTS = [
    "field", "argument", "missing argument", "literal", "undefined variable", "unused variable", "repeated variable",
    "variable type", "output variable", "unknown variable type", "unknown fragment", "unused fragment", "repeated fragment",
    "cycle", "impossible spread", "fragment on leaf", "fragment on unknown", "no selection", "selection on leaf", "directive",
    "misplaced directive", "repeated directive", "repeated argument", "repeated input field", "anonymous beside", "repeated operation",
    "definition", "deep introspection", "overlap", "overlap alias", "unknown input field", "missing input field", "one of", "wrong default",
    "subscription", "enum as string", "null", "directive argument",
]


class Writer:
    """Writes one document."""

    def __init__(self, schema: GraphQLSchema, rng: random.Random, faults: set[str]):
        self.schema = schema
        self.rng = rng
        self.faults = faults
        self.names = 0
        self.fragments: dict[str, str] = {}
        self.fragment_types: dict[str, GraphQLNamedType] = {}
        self.variables: dict[str, tuple[GraphQLInputType, str]] = {}
        self.fields_left = rng.choice([2, 4, 8, 16])

    # Decisions

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def fault(self, name: str, probability: float = 0.3) -> bool:
        return name in self.faults and self.chance(probability)

    def fresh(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    # Documents

    def document(self) -> str:
        rng = self.rng
        operations = rng.choice([1, 1, 1, 1, 2, 3])
        parts = []
        for index in range(operations):
            self.variables = {}
            self.fragments_here: list[str] = []
            parts.append(self.operation(index, alone=operations == 1))
        parts += self.fragments.values()
        parts += self.faulty_definitions(parts)
        if self.chance(0.3):
            rng.shuffle(parts)
        return rng.choice(["\n", " ", "\n\n# a comment, with {braces} and \"quotes\"\n", ",,\r\n"]).join(parts)

    def operation(self, index: int, alone: bool) -> str:
        rng = self.rng
        kind = rng.choice(["query"] * 6 + ["mutation"])
        if self.fault("subscription"):
            kind = "subscription"
        root = self.schema.mutation_type if kind == "mutation" else self.schema.query_type
        self.fragment_pool: list[str] = []
        body = self.selections(root, 0)
        if self.fault("deep introspection", 1):
            body = self.deep_introspection() + body[1:]
        named = not alone or self.chance(0.6)
        if self.fault("anonymous beside"):
            named = False
        name = rng.choice(["Same", "Q0"]) if self.fault("repeated operation", 0.8) else f"Q{index}"
        definitions = self.definitions()
        directives = self.directives("QUERY" if kind == "query" else kind.upper())
        if not named and not definitions and not directives and kind == "query" and self.chance(0.7):
            return body
        description = rng.choice(['"What it is for."\n', '"""\nWhat it is for.\n"""\n']) if self.chance(0.04) else ""
        return f"{description}{kind}{' ' + name if named else ''}{definitions}{directives} {body}"

    def definitions(self) -> str:
        texts = []
        for name, (type_, default) in self.variables.items():
            if self.fault("undefined variable"):
                continue
            written = str(type_)
            if self.fault("variable type"):
                written = self.rng.choice(["Int", "String!", "[Int]", "Mood", "Filter", "[[Boolean!]!]!", "Key", "Even", f"[{written}]", written.rstrip("!")])
            if self.fault("output variable"):
                written = self.rng.choice(["Person", "[Node!]", "Thing!", "Query"])
            if self.fault("unknown variable type"):
                written = self.rng.choice(["Strin", "moods", "Filters!", "Nonsense"])
            if self.fault("wrong default"):
                default = " = " + self.misfit()
            description = '"A variable." ' if self.chance(0.02) else ""
            texts.append(f"{description}${name}: {written}{default}{self.directives('VARIABLE_DEFINITION')}")
            if self.fault("repeated variable"):
                texts.append(f"${name}: {written}")
        if self.fault("unused variable", 0.9):
            texts.append(f"$unused: {self.rng.choice(['Int', 'Filter = {}', 'Nonsense', 'Person'])}")
        self.rng.shuffle(texts)
        return "(" + self.rng.choice([", ", " ", ",\n  "]).join(texts) + ")" if texts else ""

    def faulty_definitions(self, parts: list[str]) -> list[str]:
        rng = self.rng
        found = []
        if self.fault("unused fragment", 1):
            found.append("fragment Unused on Person { id }")
        if self.fault("repeated fragment", 1):
            found.append(rng.choice(list(self.fragments.values()) or ["fragment A on Node { id } fragment A on Query { count }"]))
        if self.fault("fragment on leaf", 1):
            found.append(f"fragment OnLeaf on {rng.choice(['Int', 'Mood', 'Filter', 'Even'])} {{ id }}")
        if self.fault("fragment on unknown", 1):
            found.append(f"fragment OnUnknown on {rng.choice(['Persons', 'Cow', 'Docg', 'thing'])} {{ id nothing }}")
        if self.fault("cycle", 1):
            found.append(rng.choice([
                "fragment C1 on Node { id ...C1 }",
                "fragment C1 on Node { ...C2 } fragment C2 on Node { id ...C1 ...C3 } fragment C3 on Node { ... on Node { ...C1 } }",
                "{ node(id: 1) { ...C1 } } fragment C1 on Node { ... on Person { best { ...C2 } } } fragment C2 on Person { friends { ...C1 } }",
            ]))
        if self.fault("definition", 1):
            found.append(rng.choice([
                "type Extra { id: ID }", "extend type Query { more: Int }", "schema { query: Query }", "directive @more on FIELD", "scalar New",
                "enum E { A B }", "input I { a: Int = 1 }", "union U = Person | Dog", "interface I implements Node & Named { id: ID! }",
                '"described" type D implements Node @tag(name: "x") { "f" f(a: [Int!]! = [1] @tag(name: "y")): Int @deprecated }',
                "extend schema @tag(name: \"z\")", "extend enum Mood { NEW }", "extend union Pet = Rock", "extend input Filter { more: Int }",
                "extend scalar Even @tag(name: \"e\")", "extend interface Node { more: Int }",
            ]))
        return found

    def deep_introspection(self) -> str:
        return self.rng.choice([
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } ",
            "{ __type(name: \"Person\") { interfaces { possibleTypes { interfaces { name } } } } ",
            "{ __schema { types { inputFields { type { inputFields { type { fields { name } } } } } } } ",
            "{ __schema { types { fields { type { inputFields { name } } } } } ",
        ])

    # Selections

    def selections(self, type_: Any, depth: int) -> str:
        rng = self.rng
        items = []
        count = 1 if depth > 6 or self.fields_left < 0 else rng.choice([1, 2, 2, 3, 4])
        for _ in range(count):
            dice = rng.random()
            if dice < 0.12 and depth < 6:
                items.append(self.inline(type_, depth))
            elif dice < 0.24 and depth < 6:
                items.append(self.spread(type_, depth))
            else:
                items.append(self.field(type_, depth))
        if self.fault("overlap", 0.2):
            items += [f"same: {self.leaf_name(type_)}", f"same: {self.leaf_name(type_)}"]
        if self.fault("overlap alias", 0.2):
            items += [self.field(type_, depth, alias="same"), self.field(type_, depth, alias="same")]
        return "{ " + rng.choice([" ", "\n  ", ", "]).join(items) + " }"

    def leaf_name(self, type_: Any) -> str:
        names = [name for name, field in getattr(type_, "fields", {}).items() if graphql.is_leaf_type(graphql.get_named_type(field.type)) and not field.args]
        return self.rng.choice([*names, "__typename"])

    def field(self, type_: Any, depth: int, alias: str | None = None) -> str:
        rng = self.rng
        fields = getattr(type_, "fields", None)
        self.fields_left -= 1
        if fields and self.fault("field"):
            near = rng.choice(list(fields))
            return rng.choice(["nothing", near + "s", near[:-1] or "x", near.upper(), "barks", "lives", "grid", "age", "nam", "__schema", "__type"])
        if not fields or self.chance(0.08):
            return rng.choice(["__typename", f"{alias or self.fresh('t')}: __typename"])
        names = list(fields)
        leaves = [name for name in names if graphql.is_leaf_type(graphql.get_named_type(fields[name].type))]
        name = rng.choice(leaves if leaves and (self.fields_left < 0 or depth > 5) else names)
        definition = fields[name]
        named = graphql.get_named_type(definition.type)
        arguments = self.arguments(definition.args)
        directives = self.directives("FIELD")
        if alias is None and (arguments or self.chance(0.2)):
            alias = self.fresh("a") if self.chance(0.9) else rng.choice(["x", "y", name])
        text = f"{alias + ': ' if alias and alias != name else ''}{name}{arguments}{directives}"
        if graphql.is_composite_type(named):
            if self.fault("no selection"):
                return text
            return f"{text} {self.selections(named, depth + 1)}"
        if self.fault("selection on leaf"):
            text += " { id }"
        return text

    def condition(self, type_: Any) -> Any:
        """A type that a value of `type_` can be too."""
        if self.fault("impossible spread"):
            return self.rng.choice([t for t in self.schema.type_map.values() if graphql.is_composite_type(t)])
        possible = set(self.schema.get_possible_types(type_)) if graphql.is_abstract_type(type_) else {type_}
        fitting = [
            t for t in self.schema.type_map.values()
            if graphql.is_composite_type(t) and not t.name.startswith("__")
            and (t in possible or graphql.is_abstract_type(t) and possible & set(self.schema.get_possible_types(t)))
        ]
        return self.rng.choice(fitting or [type_])

    def inline(self, type_: Any, depth: int) -> str:
        condition = self.condition(type_) if self.chance(0.8) else None
        directives = self.directives("INLINE_FRAGMENT")
        on = f" on {condition}" if condition else ""
        if self.fault("fragment on leaf", 0.1):
            on = " on Mood"
        if self.fault("fragment on unknown", 0.1):
            on = " on Persn"
        return f"...{on}{directives} {self.selections(condition or type_, depth + 1)}"

    def spread(self, type_: Any, depth: int) -> str:
        if self.fault("unknown fragment"):
            return "...Nowhere"
        if self.fragment_pool and self.chance(0.4):
            name = self.rng.choice(self.fragment_pool)
            if self.fault("impossible spread", 0.8) or self.overlap(type_, self.fragment_types[name]):
                return f"...{name}{self.directives('FRAGMENT_SPREAD')}"
        condition = self.condition(type_)
        name = self.fresh("F")
        body = self.selections(condition, depth + 1)
        self.fragments[name] = f"fragment {name} on {condition}{self.directives('FRAGMENT_DEFINITION')} {body}"
        self.fragment_types[name] = condition
        self.fragment_pool.append(name)
        return f"...{name}{self.directives('FRAGMENT_SPREAD')}"

    def overlap(self, one: Any, other: Any) -> bool:
        return one is other or graphql.is_composite_type(one) and graphql.utilities.do_types_overlap(self.schema, one, other)

    # Directives

    def directives(self, place: str) -> str:
        found = []
        if place in ("FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT") and self.chance(0.08):
            name = self.rng.choice(["skip", "include"])
            found.append(f"@{name}(if: {self.value(graphql.GraphQLSkipDirective.args['if'].type)})")
        if self.chance(0.03):
            found.append('@tag(name: "a")' + self.rng.choice(["", ' @tag(name: "b", weight: 2)', " @tag(name: \"\"\"c\"\"\", weight: null)"]))
        if self.chance(0.02) and place in ("FIELD", "INLINE_FRAGMENT", "QUERY"):
            found.append("@once" + self.rng.choice(["", "(range: {to: 1})", '(key: {id: 4}, old: 1)', "(range: null)"]))
        if self.chance(0.1) and place == "VARIABLE_DEFINITION":
            found.append("@onVariable" + self.rng.choice(["", '(note: "n")']))
        if self.chance(0.05) and place == "QUERY":
            found.append("@onQuery")
        if self.fault("directive", 0.15):
            found.append(self.rng.choice(["@nothing", "@Tag(name: 1)", "@skipp(if: true)"]))
        if self.fault("misplaced directive", 0.15):
            found.append(self.rng.choice(["@onQuery", "@skip(if: true)", "@deprecated", "@onVariable", "@oneOf", '@specifiedBy(url: "")']))
        if self.fault("repeated directive", 0.15):
            found.append(self.rng.choice(["@skip(if: false) @skip(if: false)", "@once @once @once", "@include(if: true) @include(if: true)"]))
        if self.fault("directive argument", 0.15):
            found.append(self.rng.choice(["@skip", "@include(if: 1)", "@tag", "@tag(nam: 1)", "@skip(iff: true)", "@include(if: null)", "@once(key: {})", "@skip(if: $undefined)"]))
        return "".join(" " + text for text in found)

    # Arguments and values

    def arguments(self, definitions: dict) -> str:
        rng = self.rng
        texts = []
        for name, definition in definitions.items():
            required = graphql.is_required_argument(definition)
            if not required and self.chance(0.6 if len(definitions) < 5 else 0.8):
                continue
            if required and self.fault("missing argument"):
                continue
            texts.append(f"{name}: {self.value(definition.type)}")
            if self.fault("repeated argument", 0.2):
                texts.append(f"{name}: {self.value(definition.type)}")
        if self.fault("argument", 0.2):
            near = rng.choice([*definitions, "first"])
            texts.append(f"{rng.choice([near + 'x', near[:-1] or 'y', 'nothing', near.upper()])}: {self.misfit()}")
        rng.shuffle(texts)
        return f"({', '.join(texts)})" if texts else ""

    def value(self, type_: Any, depth: int = 0, variables: bool = True) -> str:
        """A literal of the type, or a variable."""
        rng = self.rng
        if variables and self.chance(0.22):
            return self.variable(type_)
        if self.fault("literal", 0.15):
            return self.misfit()
        if graphql.is_non_null_type(type_):
            if self.fault("null"):
                return "null"
            return self.value(type_.of_type, depth, variables=False)
        if self.chance(0.06):
            return "null"
        if graphql.is_list_type(type_):
            if self.chance(0.2):
                return self.value(type_.of_type, depth, variables=False)
            return "[" + rng.choice([", ", " "]).join(self.value(type_.of_type, depth + 1, variables) for _ in range(rng.choice([0, 1, 2, 3]))) + "]"
        if graphql.is_enum_type(type_):
            if self.fault("enum as string"):
                return rng.choice(['"HAPPY"', "HAPY", "happy", "1", "true", "NOWHERE"])
            return rng.choice(list(type_.values))
        if graphql.is_input_object_type(type_):
            return self.input(type_, depth, variables)
        return self.scalar(type_.name)

    def scalar(self, name: str) -> str:
        rng = self.rng
        if name == "Any":
            return rng.choice(["1", '"x"', "[1, {a: null}]", "{b: ENUM, a: [true]}", "1.5", "WORD", "null", "{}", "[[], {}]"])
        return {
            "Int": lambda: rng.choice(["0", "-0", "1", "-7", "2147483647", "-2147483648"]),
            "Float": lambda: rng.choice(["0", "1.5", "-1e3", "1E-2", "1.25e+2", "7", "123456789012"]),
            "String": lambda: rng.choice(STRINGS),
            "Boolean": lambda: rng.choice(["true", "false"]),
            "ID": lambda: rng.choice(['"a"', "12", '"12"', "-3", "12345678901234567890"]),
            "Even": lambda: rng.choice(["2", "0", "-4"]),
            "Word": lambda: rng.choice(['"w"', '""', '"""b"""']),
        }[name]()

    def misfit(self) -> str:
        return self.rng.choice([
            "1", "1.5", '"text"', "true", "null", "ENUM", "[]", "[1, [2]]", "{}", "{a: 1}", "{to: \"x\", from: $nope}", "99999999999", "HAPPY",
            '["a", null, 3]', "[{to: 1}, {}]", '"""block\n  text"""', "3", "{id: 1, name: \"b\"}", "[[true]]", "$undefined", r'"a\n\u0001\u007f\"q"', "-1.0e10", "[NAME, {by: NAME}]",
        ])

    def input(self, type_: Any, depth: int, variables: bool) -> str:
        rng = self.rng
        fields = dict(type_.fields)
        if type_.is_one_of:
            name = rng.choice(list(fields))
            chosen = {name: fields[name]}
            if self.fault("one of", 0.6):
                chosen = {n: fields[n] for n in rng.sample(list(fields), rng.choice([0, 2, 3]))}
            texts = [f"{n}: {self.value(graphql.GraphQLNonNull(f.type) if not self.fault('one of', 0.3) else f.type, depth + 1, variables)}" for n, f in chosen.items()]
            if self.fault("one of", 0.3) and texts:
                texts = [f"{rng.choice(list(fields))}: null"]
            return "{" + ", ".join(texts) + "}"
        texts = []
        for name, field in fields.items():
            required = graphql.is_required_input_field(field)
            nested = graphql.is_input_object_type(graphql.get_named_type(field.type))
            if required and self.fault("missing input field"):
                continue
            if not required and (self.chance(0.75) or nested and depth > 2):
                continue
            texts.append(f"{name}: {self.value(field.type, depth + 1, variables)}")
            if self.fault("repeated input field", 0.2):
                texts.append(f"{name}: {self.value(field.type, depth + 1, variables)}")
        if self.fault("unknown input field", 0.4):
            near = rng.choice(list(fields))
            texts.append(f"{rng.choice([near + 's', near[1:] or 'z', 'nothing'])}: {self.misfit()}")
        rng.shuffle(texts)
        return rng.choice(["{%s}", "{ %s }"]) % rng.choice([", ", " "]).join(texts)

    def variable(self, type_: Any) -> str:
        rng = self.rng
        same = [name for name, (known, _) in self.variables.items() if str(known) == str(type_)]
        if same and self.chance(0.5):
            return "$" + rng.choice(same)
        name = self.fresh("v")
        declared, default = type_, ""
        if self.chance(0.2) and not graphql.is_non_null_type(type_):
            declared = graphql.GraphQLNonNull(type_)
        elif graphql.is_non_null_type(type_) and self.chance(0.25):
            declared = type_.of_type
            default = " = " + self.value(type_, 2, variables=False)
        elif self.chance(0.25):
            default = " = " + self.value(type_, 2, variables=False)
        self.variables[name] = (declared, default)
        return "$" + name

"""Makes the data that a document asks for: as deep as the document, with nulls, failures and misfits in it."""

from __future__ import annotations

import random
from typing import Any

import graphql
from graphql.language import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode

WORDS = ["ada", "bob", "two words", "", "é", "\U0001f600", 'say "x"', "back\\slash", "line\nbreak", "x" * 40]


class DataMaker:
    def __init__(self, schema: graphql.GraphQLSchema, rng: random.Random):
        self.schema = schema
        self.rng = rng

    def root(self, document: graphql.DocumentNode, operation_name: str | None) -> dict | None:
        self.fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        operation = graphql.get_operation_ast(document, operation_name)
        if operation is None or self.schema.get_root_type(operation.operation) is None:
            return None
        self.budget = 400
        # Some trees are whole, some full of holes.
        self.trouble = self.rng.choice([0, 0, 0.02, 0.06, 0.2])
        return self.object(self.schema.get_root_type(operation.operation), [operation.selection_set])

    def object(self, type_: graphql.GraphQLObjectType, sets: list) -> dict:
        fields: dict[str, list] = {}
        self.collect(type_, sets, fields, set())
        made = {}
        for name, nested in fields.items():
            definition = type_.fields.get(name)
            if definition and not name.startswith("echo") and self.rng.random() > 0.02:
                made[name] = self.value(definition.type, nested, self.trouble)
        return made

    def collect(self, type_: graphql.GraphQLObjectType, sets: list, fields: dict, seen: set) -> None:
        for node in (selection for set_ in sets for selection in set_.selections):
            if isinstance(node, FieldNode):
                nested = fields.setdefault(node.name.value, [])
                if node.selection_set:
                    nested.append(node.selection_set)
                continue
            if isinstance(node, FragmentSpreadNode):
                if node.name.value in seen or node.name.value not in self.fragments:
                    continue
                seen.add(node.name.value)
                condition, inner = self.fragments[node.name.value].type_condition, self.fragments[node.name.value]
            else:
                assert isinstance(node, InlineFragmentNode)
                condition, inner = node.type_condition, node
            named = self.schema.get_type(condition.name.value) if condition else type_
            if named is type_ or graphql.is_abstract_type(named) and self.schema.is_sub_type(named, type_):
                self.collect(type_, [inner.selection_set], fields, seen)

    def value(self, type_: Any, sets: list, trouble: float) -> Any:
        rng = self.rng
        self.budget -= 1
        dice = rng.random()
        if dice < trouble * 0.4:
            return {"!": rng.choice(["broken", "not today", 'with "quotes"'])}
        if graphql.is_non_null_type(type_):
            # Or else nearly nothing would survive.
            return None if dice < trouble * 0.6 else self.value(type_.of_type, sets, trouble * 0.3)
        if dice < trouble or self.budget < 0 and graphql.is_list_type(type_):
            return None
        if graphql.is_list_type(type_):
            if dice > 1 - trouble * 0.1:
                return rng.choice(["no list", 7, False])
            return [self.value(type_.of_type, sets, trouble * 0.5) for _ in range(rng.choice([0, 1, 2, 2, 3]))]
        if graphql.is_abstract_type(type_):
            possible = self.schema.get_possible_types(type_)
            if not possible:
                return None
            chosen = rng.choice(possible)
            made = {"__typename": chosen.name, **self.object(chosen, sets)}
            if dice > 1 - trouble * 0.2:
                made["__typename"] = rng.choice(["Nobody", "Filter", "Mood", "Strict", "Node"])
            return made
        if graphql.is_object_type(type_):
            return self.object(type_, sets)
        return self.leaf(type_, misfit=dice > 1 - trouble * 0.3)

    def leaf(self, type_: Any, misfit: bool) -> Any:
        rng = self.rng
        if graphql.is_enum_type(type_):
            return rng.choice(["NOWHERE", 1, True, "happy"]) if misfit else rng.choice(list(type_.values))
        name = type_.name
        if misfit and name != "Any":
            return {
                "Int": lambda: rng.choice([1.5, 2**31, -(2**31) - 1, "12", "x", "", True, False, [1], 3.0, 1e10]),
                "Float": lambda: rng.choice(["1.5", "x", "", True, [1.5]]),
                "String": lambda: rng.choice([1, 2.5, True, False, [1], 0]),
                "Boolean": lambda: rng.choice([0, 1, 2.5, "true", "", [True]]),
                "ID": lambda: rng.choice([1, 3.0, 2.5, True, [1]]),
                "Even": lambda: rng.choice([1, "2", 2.5]),
                "Word": lambda: rng.choice(["a b", 1, True]),
            }[name]()
        return {
            "Int": lambda: rng.choice([0, 1, -1, 42, 2**31 - 1, -(2**31)]),
            "Float": lambda: rng.choice([0, 1, -1.5, 3.25, 0.1, 1e-7, 1.5e300, 12345678.9]),
            "String": lambda: rng.choice(WORDS),
            "Boolean": lambda: rng.random() < 0.5,
            "ID": lambda: rng.choice(["1", "a-b", "", "long" * 5]),
            "Even": lambda: rng.choice([0, 2, -4]),
            "Word": lambda: rng.choice(["word", "", "é"]),
            "Any": lambda: rng.choice([1, "x", [1, None, {"a": [True]}], {"b": 1.5, "a": None}, False, 2.5]),
        }[name]()

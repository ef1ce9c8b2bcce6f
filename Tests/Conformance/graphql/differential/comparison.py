"""Whether two answers say the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import graphql

# The words in which graphql-core departs from graphql-js, whose messages clients know.
WORDS = [
    (re.compile(r'not to be None\.$'), "not to be null."),
    (re.compile(r'to be a mapping\.$'), "to be an object."),
    # Advice about functions that the engine under test does not have.
    (re.compile(r' Either the ".+" type should provide a "resolve_type" function .+ "is_type_of" function\.$'), ""),
    (re.compile(r'(may not be used on )(.+)\.$'), lambda match: match[1] + match[2].upper().replace(" ", "_") + "."),
]


def _built_in_descriptions() -> set[str]:
    schema = graphql.build_schema("type Query { int: Int float: Float id: ID }")
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("description"), str):
                found.add(value["description"])
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(graphql.introspection_from_schema(schema, input_value_deprecation=True, directive_is_repeatable=True))
    return found


# What specifications leave to an implementation: how its own types are described.
BUILT_IN = _built_in_descriptions()


def message(text: str) -> str:
    """The message with one kind of quotation mark, in graphql-js's words."""
    text = text.replace("'", '"')
    for pattern, words in WORDS:
        text = pattern.sub(words, text)
    return text


def _error(error: dict) -> str:
    return json.dumps(
        [error["rule"], message(error["message"]), error.get("locations", []), error.get("path", [])], sort_keys=True)


def _value(value: Any, key: str = "") -> Any:
    """The value with whole numbers whole, and a schema's own lists in one order: theirs is nobody's business."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == int(value):
        # Beyond that, digits are a matter of how a double is printed.
        return int(value) if abs(value) < 2**53 else float(value)
    if isinstance(value, dict):
        return {name: _value(item, name) for name, item in value.items()}
    if isinstance(value, list):
        items = [_value(item) for item in value]
        if key in ("types", "directives", "possibleTypes", "locations"):
            items.sort(key=lambda item: json.dumps(_undescribed(item), sort_keys=True))
        return items
    return value


def _undescribed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _undescribed(item) for name, item in value.items() if name != "description"}
    if isinstance(value, list):
        return [_undescribed(item) for item in value]
    return value


def _without_built_in(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: None if name == "description" and item in BUILT_IN else _without_built_in(item)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [_without_built_in(item) for item in value]
    return value


def _described(ours: Any, theirs: Any) -> Any:
    """`ours` with null for each description where `theirs` has null for one of its own."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return {
            name: None if name == "description" and theirs.get(name) is None else _described(item, theirs.get(name))
            for name, item in ours.items()
        }
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [_described(one, other) for one, other in zip(ours, theirs)]
    return ours


def difference(ours: dict, theirs: dict, *, errors: bool = True) -> str | None:
    """What differs, in words; nothing if nothing does."""
    if ("data" in ours) != ("data" in theirs):
        return f"ours {'has' if 'data' in ours else 'lacks'} data"
    if "data" in ours:
        one, other = _value(ours["data"]), _value(theirs["data"])
        if json.dumps(one) != json.dumps(other):
            other = _without_built_in(other)
            one = _described(one, other)
        if json.dumps(one) != json.dumps(other):
            return "data" + _first(one, other)
    if errors:
        if any(error["rule"] == "ExecutableDefinitionsRule" for error in theirs["errors"]):
            # What else is wrong within definitions that a request may not have at all is not looked at.
            ours, theirs = _definitions_alone(ours), _definitions_alone(theirs)
        if any("Unknown directive" in error["message"] for error in theirs["errors"]):
            # graphql-js looks up the arguments of an unknown directive among those of the field it stands at.
            ours, theirs = _without_values(ours), _without_values(theirs)
        one, other = sorted(map(_error, ours["errors"])), sorted(map(_error, theirs["errors"]))
        if len(one) > 100 and len(other) > 100:  # Which of many were found first is free; that there are too many is not.
            one, other = ([text for text in texts if json.loads(text)[0] == "Limit"] for texts in (one, other))
        if one != other:
            ours_alone, theirs_alone = Counter(one) - Counter(other), Counter(other) - Counter(one)
            return "\n".join(
                ["errors"] + [f"  ours   {e}" for e in ours_alone.elements()] + [f"  theirs {e}" for e in theirs_alone.elements()])
    return None


def alike(one: dict, other: dict) -> bool:
    """Whether two answers of one engine agree when resolvers ran in another order.

    Which of several errors under one null is reported, and whether errors that null has overtaken are, is free.
    """
    if "data" not in one or "data" not in other:
        return one == other
    if one["data"] != other["data"]:
        return False
    return {_standing(error, one["data"]) for error in one["errors"]} == {_standing(error, other["data"]) for error in other["errors"]}


def _standing(error: dict, data: Any) -> str:
    """Where the null of an error came to stand."""
    place = []
    for step in error["path"]:
        if data is None:
            break
        place.append(step)
        data = data[step]
    return json.dumps(place)


def _definitions_alone(answer: dict) -> dict:
    return {"errors": [error for error in answer["errors"] if error["rule"] in ("ExecutableDefinitionsRule", "Limit")]}


def _without_values(answer: dict) -> dict:
    rules = ("ValuesOfCorrectTypeRule", "VariablesInAllowedPositionRule")
    return {"errors": [error for error in answer["errors"] if error["rule"] not in rules]}


def _first(ours: Any, theirs: Any, place: str = "") -> str:
    """Where two values first differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and list(ours) == list(theirs):
        return next((_first(ours[n], theirs[n], f"{place}.{n}") for n in ours if ours[n] != theirs[n]), "")
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return next((_first(a, b, f"{place}[{i}]") for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), "")
    return f"{place}\n  ours   {json.dumps(ours)[:600]}\n  theirs {json.dumps(theirs)[:600]}"

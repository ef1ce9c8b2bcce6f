"""The GraphQL engine beside graphql-core, the Python port of graphql-js: same verdicts, same messages, same answers.

`GraphQLProbe` is the engine as a program. The requests are generated from a seed, so a failure is the same everywhere; other seeds
and larger numbers: `python -m differential --seed 7 --count 50000` in the folder `graphql`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

GRAPHQL = Path(__file__).parent / "graphql"
sys.path.insert(0, str(GRAPHQL))

from differential.comparison import alike, difference  # noqa: E402
from differential.documents import DOCUMENTS  # noqa: E402
from differential.generator import Generator  # noqa: E402
from differential.oracle import SCHEMA, Oracle  # noqa: E402
from differential.probe import answers, binary  # noqa: E402

SEED = 2026
GENERATED = 2_000
FUZZED = 10_000
STYLES = ("async", "batch")


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle()


def test_documents_written_by_hand(oracle):
    ours = dict(zip(DOCUMENTS, answers(DOCUMENTS.values()), strict=True))
    found = {
        name: text for name, request in DOCUMENTS.items() if (text := difference(ours[name], oracle.answer(request))) is not None
    }
    assert not found, "\n".join(f"{name}: {text}" for name, text in found.items())


def test_the_exact_words_are_those_on_record():
    """graphql-core quotes names in its own way; these are graphql-js's words and quotes, as clients of Buffer know them."""
    recorded = json.loads((GRAPHQL / "answers.json").read_text())
    ours = dict(zip(DOCUMENTS, answers(DOCUMENTS.values()), strict=True))
    assert list(recorded) == list(DOCUMENTS)
    assert {name: answer for name, answer in ours.items() if answer != recorded[name]} == {}


def test_generated_requests(oracle):
    requests = list(Generator(oracle.schema, SEED).requests(GENERATED))
    found = []
    verdicts = set()
    for request, ours in zip(requests, answers(requests), strict=True):
        theirs = oracle.answer(request)
        verdicts |= {error["rule"] for error in theirs["errors"]} or {"valid"}
        text = difference(ours, theirs)
        if text is not None:
            found.append(f"{json.dumps(request)}\n{text}")
    assert not found, f"{len(found)} of {GENERATED} differ:\n" + "\n\n".join(found[:5])
    # Or else the generator no longer breaks what it says it breaks.
    rules = {rule.__name__ for rule in oracle.rules} - {"SingleFieldSubscriptionsRule"}
    assert rules | {"valid", "Syntax", "Operation", "Variables", "Field"} <= verdicts


def test_the_answer_does_not_depend_on_how_resolvers_run(oracle):
    requests = [r for r in Generator(oracle.schema, SEED + 1).requests(1_000) if "root" in r]
    plain = list(answers(requests))
    for style in STYLES:
        for request, one, other in zip(requests, plain, answers([{**r, "style": style} for r in requests]), strict=True):
            assert alike(one, other), f"{style}: {json.dumps(request)}\n{one}\n{other}"


def test_a_short_run_of_the_fuzzer():
    run = subprocess.run(
        [binary(), "fuzz", SCHEMA, "--seed", str(SEED), "--count", str(FUZZED)], capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout.startswith(f"{FUZZED} "), run.stdout
    # Or else nothing is fuzzed beyond the validator.
    assert re.search(r": .*\b[1-9][0-9]* answered,", run.stdout), run.stdout

"""Compares any number of generated requests: `python -m differential --seed N --count N`, in the folder above."""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter

from .comparison import difference
from .documents import DOCUMENTS
from .generator import Generator
from .oracle import SCHEMA, Oracle
from .probe import answers


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--show", type=int, default=10, help="how many differences to print")
    parser.add_argument("--record", action="store_true", help="write down how the probe answers the documents written by hand")
    options = parser.parse_args()
    if options.record:
        recorded = dict(zip(DOCUMENTS, answers(DOCUMENTS.values()), strict=True))
        SCHEMA.with_name("answers.json").write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
        return 0
    oracle = Oracle()
    begun = time.monotonic()
    generator = Generator(oracle.schema, options.seed)
    found = 0
    verdicts: Counter[str] = Counter()
    left = options.count
    while left > 0:
        requests = list(generator.requests(min(left, 5_000)))
        left -= len(requests)
        for request, ours in zip(requests, answers(requests), strict=True):
            theirs = oracle.answer(request)
            verdicts.update({error["rule"] for error in theirs["errors"]} or {"none"})
            text = difference(ours, theirs)
            if not text:
                continue
            found += 1
            if found <= options.show:
                print(f"--- {json.dumps(request)}\n{text}\n")
    print(f"{options.count} requests, {found} differences, {time.monotonic() - begun:.0f} s")
    print(", ".join(f"{rule} {number}" for rule, number in verdicts.most_common()))
    return min(found, 1)


if __name__ == "__main__":
    raise SystemExit(main())

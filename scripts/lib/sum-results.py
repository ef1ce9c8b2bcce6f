"""Adds up JUnit reports and prints `N passed, N failed` as the last line.

usage: sum-results.py FOLDER STATUS    where STATUS is not 0 when a runner itself said that it failed
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def counts(report: Path) -> tuple[int, int, int]:
    """Tests run, failures and skips that a report adds up to, over its innermost suites."""
    root = ElementTree.parse(report).getroot()
    suites = [root] if root.tag == "testsuite" else list(root.iter("testsuite"))
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.get("tests") or 0)
        failed += int(suite.get("failures") or 0) + int(suite.get("errors") or 0)
        skipped += int(suite.get("skipped") or 0)
    return total, failed, skipped


def main() -> int:
    folder, status = Path(sys.argv[1]), int(sys.argv[2])
    total = failed = skipped = 0
    for report in sorted(folder.glob("*.xml")):
        more = counts(report)
        total, failed, skipped = total + more[0], failed + more[1], skipped + more[2]
    # A runner that crashed wrote no report: its exit status alone knows.
    if status != 0 and failed == 0:
        failed = 1
    passed = max(0, total - failed - skipped)
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())

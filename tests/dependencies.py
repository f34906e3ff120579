"""`make audit`: looks every pinned dependency up in the advisory database, and says which could not be looked up.

Ends with 1 for a known vulnerability. What could not be looked up is counted; with `--strict` that ends with 1 too, as
it should wherever the database can be reached.
"""

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements.lock"


def audited() -> list[dict[str, object]]:
    """What pip-audit says of each dependency; raises SystemExit when it says nothing at all."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--require-hashes", "--disable-pip"]
    done = subprocess.run([*command, "--format", "json", "--progress-spinner", "off"], capture_output=True, text=True)
    try:
        found: list[dict[str, object]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        sys.exit(f"pip-audit gave no result:\n{done.stderr[-2000:]}")
    return found


def main() -> int:
    """Prints the result; the exit code."""
    found = audited()
    vulnerable = [each for each in found if each.get("vulns")]
    skipped = [each for each in found if "skip_reason" in each]
    for each in vulnerable:
        print(f"VULNERABLE {each['name']} {each['version']}: {each['vulns']}")
    print(f"{len(found)} dependencies: {len(vulnerable)} vulnerable, {len(skipped)} could not be looked up")
    if skipped:
        print(f"NOT AUDITED, for example: {skipped[0]['skip_reason']}")
    return int(bool(vulnerable) or (bool(skipped) and "--strict" in sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())

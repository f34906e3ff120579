"""The process that reads one document: its bytes come on standard input, the draft leaves as JSON on standard output.

It has no settings, no secrets, no network, little memory and little time, and writes nothing.
"""

import gc
import resource
import sys

MB = 1024 * 1024


def main(seconds: int, memory_mb: int) -> None:
    """Reads the document within the limits and answers; ends with 0 also where it refuses."""
    # Before anything of the document is looked at, and before the libraries are loaded that do.
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MB, memory_mb * MB))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # It reads one document and ends: looking for what is in circles takes a tenth of its time and frees nothing.
    gc.disable()
    from app import no_network

    no_network.take_away()
    sys.stdout.buffer.write(_answer(sys.stdin.buffer.read()))


def _answer(data: bytes) -> bytes:
    from app import reading_answer
    from intake.errors import RefusedError
    from intake.read import read

    try:
        return reading_answer.of_draft(read(data))
    except RefusedError as error:
        return reading_answer.of_refusal(error)
    except MemoryError:
        return reading_answer.of_refusal(RefusedError("too_heavy"))
    except RecursionError:
        return reading_answer.of_refusal(RefusedError("broken"))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

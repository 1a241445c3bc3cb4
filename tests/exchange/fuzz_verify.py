"""`shnor package verify` under a fuzzer that is guided by coverage.

    pip install --no-deps atheris==3.0.0            # by hand: a tool of this command alone
    python -m tests.exchange.fuzz_verify FOLDER [-max_total_time=3600] [-artifact_prefix=FOLDER/crash-] …

FOLDER keeps the inputs that reach new code; right ones are laid into it first. Further words go to libFuzzer. It stops
at the first input that ends in anything but a KnownError.
"""

from __future__ import annotations

import sys
from pathlib import Path

_TOKENS = (
    *(
        '"format":[1,9]',
        '"kind":"visit"',
        '"kind":"receipt"',
        "null",
        "true",
        "1e999",
        "NaN",
        "-1",
        "[[[[",
        '"a":1,"a":2',
    ),
    *("\\xff\\xfe", "\\xed\\xa0\\x80", "PK\\x01\\x02", "PK\\x05\\x06", "\\x30\\x80", "\\x30\\x84\\xff\\xff\\xff\\xff"),
    *("../", "META-INF/", "-> X25519 ", "-> scrypt ", "\\x0a--- ", "-----BEGIN CMS-----", "\\x00\\x00"),
)


def main() -> None:
    """Lay the right inputs and start."""
    import atheris  # installed by hand

    with atheris.instrument_imports(include=["shnor_desktop"]):
        from tests.exchange.fuzz_targets import judge, seeds

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in seeds().items():
        (folder / name).write_bytes(data)
    tokens = folder.with_name(f"{folder.name}.dict")
    quoted = (token.replace('"', '\\"') for token in _TOKENS)
    tokens.write_text("".join(f'"{token}"\n' for token in quoted), encoding="ascii")
    atheris.Setup([sys.argv[0], f"-dict={tokens}", "-max_len=65536", *sys.argv[1:]], lambda data: judge(data) and None)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Print the bytes that a template takes in an index of so many, its text included.

``python -m bench.template_memory 100000``: a process of its own, because the automaton's memory is not
Python's and only the system knows of it.
"""

from __future__ import annotations

import gc
import re
import sys
from pathlib import Path

from bench.template_corpus import VARIABLE, Corpus
from dlt.finder.entry import Source
from dlt.finder.index import TemplateIndex


def main(size: int) -> None:
    corpus = Corpus(size)
    gc.collect()
    before = _resident()
    texts = (Source(VARIABLE.join(pieces)) for pieces in corpus.pieces)
    index = TemplateIndex(enumerate(texts))
    index.nearest("Dear customer")
    gc.collect()
    print((_resident() - before) / len(index))


def _resident() -> int:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    kibibytes = re.search(r"VmRSS:\s+(\d+)", status)
    return int(kibibytes[1]) * 1024 if kibibytes else 0


if __name__ == "__main__":
    main(int(sys.argv[1]))

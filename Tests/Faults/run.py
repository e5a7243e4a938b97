#!/usr/bin/env python3
"""Runs every verb that writes with every fault that a system can have. Linux with strace; standard library only.

usage: Tests/Faults/run.py [--quick] [WORD…]      only tests whose name holds one of the words

--quick takes the calls that touch a file, of the two verbs that write secrets; `make test-faults` takes all.
Needs a built binary: .build/debug/cfgkit, or the one that $CFGKIT names. Root runs it in a mount namespace of its own,
so that nothing stays mounted; for others, what needs a mount is skipped.
"""

import os
import shutil
import signal
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Frameworks"))

from sentences import run  # noqa: E402

if os.geteuid() == 0 and shutil.which("unshare") and "CFGKIT_MAY_MOUNT" not in os.environ:
    os.environ["CFGKIT_MAY_MOUNT"] = "yes"
    os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])

# A shell starts what runs in the background with INT ignored, and what ignores a signal passes that on.
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    if signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)

words = [word for word in sys.argv[1:] if word != "--quick"]
os.environ["CFGKIT_FAULTS"] = "quick" if "--quick" in sys.argv[1:] else "all"
sys.exit(run(HERE, words))

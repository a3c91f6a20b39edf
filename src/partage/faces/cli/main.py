"""``partage``: parses, calls one verb, and turns refusals into sentences and exit codes."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from partage.core.errors import INTERRUPT_EXIT, USAGE_EXIT, Refusal, named
from partage.faces.cli.session import Language, Session

SOON_SECONDS = 0.05
AGAIN_SECONDS = 2.0  # after an interrupt that did not end the command, another
_by_default = signal.default_int_handler
GLOBAL_VALUES = ("--db", "--as", "--at", "--pack", "--lang")
OWN_LANGUAGE = ("answer", "offer", "brief")  # of a household or a paper: their own option
GLOBAL_FLAGS = ("--json",)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and leave with the exit code of the contract."""
    sys.unraisablehook = _interrupt_again
    _keep_interrupting()
    code = run(list(sys.argv[1:] if argv is None else argv))
    if any(thread.daemon for thread in threading.enumerate()):
        # A solver that did not stop when asked: ending the interpreter under it would abort the process.
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _keep_interrupting() -> None:
    """An interrupt comes again until the command has ended: compiled code was seen to lose the first."""
    if not hasattr(signal, "setitimer") or signal.getsignal(signal.SIGINT) is not _by_default:
        return

    def interrupt(*_: Any) -> None:
        signal.setitimer(signal.ITIMER_REAL, AGAIN_SECONDS)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGALRM, interrupt)


def _interrupts_end() -> None:
    """From here on the command only says that it stopped, and leaves."""
    if signal.getsignal(signal.SIGINT) is not _by_default:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _is_interrupt(error: BaseException | None) -> bool:
    """Whether an error came of an interrupt: an import that was cut short says that it failed."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__cause__ or error.__context__
    return False


def _interrupt_again(lost: Any) -> None:
    """An interrupt that came where nothing can be raised comes again, where it can."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        if hasattr(signal, "setitimer"):
            # not raised here: it would be lost here too
            signal.setitimer(signal.ITIMER_REAL, SOON_SECONDS)
        else:
            _thread.interrupt_main()
    else:
        sys.__unraisablehook__(lost)


def run(argv: list[str]) -> int:
    """The exit code of one invocation."""
    import typer

    from partage.faces.cli.verbs import app

    usage_error: Any = typer.BadParameter.__mro__[1]  # typer keeps its UsageError to itself
    words = hoisted(argv) or ["--help"]
    fallback = Session("", "", "--json" in words, None, language=_language(words))
    verb = next((word for word in words[_front(words) :] if not word.startswith("-")), "")
    verb = verb if named(verb) == verb else ""  # a name in the place of a verb stays unsaid
    try:
        code = app(args=words, prog_name="partage", standalone_mode=False)
        _interrupts_end()  # also when the verb itself heard the interrupt and answered
        sys.stdout.flush()
    except Refusal as refusal:
        _interrupts_end()
        fallback.refuse(verb, refusal)
        return refusal.exit_code
    except (typer.Abort, KeyboardInterrupt):
        _interrupts_end()
        code = INTERRUPT_EXIT
    except ImportError as error:
        if not _is_interrupt(error):
            raise
        _interrupts_end()
        code = INTERRUPT_EXIT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except usage_error as error:
        what = _unsaid(str(error.format_message()), words) or "The command is not complete."
        fallback.refuse(
            verb, _Usage(what, f"See 'partage {verb} --help'." if verb else "See 'partage --help'.")
        )
        return USAGE_EXIT
    if code == INTERRUPT_EXIT:
        print("Stopped. What was acknowledged before stays; nothing is half done.", file=sys.stderr)
    return int(code or 0)


def _unsaid(message: str, words: Sequence[str]) -> str:
    """A message without the words that are no codes: a name in the wrong place stays unsaid."""
    for word in sorted((w.partition("=")[2] or w for w in words), key=len, reverse=True):
        if named(word.removeprefix("--")) != word.removeprefix("--"):
            message = message.replace(word, "…")
    return message


class _Usage(Refusal):
    kind, exit_code, http_status = "Usage", USAGE_EXIT, 400
    title_fr = "La commande n’est pas complète, ou a un mot de trop"


def hoisted(argv: list[str]) -> list[str]:
    """The same words with the options of the whole command moved before the verb."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        name = word.partition("=")[0]
        if word == "--":
            rest += [word, *words]
        elif name == "--lang" and rest[:1] and rest[0] in OWN_LANGUAGE:
            rest.append(word)
        elif word in GLOBAL_FLAGS or ("=" in word and name in GLOBAL_VALUES):
            front.append(word)
        elif word in GLOBAL_VALUES:
            value = next(words, None)
            front += [word] if value is None else [word, value]
        else:
            rest.append(word)
    return front + rest


def _language(words: Sequence[str]) -> Language:
    """In which language a refusal is said that comes before or after the verb is parsed."""
    said, front = os.environ.get("PARTAGE_LANG", ""), _front(list(words))
    if words[front : front + 1] != ["offer"]:
        words = words[:front]  # what the verb means by it is another language
    for number, word in enumerate(words):
        if word == "--lang":
            said = "".join(words[number + 1 : number + 2])
        elif word.startswith("--lang="):
            said = word.removeprefix("--lang=")
    return "fr" if said == "fr" else "en"


def _front(words: list[str]) -> int:
    """How many words stand before the verb."""
    number = 0
    while number < len(words):
        if words[number] in GLOBAL_VALUES:
            number += 2
        elif words[number].partition("=")[0] in (*GLOBAL_VALUES, *GLOBAL_FLAGS):
            number += 1
        else:
            break
    return number

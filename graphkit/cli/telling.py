"""Words of the command line as arguments of a question.

Words go to the parameters in their order. A shell cuts what stands between blanks, so a list or a name may come in
several words; they are put together again where there is one way to read them:

- after a word that ends with a comma comes the same list;
- a list takes the next word as well where that names a member, and enough are left for those that must be told;
- a word that does not fit where it stands, and makes a name with those before it, belongs to that name.

What fits nowhere goes where it stands, so that the question says what it takes there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.answers.arguments import parts
from graphkit.errors import AmbiguousError, QueryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.names import Names
    from graphkit.queries import Query
    from graphkit.queries.headers import Parameter

__all__ = ["told"]

COMMAS = (",", "，", "、", "|")
LONGEST = 6
"""How many words a name may have."""


def told(question: Query, words: Sequence[str], params: Sequence[str], names: Names) -> dict[str, object]:
    """Arguments by name, lists as lists.

    Args:
        question: What is asked.
        words: Arguments in the order of the parameters.
        params: Arguments as `NAME=VALUE`.
        names: What may be a name.

    Raises:
        QueryError: an argument is given twice, has no value, or may belong to two lists.
    """
    given = _placed(question, words, names)
    for param in params:
        key, sign, value = param.partition("=")
        if not sign:
            raise QueryError(f"--param {param!r} has no value; write --param NAME=VALUE")
        given.append((key, value))
    lists = {param.name for param in question.params if param.type.is_many}
    found: dict[str, object] = {}
    for name, value in given:
        if name in lists:
            found[name] = [*parts(found.get(name, [])), *parts(value)]
        elif name in found:
            raise QueryError(f"{name} is given twice")
        else:
            found[name] = value
    return found


def _placed(question: Query, words: Sequence[str], names: Names) -> list[tuple[str, str]]:
    """Each argument with the name of its parameter."""
    place, start = 0, 0
    given: list[tuple[str, str]] = []
    while start < len(words):
        previous = question.params[place - 1] if place else None
        following = question.params[place] if place < len(question.params) else None
        word, left = words[start], len(words) - start
        taken = 1
        if previous and (given[-1][1].endswith(COMMAS) or _stays(question, place, word, left, names)):
            given.append((previous.name, word))
        elif previous and (longer := _with_next(previous, following, given[-1][1], words[start:], names)):
            name, taken = longer
            given[-1] = (previous.name, name)
        elif previous and _is_misspelt(question, place, words[start:], names):
            given.append((previous.name, word))
        elif following is None:
            raise QueryError(_too_many(question))
        else:
            given.append((following.name, word))
            place += 1
        start += taken
    return given


def _stays(question: Query, place: int, word: str, left: int, names: Names) -> bool:
    """Whether a word goes on with the list before it, when so many are left."""
    previous, later = question.params[place - 1], question.params[place:]
    required = sum(param.default is None for param in later)
    if not previous.type.is_many or left <= required:
        return False
    if not _fits(previous, word, names):
        return False
    if sum(param.type.is_many for param in question.params) > 1:
        raise QueryError(_too_many(question))
    return True


def _is_misspelt(question: Query, place: int, words: Sequence[str], names: Names) -> bool:
    """Whether a word that fits nowhere is rather a wrong name for the list before it than what follows."""
    previous, later = question.params[place - 1], question.params[place:]
    required = sum(param.default is None for param in later)
    if not (previous.type.is_many and previous.type.labels) or len(words) <= required:
        return False
    return not later or not (_fits(later[0], words[0], names) or _with_next(later[0], None, words[0], words[1:], names))


def _with_next(
    previous: Parameter, following: Parameter | None, before: str, words: Sequence[str], names: Names
) -> tuple[str, int] | None:
    """The name that the last words make together, and how many of those to come it takes."""
    if not (previous.type.labels and words) or (following and _fits(following, words[0], names)):
        return None
    for taken in range(1, min(len(words), LONGEST) + 1):
        name = " ".join((before, *words[:taken]))
        if _fits(previous, name, names):
            return name, taken
    return None


def _fits(param: Parameter, word: str, names: Names) -> bool:
    """Whether a word is a value of a parameter; an ambiguous name is one."""
    for item in map(str, parts(word) if param.type.is_many else [word]):
        try:
            if param.type.labels and names.lookup(item, param.type.labels, by_initials=True) is None:
                return False
            if not param.type.labels:
                param.type.kind.clean(item)
        except AmbiguousError:
            continue
        except ValueError:
            return False
    return True


def _too_many(question: Query) -> str:
    """What to write where there are more words than parameters, or more than one way to share them out."""
    lists = [param.name for param in question.params if param.type.is_many]
    how = f"; write each list as one word, with commas ({', '.join(lists)})" if lists else ""
    known = ", ".join(param.name for param in question.params)
    most = f"{question.name} takes at most {len(question.params)} arguments: {known}"
    return f'{most}{how}; put "a name with blanks" in quotes'

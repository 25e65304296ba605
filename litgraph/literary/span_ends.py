"""Words that no mention begins or ends with, which spares the mention head more than half of all spans.

From LitBank's 80 training passages (168,787 words, 23,401 mentions): marks, function words and common verbs that stand
there at least 60 times, and never once as the first (the last) word of a mention. They count as they are written here:
a word with a capital is never left out, as "Will" and "May" may be names.
"""

from __future__ import annotations

NEVER_FIRST = frozenset(
    (
        "! \" 's ( ) , -- . : ; ? _ about after again against always am among and are asked away back be because been "
        "before began being between but by called came can come could did do ever felt for found from gave get give "
        "go going got had has have having heard how if into is just knew know known last like look looked made make "
        "may might much must n't never not now n’t of off on once or out over put rather right round said same say "
        "see seemed seen set should since soon still stood take tell than then though thought through told too took "
        "turned under up upon was way well went were when while who whole whom will with without would yet ’ ’s ”"
    ).split()
)
"""Words that begin no mention."""

NEVER_LAST = frozenset(
    (
        "! ( -- . : ; ? a after again against almost always am among an and are as asked because been began between "
        "but called came can could did even ever every far felt few first found gave get going good got great had has "
        "have having heard how if into is just know known large like little long look looked make many may might most "
        "much must n't never new no now n’t once only or quite rather round said same say should since small "
        "something soon still stood such take tell than the then think though thought through told too took turned "
        "under up upon very went were what when where while white whose without would yet young ‘ “"
    ).split()
)
"""Words that end no mention."""

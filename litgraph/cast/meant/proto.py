from __future__ import annotations
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import replace
from litgraph.cast.meant.beliefs import NOBODY, beliefs, narrowed
from litgraph.cast.meant.words import GENDER_OF, allowed, sort_of
from litgraph.names.grammar import parse_name
from litgraph.speech.turns import heard
from litgraph.types import Cast

def known_names(cast, mentions):
    known = {}
    for m in mentions:
        e = cast.entity_of.get(m.id)
        if e is not None: known[m.id] = {e: 1.0}
        elif m.form == "name" and parse_name(m.text) is not None: known[m.id] = NOBODY
    return known

def genders(cast, mentions, found, decided=()):
    votes = defaultdict(Counter)
    for m in mentions:
        g = GENDER_OF.get(sort_of(m))
        if g:
            for e, p in found[m.id].items():
                if p > .5: votes[e][g] += 1
    out = {}
    for e in cast.entities:
        if e.kind == "character" and e.gender == "unknown" and not e.ambiguous and e.id not in decided and e.id in votes:
            g, n = votes[e.id].most_common(1)[0]
            if n >= 3 and n >= .75 * votes[e.id].total(): out[e.id] = g
    return out

def understand(cast, mentions, voices, rounds=2):
    known = known_names(cast, mentions)
    by_id = {e.id: e for e in cast.entities}
    kinds = {}
    def fits(m, e):
        key = (m.label, sort_of(m), e)
        if key not in kinds: kinds[key] = allowed(m, by_id[e])
        return kinds[key]
    found = beliefs(mentions, known, lambda m, e: by_id[e].kind != "character" or True)
    for id_, g in genders(cast, mentions, found).items(): by_id[id_] = replace(by_id[id_], gender=g)
    found = beliefs(mentions, known, fits)
    starts = [v.start for v in voices]
    inside = {}
    for m in mentions:
        i = bisect_right(starts, m.start) - 1
        if i >= 0 and m.start < voices[i].end: inside[m.id] = i
    speech = heard(voices, found)
    for _ in range(rounds):
        spoken = dict(known)
        for m in mentions:
            i = inside.get(m.id)
            if i is not None and m.id not in known:
                s = sort_of(m)
                if s == "speaker": spoken[m.id] = speech[i].speaker
                elif s == "hearer": spoken[m.id] = speech[i].hearer
        def fits2(m, e):
            if not fits(m, e): return False
            i = inside.get(m.id)
            if i is not None and sort_of(m) in ("he", "she"):
                if speech[i].speaker.get(e, 0) > .6 or speech[i].hearer.get(e, 0) > .7: return False
            return True
        found = beliefs(mentions, spoken, fits2)
        speech = heard(voices, found)
    return by_id, found, speech, inside

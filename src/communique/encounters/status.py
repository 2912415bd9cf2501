"""What became of a contact as one clause tells it: wished for, planned, going on, held, put off, given up, refused.

The reading goes from the word of contact up the sentence: its own tense and modality, the words that govern it, what
it is a part of. A word of cancelling or refusing counts over any tense, a word of wishing over a plan, a plan over
nothing said. "Said" above a clause does not change it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.encounters import syntax
from communique.encounters.never import habit, of_neither, only_judged, post_taken_up
from communique.encounters.tenses import BE, STRONG, Notes, Verdict
from communique.encounters.verbs import denied_hearsay, finite, first_conjunct, future, modal, negated

if TYPE_CHECKING:
    from spacy.tokens import Token

    from communique.encounters.scene import Scene
    from communique.encounters.triggers import Trigger

__all__ = ["Verdict", "verdict"]


def verdict(scene: Scene, trigger: Trigger) -> Verdict:
    """The status of one trigger's contact by its own sentence."""
    words = scene.words
    if syntax.headline_plan(scene, trigger.head):
        return Verdict("scheduled", f"“to {trigger.head.text}” in a headline tells it")
    state = _Reader(words)
    if trigger.is_noun:
        noun = trigger.head
        top = syntax.climb(noun, words)
        for part in dict.fromkeys((noun, top)):
            state.premodifiers(part)
        state.noun(top, 0)
    else:
        state.verb(trigger.head, 0)
    if "whenever" in scene.sentence.text.lower() and habit(trigger.head):
        state.nothing = "“whenever” makes it a habit"
    if not trigger.is_noun and "neither" in scene.sentence.text.lower() and of_neither(trigger.head):
        state.nothing = "“neither” denies it"
    return state.verdict()


class _Reader(Notes):
    """Goes up the sentence from the word of contact."""

    def premodifiers(self, noun: Token) -> None:
        """ "planned visit", "possible talks", "last meeting", "cancelled trip", "no meeting"."""
        for child in noun.children:
            if child.i > noun.i and child.lower_ != "due":
                continue
            lowered = child.lower_
            if child.dep_ == "det" and lowered == "no" and any(c.lower_ == "such" for c in noun.children):
                self.note("disputed", "“no such” stands before it")
            elif child.dep_ == "det" and lowered == "no":
                self.nothing = "“no” stands before it"
            elif child.dep_ == "det" and lowered == "any" and any(negated(a) for a in noun.ancestors):
                self.nothing = "“not any” is said of it"
            elif child.dep_ in {"amod", "compound", "advmod"}:
                if lowered in self.words.adjectives:
                    self.note(self.words.adjectives[lowered], f"“{child.text}” stands before it")
                elif child.tag_ in {"VBN", "JJ"} and self.words.verbs.get(lowered) in STRONG:
                    self.note(self.words.verbs[lowered], f"“{child.text}” stands before it")

    def noun(self, top: Token, depth: int) -> None:
        """What governs a noun that stands for the contact."""
        if depth > 8:
            return
        self.full = self.full and not any(c.lower_ in {"with", "between"} for c in top.children)
        for child in top.children:
            if child.dep_ in {"relcl", "acl"} and child.i > top.i:
                self.clause_about(child, top)
        head, dep = top.head, top.dep_
        if dep == "conj":
            self.noun(first_conjunct(top), depth + 1) if first_conjunct(top).i != top.i else None
        elif dep in {"pobj", "pcomp"}:
            self.preposition(head, depth)
        elif dep in {"dobj", "nsubj", "nsubjpass", "attr", "oprd", "csubj", "dative"} and syntax.is_verb(head):
            self.governing(head, dep, depth)
        elif dep in {"appos", "nmod", "compound", "poss"} and head.tag_.startswith("NN"):
            self.status_noun(head)
            self.noun(head, depth + 1)
        elif dep == "ROOT":
            for child in top.children:
                if child.tag_ == "VBN" and child.dep_ in {"acl", "ROOT", "dep"}:
                    self.participle(child)

    def hearsay(self, noun: Token) -> None:
        """Note that one side denies the reports or rumours that tell it."""
        if noun.lower_ in self.words.lists["hearsay"] and (above := denied_hearsay(noun, self.words)) is not None:
            self.note("disputed", f"“{above.text} {noun.text}” stands above it")

    def clause_about(self, verb: Token, noun: Token) -> None:
        """ "the talks, which were postponed", "a meeting planned for Monday", "the summit to be held"."""
        lowered = syntax.phrase_of(verb)
        name = self.words.verbs.get(lowered) or self.words.verbs.get(verb.lower_)
        subject = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
        about = not subject or all(c.tag_ in {"WDT", "WP"} for c in subject)
        if verb.dep_ == "acl" and verb.tag_ == "VBN":
            self.participle(verb)
        elif name in STRONG and (about or subject):
            self.note(name, f"“{verb.text}” follows it")
        elif about and name in {"ended", "begun", None}:
            self.tense_of(verb, name or "")
        elif name in {"scheduled", "proposed"} and about and any(c.dep_ == "auxpass" for c in verb.children):
            self.note(name, f"“{verb.text}” follows it")

    def participle(self, verb: Token) -> None:
        name = self.words.verbs.get(syntax.phrase_of(verb)) or self.words.verbs.get(verb.lower_)
        if name in {*STRONG, "scheduled", "proposed"}:
            self.note(name, f"“{verb.text}” follows it")
        elif name == "ended":
            self.set_tense("held", f"“{verb.text}” follows it")

    def status_noun(self, noun: Token) -> None:
        name = self.words.nouns.get(noun.lower_)
        if noun.dep_ == "pobj" and name in STRONG and noun.head.head.lower_ in self.words.lists["hearsay"]:
            return  # "played down reports of the cancellation of the visit"
        if name and any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
            if noun.lower_ in {"date", "venue"}:
                self.note("proposed", f"“no {noun.text}” stands before it")
                return
            self.nothing = f"“no {noun.text}” stands before it"
        if name == "ended":
            self.set_tense("held", f"it is spoken of with “{noun.text}”")
        elif name and name != "begun":
            self.note(name, f"it hangs on “{noun.text}”")

    def preposition(self, preposition: Token, depth: int) -> None:
        """ "after talks", "ahead of the visit", "possibility of a meeting", "during the summit"."""
        head, lowered = preposition.head, preposition.lower_
        lists = self.words.lists
        if lowered == "of" and head.lower_ == "ahead":
            self.note("ahead", "“ahead of” stands before it")
            return
        self.hearsay(head)
        if lowered == "of" and head.tag_.startswith("NN"):
            self.status_noun(head)
            self.premodifiers(head)
            self.noun(head, depth + 1)
            return
        if lowered == "without":
            self.nothing = "“without” stands before it"
            return
        if lowered == "against" and head.lower_ in {"decided", "decide", "decides", "deciding", "opted", "opt"}:
            self.note("refused", f"“{head.text} against” stands before it")
            return
        if lowered in {"instead"} or head.lower_ == "instead":
            self.note("cancelled", "“instead of” stands before it")
            return
        if lowered in lists["before_prepositions"]:
            self.before(preposition)
            return
        verb = head if syntax.is_verb(head) else syntax.governor(preposition)
        if lowered in {"after", "following", "since"}:
            ahead = lowered != "since" and verb is not None and future(verb, lists["infinitive_future"])
            self.set_tense("scheduled" if ahead else "held", f"“{preposition.text}” stands before it")
            return
        if head.tag_.startswith("NN"):
            self.status_noun(head)
        if lowered in {"for", "to"} and (head.tag_.startswith("NN") or syntax.is_verb(head)):
            name = self._class(head)
            if name in {"proposed", "scheduled", *STRONG}:
                if syntax.is_verb(head):
                    self.governing(head, "pobj", depth)
                elif any(c.dep_ == "det" and c.lower_ == "no" for c in head.children):
                    self.nothing = f"“no {head.text}” stands before it"
                else:
                    self.planned_by(head, name)
                return
        if verb is not None and lowered in {"in", "during", "at", "on", "by", "through", "via"}:
            name = self._class(verb) or ""  # "in talks with X, Y proposed a truce": the talks were held
            keep = name in {"begun", "ended"} or (name in STRONG and lowered == "on")
            takes_part = verb.lower_ in BE or "meets_in" in self.words.light.get(syntax.phrase_of(verb), ())
            if keep or takes_part:
                self.governing(verb, "pobj", depth)
            else:
                self.tense_of(verb, "")
                if self.tense is None:
                    self.up(verb, depth + 1)
        elif (
            lowered in {"for", "to"}
            and verb is not None
            and head.i == verb.i
            and verb.lower_ in lists["going"]
            and self._class(verb) is None
        ):
            self.note("ahead", f"“{verb.text} {preposition.text}” stands before it")  # "arrived in X for talks"
        elif verb is not None and head.tag_.startswith("NN") and self._class(verb) in STRONG:
            pass  # "cancelled his trip to the summit": the summit stays
        elif verb is not None:
            self.governing(verb, "pobj", depth)
        elif head.tag_.startswith("NN") and depth < 6:
            self.noun(head, depth + 1)

    def before(self, preposition: Token) -> None:
        """What lies ahead of something that happened may lie in the past too; the report alone cannot tell."""
        self.note("ahead", f"“{preposition.text}” stands before it")

    def _class(self, token: Token) -> str | None:
        if syntax.is_verb(token):
            return self.words.verbs.get(syntax.phrase_of(token)) or self.words.verbs.get(token.lower_)
        return self.words.nouns.get(token.lower_) or self.words.adjectives.get(token.lower_)

    def governing(self, verb: Token, dep: str, depth: int) -> None:
        """A verb whose subject, object or adjunct the contact is."""
        name = self._class(verb) or ""
        denied = negated(verb)
        if dep == "dobj" and verb.lower_ in {"carrying", "bringing"}:
            self.note("ahead", f"“{verb.text}” governs it")
            return
        if name in STRONG:
            if name == "disputed" and dep == "pobj":
                return
            if only_judged(verb):
                self.nothing = f"“to {verb.text}” is only judged"
                return
            if denied:
                self.note("proposed", f"“{verb.text}” is negated")
            elif dep != "pobj" or name != "refused":
                self.note(name, f"“{verb.text}” governs it")
        elif name in {"proposed", "scheduled"} and dep in {"dobj", "nsubjpass", "oprd", "pobj", "attr"}:
            self._wished(verb, name, denied, dep)
        elif denied and dep in {"dobj", "nsubjpass"} and verb.lower_ in self.words.lists["attending"] and self.full:
            return  # the gathering was held without somebody
        elif denied and dep in {"dobj", "nsubjpass", "nsubj"}:
            self._negated_verb(verb)
            return
        elif dep == "nsubj" and verb.lower_ in self.words.lists["tells_nothing"]:
            return  # "the trip comes as ..."
        elif dep in {"nsubj", "pobj"} and not name and not self._bears(verb) and modal(verb, self.words):
            pass  # "the talks should ensure peace" says nothing about whether they will be held
        else:
            self.tense_of(verb, name)
        if verb.tag_ != "VBD" or name in STRONG:
            self.up(verb, depth + 1)
        else:
            self.denied_above(verb)

    def denied_above(self, verb: Token) -> None:
        """ "denied that the meeting took place", "denied reports that talks were held": whatever the tense below."""
        head = verb.head
        if verb.dep_ == "ccomp" and self._class(head) == "disputed" and not negated(head):
            self.note("disputed", f"“{head.text}” governs it")
        elif verb.dep_ in {"acl", "ccomp", "relcl"}:
            self.hearsay(head)

    def _bears(self, verb: Token) -> bool:
        """Is the verb one of being, holding or taking part, so that its modality is the contact's?"""
        return verb.lower_ in BE or bool(self.words.light.get(syntax.phrase_of(verb)))

    def _wished(self, verb: Token, name: str, denied: bool, dep: str) -> None:
        if dep == "pobj" and name == "scheduled" and denied:
            if any(c.lower_ in {"date", "time", "venue"} for c in verb.children):
                self.note("proposed", f"no date was {verb.text} for it")
            else:
                self.tense_of(verb, name)
        elif denied:
            self.nothing = f"“{verb.text}” is negated"
        elif verb.lower_.startswith("discuss") and (self.soft is not None or self.tense is not None):
            return  # "discussed the upcoming summit"
        elif verb.lower_ in self.words.lists["speech"]:
            self.note("ahead", f"“{verb.text}” governs it")  # "confirmed the visit", over or not
        else:
            self.note("proposed" if modal(verb, self.words) else name, f"“{verb.text}” governs it")

    def _negated_verb(self, verb: Token) -> None:
        if future(verb, self.words.lists["infinitive_future"]):
            self.note("refused", f"“{verb.text}” is negated and to come")
        else:
            self.nothing = f"“{verb.text}” is negated"

    def verb(self, verb: Token, depth: int) -> None:
        """A trigger that is itself a verb: its own tense, then what governs it."""
        if depth > 8:
            return
        self.own.add(verb.i)
        if any(c.dep_ == "advcl" and post_taken_up(c) for c in verb.children):
            self.nothing = "an envoy takes up a post"
        if verb.lower_.startswith("invit") and not negated(verb):
            self.note("proposed", f"“{verb.text}” asks for it")
        elif self._class(verb) == "scheduled" and any(c.lower_ in BE for c in verb.children):
            self.note("scheduled", f"“{verb.text}” tells it")  # "is expected in X", "had been expected in X"
            return
        if negated(verb) and verb.dep_ in {"xcomp", "ccomp"} and verb.head.lower_ in {"asked", "told", "ordered"}:
            self.note("cancelled", f"“{verb.head.text} not to” stands before it")
        elif negated(verb):
            self._negated_verb(verb)
        else:
            self.tense_of(verb, "")
        self.up(verb, depth + 1)

    def up(self, verb: Token, depth: int) -> None:
        """From a clause to what it hangs on."""
        if depth > 8:
            return
        head, dep = verb.head, verb.dep_
        self.hearsay(head)
        if dep == "conj" and syntax.is_verb(head):
            if verb.tag_ in {"VB", "VBG", "VBN"} and self.tense is None:
                self.tense_of(head, "")
            if verb.tag_ in {"VB", "VBG"}:
                self.up(head, depth + 1)
        elif dep in {"xcomp", "ccomp", "advcl", "acomp"}:
            self._complement(verb, head, dep, depth)
        elif dep == "pcomp":
            self._gerund(head, depth)
        elif dep in {"acl", "relcl"} and head.tag_.startswith("NN"):
            ranked = any(c.lower_ in {"first", "last", "only", "latest"} for c in head.children)
            if dep == "acl" or ranked:
                name = self.words.nouns.get(head.lower_)
                if any(c.lower_ in {"first", "last", "only"} for c in head.children) and verb.tag_ == "VB":
                    self.set_tense("held", "it was the first to do so")
                elif name in {"proposed", "scheduled", *STRONG}:
                    self.planned_by(head, name)
                elif verb.tag_ == "VB" and self.tense is None and name is None and head.head.i != head.i:
                    upper = syntax.governor(head)
                    if upper is not None:
                        self.tense_of(upper, "")

    def planned_by(self, noun: Token, name: str) -> None:
        """ "plans to visit X", "an invitation to Y", and what became of the plan: given up, turned down, accepted."""
        verb = noun.head if noun.dep_ in {"dobj", "nsubjpass"} and syntax.is_verb(noun.head) else None
        fate = self._class(verb) if verb is not None and not negated(verb) else None
        if verb is not None and fate in STRONG:
            self.note(fate, f"“{verb.text} {noun.text}” stands above it")
        elif verb is not None and verb.lower_.startswith("accept") and name == "proposed":
            self.note("scheduled", f"“{verb.text} {noun.text}” stands above it")
        else:
            self.note(name, f"it hangs on “{noun.text}”")

    def _gerund(self, preposition: Token, depth: int) -> None:
        lists = self.words.lists
        if preposition.lower_ == "from" and preposition.head.lower_ in lists["keeps_from"]:
            self.note("cancelled", f"“{preposition.head.text} from” stands before it")
        elif preposition.lower_ == "without":
            self.nothing = "“without” stands before it"
        elif preposition.lower_ in lists["before_prepositions"] or preposition.head.lower_ == "ahead":
            self.before(preposition)
        elif preposition.lower_ in {"after", "following", "since"}:
            self.set_tense("held", f"“{preposition.text}” stands before it")
        elif preposition.lower_ in {"of", "for", "from", "about", "in", "on", "to"}:
            name = self._class(preposition.head)
            if name in {"proposed", "scheduled", *STRONG}:
                self.planned_by(preposition.head, name)
            elif syntax.is_verb(preposition.head):
                self.tense_of(preposition.head, name or "")

    def _complement(self, verb: Token, head: Token, dep: str, depth: int) -> None:
        name = self._class(head)
        whole = finite(verb)
        if dep == "advcl":
            for child in head.children:
                if child.dep_ == "dobj" and child.i < verb.i and verb.tag_ == "VB":
                    name = self.words.nouns.get(child.lower_)
                    if name in {"proposed", "scheduled"}:
                        self.note(name, f"it hangs on “{child.text}”")
            if not whole and self.tense is None:
                self.tense_of(head, "")
            marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
            if marks & {"when", "once", "until"} and verb.tag_ in {"VBZ", "VBP"} and verb.i in self.own:
                self.tense = None  # "when X visits Y": not yet
                self.note("ahead", "“when” stands before it in the present")
            if marks & {"if", "unless"}:
                self.note("proposed", "it is a condition")
            elif marks & {"before"} and self.tense is None:
                self.before(verb)
            return
        if head.lower_ in {"able", "unable"} and (head.lower_ == "unable") != negated(head.head):
            self.note("cancelled", f"“{head.text}” is denied above it")
        elif dep == "xcomp" and head.lower_ in self.words.lists["not_done"]:
            self.nothing = f"“{head.text} to” stands before it"
        elif name == "disputed":
            self.note("disputed", f"“{head.text}” governs it")
        elif name in STRONG and not (whole and self.tense and self.tense[0] == "held"):
            if name == "refused" and negated(head):
                self.note("proposed", f"“{head.text}” is negated")
            elif name == "refused" or dep == "xcomp":
                self.note("refused" if name == "refused" else name, f"“{head.text}” governs it")
        elif name in {"proposed", "scheduled"} and not (whole and self.tense and self.tense[0] in {"held", "ongoing"}):
            if negated(head):
                self.note("refused", f"“{head.text}” is negated")
            elif not (whole and head.lower_ in self.words.lists["speech"]):
                self.note(name, f"“{head.text}” governs it")
        elif not whole and syntax.is_verb(head) and self.tense is None:
            if head.lower_ in BE and any(
                c.dep_ == "acomp" and c.lower_ in self.words.lists["desirable"] for c in head.children
            ):
                self.note("proposed", f"“{head.text} to” says that it is wished for")
            elif head.lower_ in BE:
                self.note("scheduled", f"“{head.text} to” stands before it")
                if negated(head):
                    self.note("refused", f"“{head.text} not to” stands before it")
            else:
                self.tense_of(head, name or "")
        if (
            dep in {"xcomp", "ccomp"}
            and head.dep_ in {"acomp", "ROOT"}
            and head.lower_ in self.words.lists["desirable"]
        ):
            self.note("proposed", f"“{head.text}” governs it")  # "it would be good to meet"
        if syntax.is_verb(head) or head.dep_ == "acomp":
            up = head if syntax.is_verb(head) else head.head
            if not syntax.is_verb(head) and negated(up) and head.lower_ != "able":
                self.note("refused", f"“not {head.text}” governs it")
            self.up(up, depth + 1)

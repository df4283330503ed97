"""From a text to its findings: exceptions, merging, third parties, alternatives, whole ads."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.wording.checker import Checker, Rules
from recruit.wording.models import KINDS, LANGUAGES, Finding, GenderCoded, Kind, Language, Rule, Texts
from recruit.wording.service import check

WORDS = {"masculine": ["stærk*", "leder*"], "feminine": ["omsorg*"]}
GENDER_CODED = GenderCoded.model_validate({"da": WORDS, "en": WORDS})


def rule(**values: Any) -> Rule:
    """A rule of which both languages say the same."""
    texts = {"id": "family", "basis": "Lov § 1", "why": "Det må vi ikke.", "instead": "Sig det.", **values}
    both = {"basis", "why", "instead", "patterns", "unless", "needs"}
    values = {name: {"da": value, "en": value} if name in both else value for name, value in texts.items()}
    return Rule.model_validate({"kind": "question", "severity": "red", **values})


def checker(*rules: Rule, kind: Kind = "question", language: Language = "da") -> Checker:
    others = Texts(da=["medarbejder*", "kolleger"], en=["employee*"])
    return Checker(Rules(kind, {item.id: item for item in rules}, others, GENDER_CODED), language)


def found(text: str, *rules: Rule, kind: Kind = "question") -> list[Finding]:
    return list(checker(*rules, kind=kind).check(text).findings)


def test_finding_says_where_and_why() -> None:
    text = "Hej. Er du gravid nu?"
    assert found(text, rule(patterns=["du gravid"])) == [
        Finding(
            rule="family", severity="red", start=8, end=17, text="du gravid", basis="Lov § 1", why="Det må vi ikke.",
            instead="Sig det.", replace_start=None, replace_end=None,
        )
    ]  # fmt: skip


def test_findings_are_sorted_by_their_start() -> None:
    rules = (rule(id="b", patterns=["gravid"]), rule(id="a", patterns=["er", "nu"]))
    assert [finding.rule for finding in found("Er du gravid nu", *rules)] == ["a", "b", "a"]


# Exceptions and merging


def test_match_that_touches_an_exception_is_no_finding() -> None:
    family = rule(patterns=["børn", "har du"], unless=["børn og unge", "har du erfaring"])
    assert found("Har du erfaring fra Børn og Unge?", family) == []
    assert [finding.text for finding in found("Har du selv børn? Kender du Børn og Unge?", family)] == [
        "Har du",
        "børn",
    ]


def test_exceptions_that_overlap_each_other_both_count() -> None:
    family = rule(patterns=["a", "c", "e", "g"], unless=["a b c", "c d e f"])
    assert [finding.text for finding in found("a b c d e f g", family)] == ["g"]


def test_exception_of_one_rule_says_nothing_about_another() -> None:
    rules = (rule(id="a", patterns=["børn"], unless=["børn og unge"]), rule(id="b", patterns=["børn"]))
    assert [finding.rule for finding in found("Børn og unge", *rules)] == ["b"]


def test_findings_of_one_rule_that_overlap_are_the_longest_one() -> None:
    family = rule(patterns=["har du", "du .. børn", "børn", "mand"])
    assert [finding.text for finding in found("Har du mange børn og en mand?", family)] == ["du mange børn", "mand"]
    rules = (family, rule(id="b", patterns=["har du mange"]))
    assert [finding.text for finding in found("Har du mange børn?", *rules)] == ["Har du mange", "du mange børn"]


# Third parties

PREGNANT = {"third_party": True, "patterns": ["gravid", "er du gravid", "du .. gravid"]}


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Er du gravid, og hvad siger dine kolleger?", "red"),
        ("En medarbejder er gravid. ", "amber"),
        ("Du har en medarbejder. Hun er gravid.", "amber"),
        ("Du har en medarbejder.\nHun er gravid.", "red"),
        ("Du har en medarbejder. Hun er sød. Hun er gravid.", "red"),
        ("Hun er gravid. Har du en medarbejder?", "red"),
        ("Hvad gør du, hvis medarbejderen er gravid?", "amber"),
        ("Er nogen gravid?", "red"),
    ],
)
def test_red_becomes_amber_when_the_sentence_is_about_somebody_else(text: str, severity: str) -> None:
    assert [finding.severity for finding in found(text, rule(**PREGNANT))] == [severity]


def test_in_an_ad_only_the_sentence_itself_counts() -> None:
    text = "Du har en medarbejder. Hun er gravid."
    assert [finding.severity for finding in found(text, rule(kind="ad", **PREGNANT), kind="ad")] == ["red"]


def test_rule_without_third_party_stays_red() -> None:
    assert [finding.severity for finding in found("En medarbejder er gravid", rule(patterns=["gravid"]))] == ["red"]


RANK = {"advice": 0, "amber": 1, "red": 2}
SENTENCES = ["Er du gravid?", "En medarbejder er gravid.", "Dine kolleger.", "gravid", "\n", "I er gravid!"]


@pytest.mark.parametrize("severity", ["red", "amber", "advice"])
@given(parts=st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_third_parties_never_raise_a_severity_or_hide_a_finding(severity: Any, parts: list[str]) -> None:
    text = " ".join(parts)
    plain = found(text, rule(severity=severity, patterns=PREGNANT["patterns"]))
    other = found(text, rule(severity=severity, **PREGNANT))
    assert [(item.start, item.end) for item in other] == [(item.start, item.end) for item in plain]
    assert all(RANK[new.severity] <= RANK[old.severity] for new, old in zip(other, plain, strict=True))
    if severity != "red":
        assert other == plain


# What takes the place of it


def applied(text: str, *rules: Rule, kind: Kind = "ad") -> str:
    """The text after every click, from the last to the first."""
    for finding in reversed(found(text, *rules, kind=kind)):
        assert finding.replace_start is not None and finding.replace_end is not None
        text = text[: finding.replace_start] + finding.instead + text[finding.replace_end :]
    return text


def test_alternative_takes_the_place_of_the_match_and_keeps_its_capitals() -> None:
    titles = rule(
        kind="ad",
        replaces="match",
        instead="forperson",
        patterns=["formand", {"pattern": "formanden", "instead": "forpersonen"}],
    )
    assert applied("Formanden er formand. FORMAND!", titles) == "Forpersonen er forperson. FORPERSON!"


def test_alternative_takes_the_place_of_the_sentence() -> None:
    family = rule(replaces="sentence", instead="Hvad motiverer dig?", patterns=["gravid"])
    text = "1. Goddag. Er du (måske) gravid? Tak.\n2) Er du gravid\n"
    assert applied(text, family, kind="question") == "1. Goddag. Hvad motiverer dig? Tak.\n2) Hvad motiverer dig?\n"


def test_empty_alternative_takes_the_words_out_with_one_blank() -> None:
    young = rule(kind="ad", replaces="match", instead="", patterns=["ung", "frisk"])
    assert applied("Vi søger en ung leder, der er frisk.\nUng.", young) == "Vi søger en leder, der er.\n."


# Whole ads


def test_rule_that_needs_something_finds_an_ad_without_it() -> None:
    pay = rule(
        id="pay_missing", kind="ad", severity="amber", needs=["løn*", "aflønnes"], replaces="sentence", instead="Løn."
    )
    (finding,) = found("Du leder.", pay, kind="ad")
    assert (finding.start, finding.end, finding.text) == (0, 0, "")
    assert finding.replace_start == finding.replace_end == len("Du leder.")
    assert found("Lønnen aftales.", pay, kind="ad") == []


def test_charter_is_named_by_its_title_or_by_a_pattern_of_the_rule() -> None:
    charter = checker(rule(id="charter_missing", kind="ad", needs=["ledelsesgrundlag*"]), kind="ad")
    assert charter.check("Du leder.", ["Sammen om ledelse"]).findings
    assert not charter.check("Vi står SAMMEN OM »ledelse«.", ["Ét hus", "Sammen om ledelse", ""]).findings
    assert not charter.check("Læs vores ledelsesgrundlag.", ["Sammen om ledelse"]).findings
    assert charter.check("Sammen. Om ledelse.", ["Sammen om ledelse"]).findings


@pytest.mark.parametrize(("words", "broken"), [(0, True), (299, True), (300, False), (900, False), (901, True)])
def test_length_of_an_ad_is_between_300_and_900_words(words: int, broken: bool) -> None:
    report = checker(rule(id="length", kind="ad", severity="advice"), kind="ad").check("Ja. " * words)
    assert bool(report.findings) == broken
    assert report.words == words


@pytest.mark.parametrize(("text", "broken"), [("to ord " * 24 + "ja.", False), ("to ord " * 25, True), ("", False)])
def test_lix_of_an_ad_is_below_50(text: str, broken: bool) -> None:
    report = checker(rule(id="lix", kind="ad", severity="advice"), kind="ad").check(text)
    assert bool(report.findings) == broken
    assert report.lix == (len(text.split()) or None)


def test_gender_coded_words_are_shown_and_never_a_finding() -> None:
    report = checker(rule(kind="ad", patterns=["ung"]), kind="ad").check("Stærke ledere med omsorg og stærk ledelse.")
    assert report.gender_coded == {"masculine": ["Stærke", "ledere", "stærk"], "feminine": ["omsorg"]}
    assert report.findings == ()


def test_questions_have_no_figures() -> None:
    report = checker(rule(patterns=["gravid"])).check("Stærk?")
    assert (report.lix, report.words, report.gender_coded) == (None, None, {})


# Every rule that ships, any text

PIECES = [
    "Er du gravid?", "Har I børn?", "En medarbejder er syg.", "I dag", "yngre", "formand", "Hvad tjener du?", "Are you married?",
    "How old are you?", "chairman", "under 30 år", "\r\n", "\n", "  ", "…", "(", "\"", "1. ", "m.m. ", "@", "\u0000", "å", "\u2028",
]  # fmt: skip
ANY = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
@given(text=ANY)
def test_offsets_slice_to_the_text_of_the_finding(kind: Kind, language: Language, text: str) -> None:
    for finding in check(text, kind=kind, language=language).findings:
        assert text[finding.start : finding.end] == finding.text
        if finding.replace_start is not None:
            assert finding.replace_end is not None
            assert 0 <= finding.replace_start <= finding.replace_end <= len(text)
            if finding.text:
                assert finding.replace_start <= finding.start < finding.end <= finding.replace_end


LINES = [piece for piece in PIECES if len(piece.splitlines()) == 1]


@pytest.mark.parametrize("language", LANGUAGES)
@given(lines=st.lists(st.lists(st.sampled_from(LINES), max_size=5).map(" ".join), min_size=2, max_size=2))
def test_two_questions_give_what_each_gives_alone(language: Language, lines: list[str]) -> None:
    first, second = (check(line, kind="question", language=language).findings for line in lines)
    moved = len(lines[0]) + 1
    expected = [finding.model_dump() for finding in first]
    for finding in second:
        places = {name: value + moved for name, value in finding.model_dump().items() if isinstance(value, int)}
        expected.append(finding.model_dump() | places)
    assert [
        item.model_dump() for item in check("\n".join(lines), kind="question", language=language).findings
    ] == expected


@pytest.mark.parametrize("kind", KINDS)
@given(parts=st.lists(st.sampled_from([piece for piece in PIECES if "i" not in piece.lower()]), max_size=6))
def test_capitals_change_no_finding_where_there_is_no_i(kind: Kind, parts: list[str]) -> None:
    def places(text: str) -> list[tuple[str, str, int, int]]:
        return [
            (item.rule, item.severity, item.start, item.end) for item in check(text, kind=kind, language="da").findings
        ]

    text = " ".join(parts)
    assert places(text.upper()) == places(text) == places(text.lower())


def test_measured_rule_has_no_patterns() -> None:
    with pytest.raises(ValueError, match="lix is measured"):
        rule(id="lix", kind="ad", patterns=["ung"])


def test_pronoun_after_a_named_person_is_a_question_and_no_offence() -> None:
    def severities(text: str) -> list[str]:
        return [item.severity for item in check(text, kind="ad", language="da").findings if item.rule == "gender"]

    assert severities("Formanden, Jens Thy, deltager. Han har selv børn i huset.") == ["amber"]
    assert severities("Lederen får et stærkt hold. Han skal kunne lede andre.") == ["red"]
    assert severities("Odder Kommune søger en leder. Han skal kunne lede andre.") == ["red"]
    assert severities("Formanden er Jens Thy.\nHan skal kunne lede andre.") == ["red"]

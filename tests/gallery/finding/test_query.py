"""Queries as people type them: what they mean, what is left out, what is refused and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.gallery.finding import query_keys
from ldm_desktop.gallery.finding.query import LONGEST, MOST_TERMS, Query, QueryError, parse
from ldm_desktop.gallery.finding.query_terms import (
    All,
    Being,
    Chosen,
    Either,
    Everything,
    Holding,
    Measured,
    Named,
    Node,
    Not,
    Pattern,
    Related,
    Words,
)
from ldm_desktop.gallery.finding.query_text import quote

TODAY = date(2026, 11, 23)
A, B, C = Words("a"), Words("b"), Words("c")


def meaning(text: str) -> Node:
    """Parse a query of which nothing is left out."""
    return parse(text, today=TODAY).finished().node


def left_out(text: str) -> list[str]:
    """Give the parts of a query's text that were left out."""
    query = parse(text, today=TODAY)
    return [text[start:end] for start, end in query.unfinished]


def refusal(text: str) -> QueryError:
    """Give the error of a query, and check what every error must have."""
    with pytest.raises(QueryError) as caught:
        parse(text, today=TODAY)
    assert 0 <= caught.value.start <= caught.value.end <= len(text)
    assert str(caught.value).endswith(".")
    return caught.value


def days(first: str, last: str) -> Node:
    """Give the condition for days from one to another."""
    return Measured("day", ((">=", first), ("<=", last)))


def test_the_query_of_the_issue_means_what_it_says() -> None:
    text = (
        "seed:3 model:land* rating:>=4 sampler:ddim steps:>100 "
        'tag:"blue hour" date:2026-11 parent:#5f3a'
    )
    assert meaning(text) == All(
        (
            Measured("seed", ((">=", 3), ("<=", 3))),
            Named("model", Pattern(("land", ""))),
            Measured("rating", ((">=", 4),)),
            Named("sampler", Pattern(("ddim",))),
            Measured("steps", ((">", 100),)),
            Named("tag", Pattern(("blue hour",))),
            days("2026-11-01", "2026-11-30"),
            Related("parent", "5f3a"),
        )
    )


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Everything()),
        ("  \t\n", Everything()),
        ("a b", All((A, B))),
        ("a AND b", All((A, B))),
        ("a OR b c", Either((A, All((B, C))))),
        ("a | b", Either((A, B))),
        ("(a OR b) c", All((Either((A, B)), C))),
        ("-a", Not(A)),
        ("--a", A),
        ("NOT a", Not(A)),
        ("a NOT b", All((A, Not(B)))),
        ("-(a b)", Not(All((A, B)))),
        ("or and not", All((Words("or"), Words("and"), Words("not")))),
    ],
)
def test_terms_are_joined_as_one_expects(text: str, node: Node) -> None:
    assert meaning(text) == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ('"blue hour"', Words("blue hour", exact=True)),
        ("“blue hour”", Words("blue hour", exact=True)),
        ('"say \\"a\\""', Words('say "a"', exact=True)),
        ('"tag:a"', Words("tag:a", exact=True)),
        ("land*", Words("land")),
        ("*scape", Holding(Pattern(("", "scape")))),
        ("note:fog", Words("fog", ("note",))),
        ('note:"in the fog"', Words("in the fog", ("note",), exact=True)),
        ("http://a.b/c", Words("http://a.b/c")),
        ("16:9", Words("16:9")),
        (":)", Words(":)")),
        ("a(1).png", Words("a(1).png")),
        ("(a(1).png)", Words("a(1).png")),
        ('12"', Words('12"')),
        ("#5F3A01bc", Related("id", "5f3a01bc")),
        ("#blue", Words("#blue")),
    ],
)
def test_text_is_looked_for_as_it_is(text: str, node: Node) -> None:
    assert meaning(text) == node


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("steps:5", ((">=", 5), ("<=", 5))),
        ("steps=5", ((">=", 5), ("<=", 5))),
        ("STEPS:>5", ((">", 5),)),
        ("steps<=5", (("<=", 5),)),
        ("steps:≥5", ((">=", 5),)),
        ("steps:=<5", (("<=", 5),)),
        ("steps:5..9", ((">=", 5), ("<=", 9))),
        ("steps:9…5", ((">=", 5), ("<=", 9))),
        ("steps:5..", ((">=", 5),)),
        ("steps:..9", (("<=", 9),)),
    ],
)
def test_numbers_are_compared_in_every_way_one_writes_it(
    text: str, bounds: tuple[tuple[str, int], ...]
) -> None:
    assert meaning(text) == Measured("steps", bounds)


def test_seeds_have_64_bits() -> None:
    assert meaning(f"seed:{2**64 - 1}") == Measured("seed", ((">=", 2**64 - 1), ("<=", 2**64 - 1)))
    assert "18446744073709551615" in str(refusal(f"seed:{2**64}"))


def test_a_size_bounds_each_side() -> None:
    wide, high = Measured("width", ((">=", 512),)), Measured("height", ((">=", 768),))
    assert meaning("size:>=512x768") == All((wide, high))
    assert meaning("size:>=512") == All((wide, Measured("height", ((">=", 512),))))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("date:2026", days("2026-01-01", "2026-12-31")),
        ("date:2024-2", days("2024-02-01", "2024-02-29")),
        ("date:2026-11-23", days("2026-11-23", "2026-11-23")),
        ("date:today", days("2026-11-23", "2026-11-23")),
        ("date:Yesterday", days("2026-11-22", "2026-11-22")),
        ("date:this-week", days("2026-11-23", "2026-11-29")),
        ("date:last-week", days("2026-11-16", "2026-11-22")),
        ("date:last-month", days("2026-10-01", "2026-10-31")),
        ("date:last-year", days("2025-01-01", "2025-12-31")),
        ("date:2026-11..2026-12-05", days("2026-11-01", "2026-12-05")),
        ("date:9999-12", days("9999-12-01", "9999-12-31")),
        ("date:>2026-11", Measured("day", ((">", "2026-11-30"),))),
        ("date:>=2026-11", Measured("day", ((">=", "2026-11-01"),))),
        ("date:<2026-11", Measured("day", (("<", "2026-11-01"),))),
        ("date:<=2026-11", Measured("day", (("<=", "2026-11-30"),))),
    ],
)
def test_dates_are_days_months_years_and_words(text: str, node: Node) -> None:
    assert meaning(text) == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("label:Red,blue", Either((Chosen("label", "red"), Chosen("label", "blue")))),
        ("label:none", Chosen("label", "")),
        ("noise:variation,morph", Either((Chosen("noise", "walk"), Chosen("noise", "slerp")))),
        ("noise:walk", Chosen("noise", "walk")),
        ("noise:mix", Chosen("noise", "mix")),
        ("color:green", Chosen("label", "green")),
        ("flag:reject", Chosen("flag", -1)),
        ("is:duplicate", Being("is:duplicate")),
        ("is:untagged", Not(Being("has:tags"))),
        ("-has:tag", Not(Being("has:tags"))),
        ("tag:a,b", Either((Named("tag", Pattern(("a",))), Named("tag", Pattern(("b",)))))),
        ('tag:"a,b*"', Named("tag", Pattern(("a,b*",)))),
        ('tag:"blue h"*', Named("tag", Pattern(("blue h", "")))),
        ("parent:5F3A01bc-9c21", Related("parent", "5f3a01bc9c21")),
    ],
)
def test_values_are_read_as_their_keys_ask_for(text: str, node: Node) -> None:
    assert meaning(text) == node


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("rating:", "rating:"),
        ("rating:>=", "rating:>="),
        ('tag:"blue ho', 'tag:"blue ho'),
        ('"blue ho', '"blue ho'),
        ("label:re", "label:re"),
        ("is:dup", "is:dup"),
        ("date:2026-", "date:2026-"),
        ("date:202", "date:202"),
        ("date:last-", "date:last-"),
        ("date:2026..20", "date:2026..20"),
        ("size:512x", "size:512x"),
        ("steps:5.", "steps:5."),
        ("eta:0.", "eta:0."),
        ("parent:#", "parent:#"),
        ("OR", "OR"),
        ("-", "-"),
        ("(", "("),
    ],
)
def test_what_is_not_finished_is_left_out_and_the_rest_stays(text: str, part: str) -> None:
    assert left_out(text) == [part]
    assert parse(f"a {text}").node == A
    assert left_out(f"a {text}") == [part]


def test_a_term_may_be_finished_in_the_middle_while_the_cursor_is_there() -> None:
    text = "label:re a"
    assert parse(text, cursor=8).node == A
    assert "not “re”" in str(refusal(text))


def test_who_does_not_type_is_told_of_what_is_not_finished() -> None:
    query = parse("a label:re")
    with pytest.raises(QueryError, match=r"“label:re”.* not finished") as caught:
        query.finished()
    assert (caught.value.start, caught.value.end) == (2, 10)
    assert parse("a").finished() == Query("a", A)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ratign:4", "write rating:"),
        ("smapler:ddim a", "write sampler:"),
        ("qqqq:4", "There is no key “qqqq”"),
        ("rating:9", "“rating” takes whole numbers from 0 to 5, not “9”"),
        ("steps:many", "write steps:>100"),
        ("steps:1..2..3", "not “1..2..3”"),
        ("steps:>1..2", "not “>1..2”"),
        ("steps:-1", "takes whole numbers"),
        ("steps:٣", "takes whole numbers"),
        ("label:pink", "one of red, yellow, green, blue, purple, none"),
        ("date:2026-13", "a day, a month or a year"),
        ("date:2026-02-30", "write date:2026-11"),
        ("parent:xyz", "the first digits of a picture's id"),
        ("eta:1e5", "takes a number"),
        ("(" * 30 + "a", "20 deep"),
        ("a" * (LONGEST + 1), "shorten it"),
        ("a " * (MOST_TERMS + 1), "at most 200"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(text: str, words: str) -> None:
    assert words in str(refusal(text))


def test_an_error_says_where_it_is() -> None:
    error = refusal("a rating:9 b")
    assert (error.start, error.end) == (2, 10)


def test_every_key_explains_itself_by_an_example_that_works() -> None:
    for key in query_keys.KEYS:
        assert key.example.startswith(f"{key.name}:")
        assert meaning(key.example) != Everything()


def test_accents_and_case_do_not_matter_in_names() -> None:
    assert Pattern(("CAFE",)).matches("café")
    assert Pattern(("caf", "")).matches("Café Müller")
    assert not Pattern(("caf",)).matches("café")
    assert not Pattern(("か",)).matches("が")


terms = st.one_of(
    st.text(max_size=10),
    st.sampled_from([*'()-"|*#,:', "OR", "AND", "NOT", "..", ">=", "“", " "]),
    st.sampled_from([key.example for key in query_keys.KEYS]),
    st.builds("{}:{}".format, st.sampled_from(list(query_keys.BY_NAME)), st.text(max_size=8)),
)


@given(st.lists(terms, max_size=12).map(" ".join) | st.lists(terms, max_size=12).map("".join))
def test_a_query_is_understood_or_refused_and_nothing_else(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(text)  # noqa: PT017 - or it is understood
        return
    assert query.text == text
    assert all(0 <= start < end <= len(text) for start, end in query.unfinished)


@given(st.text('0123456789abAB "“„\\*,()<>=|-ü夜#:.', min_size=1).filter(str.strip))
def test_a_quoted_value_is_read_as_it_was(name: str) -> None:
    node = meaning(f"tag:{quote(name)}")
    assert node == Named("tag", Pattern((" ".join(name.split(" ")),)))

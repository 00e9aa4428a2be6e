"""Lines on paper break where a Dane would break them."""

from generator.paper.line_breaks import breaking


def test_long_words_may_break_where_the_list_says_and_keep_their_capitals() -> None:
    prepare = breaking(["lænde-ryg-smerter"])
    assert prepare("Lænderygsmerterne er væk") == "Lænde\u00adryg\u00adsmerterne er væk"
    assert prepare("smerter i lænden") == "smerter i lænden"


def test_without_a_list_nothing_is_divided() -> None:
    assert breaking([])("lænderygsmerter") == "lænderygsmerter"


def test_a_number_stays_with_its_unit_alone() -> None:
    assert (
        breaking([])("efter 4–6 uger, 3 meter og 2 scanninger") == "efter 4–6\u00a0uger, 3\u00a0meter og 2 scanninger"
    )

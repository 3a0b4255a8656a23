import pytest
from django.contrib.auth import get_user_model

from peerhood.search import indexing
from peerhood.search.finding import find
from peerhood.search.indexing import MEMBERS, PUBLIC, Source, Telling
from peerhood.search.models import Entry

pytestmark = pytest.mark.django_db
KIND = "thing"


@pytest.fixture
def tell(monkeypatch, person):
    """Write what things tell: ``tell(Telling(...), ...)``; people stand in for things of any kind."""
    things = get_user_model().objects
    told = []
    source = Source(
        KIND, things.all, lambda things: [t for t in told if t.object_id in {p.pk for p in things}]
    )
    monkeypatch.setitem(indexing._sources, KIND, source)

    def write(*titles, audiences=(PUBLIC,), words=(), facets=()):
        ids = []
        for title in titles:
            pk = person(f"Thing{len(told)}").pk
            told.append(Telling(pk, title, words, audiences, facets))
            ids.append(pk)
        indexing.write(KIND, ids)
        return ids

    return write


def found(typed, audiences=(PUBLIC,), **narrowed):
    return list(find(typed, audiences, kind=KIND, **narrowed).ids)


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Norrköping", "norrkoping"),
        ("Malmö", "Malmo"),
        ("Malmö", "MALMÖ"),
        ("Malmo", "malmö"),
        ("Östergötland", "Ostergotland"),
        ("Åmål", "amal"),
        ("Idé och kafé", "ide kafe"),
        ("Sønderborg", "sonderborg"),
        ("Ærø", "aero"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Þórshöfn", "thorshofn"),
        ("O’Brien", "obrien"),
        ("Anna-Lena", "anna lena"),
        ("Москва", "моск"),
        ("ﬁnance", "finance"),
        ("Malmo\u0308", "malmö"),
    ],
)
def test_it_is_found_however_it_is_spelt(tell, title, typed):
    (pk,) = tell(title)
    assert found(typed) == [pk]


def test_words_are_found_as_they_are_typed(tell):
    (pk,) = tell("Benefits that survive", words=["portfolio governance"])
    for typed in ("b", "be", "benefits", "gov", "gov b", "that portfolio g"):
        assert found(typed) == [pk], typed
    assert found("enefits") == found("benefits zzz") == []


def test_exact_titles_come_first_then_whole_words_then_beginnings_then_other_words(tell):
    titles = ["Annabel", "Bo Ann", "Ann", "Anna", "Ann Zander"]
    ids = dict(zip(titles, tell(*titles), strict=True))
    (elsewhere,) = tell("Aa", words=["ann"])
    assert found("ann") == [ids[title] for title in ("Ann", "Ann Zander", "Bo Ann", "Anna", "Annabel")] + [
        elsewhere
    ]


def test_equals_are_in_the_order_of_their_names(tell):
    ids = dict(zip("cba", tell("Chi Ek", "Ben Ek", "Ada Ek"), strict=True))
    assert found("ek") == [ids["a"], ids["b"], ids["c"]]
    assert found("") == [ids["a"], ids["b"], ids["c"]]


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "a*", "NEAR(a b)", "a OR b", "title:a", "marks : a_public", "a AND NOT b", "-a", "^a", "{title} : a",
     "'a':*", "a & !b", "(", "a\0b", "\ud800", "😀", "%", "_", "\\", "a" * 5000, "a " * 5000, "' OR 1=1 --"],
)  # fmt: skip
def test_nothing_typed_is_an_operator_and_nothing_breaks(tell, typed):
    tell("Secret", audiences=["circle:1"])
    assert found(typed) == []


def test_a_word_of_the_index_itself_finds_nothing(tell):
    tell("Ek", facets=[("town", "Falun")])
    for typed in ("a_thing__public", "a_thing", "f_town__falun", "public", "falun"):
        assert found(typed) == [], typed


def test_only_those_who_are_told_find_it(tell):
    (everybody,) = tell("Ek one")
    (members,) = tell("Ek two", audiences=[MEMBERS])
    (circles,) = tell("Ek three", audiences=["circle:1", "circle:2"])
    (own,) = tell("Ek four", audiences=["person:1"])
    assert set(found("ek")) == {everybody}
    assert set(found("ek", [PUBLIC, MEMBERS])) == {everybody, members}
    assert set(found("ek", [PUBLIC, "circle:2"])) == {everybody, circles}
    # Another circle whose number begins so is another circle.
    assert set(found("ek", [PUBLIC, "circle:11", "person:11"])) == {everybody}
    assert set(found("", [PUBLIC, "person:1"])) == {everybody, own}


def test_control_without_the_audience_everything_is_found(tell, monkeypatch):
    from peerhood.search import postgresql, sqlite

    tell("Ek", audiences=["circle:1"])
    assert found("ek") == []
    monkeypatch.setattr(sqlite, "_marks", lambda question: f'marks : "a_{KIND}__" *')
    monkeypatch.setattr(postgresql, "_marks", lambda question: f"'a_{KIND}__':*")
    assert len(found("ek")) == 1


def test_what_is_told_to_two_audiences_is_found_once(tell, monkeypatch):
    (pk,) = tell("Ek", audiences=[PUBLIC])
    source = indexing._sources[KIND]
    twice = [Telling(pk, "Ek", [], [PUBLIC]), Telling(pk, "Ek", ["secret"], [MEMBERS])]
    monkeypatch.setitem(indexing._sources, KIND, Source(KIND, source.objects, lambda _things: twice))
    indexing.write(KIND, [pk])
    assert Entry.objects.count() == 2
    answer = find("ek", [PUBLIC, MEMBERS], kind=KIND)
    assert (list(answer.ids), answer.count) == ([pk], 1)
    assert (found("secret"), found("secret", [MEMBERS])) == ([], [pk])


def test_it_is_narrowed_by_facets_and_by_their_beginnings(tell):
    (malmo,) = tell("Ek one", facets=[("town", "Malmö"), ("team_size", "one")])
    (vasby,) = tell("Ek two", facets=[("town", "Upplands Väsby"), ("team_size", "two")])
    assert found("ek", having=[("team_size", "one")]) == [malmo]
    assert found("", having=[("team_size", "on")]) == []
    assert found("", beginning=[("town", "mal")]) == [malmo]
    assert found("ek", beginning=[("town", "upplands va")]) == [vasby]
    # Nothing but marks narrows nothing.
    assert found("", beginning=[("town", "***")]) == [malmo, vasby]


def test_of_very_many_the_first_are_in_order_and_the_rest_is_not_counted(tell, monkeypatch):
    monkeypatch.setattr("peerhood.search.finding.MOST", 10)
    titles = [f"Ek {letter}" for letter in "zyxwvutsrqponmlkjihgfedcba"]
    ids = tell(*titles)
    tell("Ek aa", audiences=["circle:1"])
    for typed in ("", "e", "ek"):
        answer = find(typed, [PUBLIC], kind=KIND, upto=5)
        assert list(answer.ids[:5]) == ids[-1:-6:-1], typed
        assert (answer.count, answer.is_more) == (10, True)
    narrowed = find("", [PUBLIC], kind=KIND, beginning=[("town", "x")], upto=5)
    assert (narrowed.count, narrowed.is_more) == (0, False)


def test_writing_twice_changes_nothing(tell):
    ids = tell("Ek", facets=[("town", "Malmö")])
    before = list(Entry.objects.values())
    assert indexing.write(KIND, ids) == 0
    assert list(Entry.objects.values()) == before


def test_what_is_not_told_any_more_is_not_found(tell, monkeypatch):
    ids = tell("Ek", "Elm")
    source = indexing._sources[KIND]
    monkeypatch.setitem(indexing._sources, KIND, Source(KIND, source.objects, lambda _things: []))
    indexing.write(KIND, ids[:1])
    assert found("e") == ids[1:]
    indexing.forget(KIND, ids)
    assert found("e") == []


def test_writing_everything_takes_out_what_is_no_more(tell):
    one, other = tell("Ek", "Elm")
    get_user_model().objects.filter(pk=one).delete()
    Entry.objects.filter(object_id=other).update(title="wrong", words="wrong")
    assert found("wrong") == [other]
    indexing.write_everything()
    assert (found("e"), found("wrong")) == ([other], [])

"""The typefaces are cut to what pages show, once."""

import pytest

from peerhood.design import fonts

TTFont = pytest.importorskip("fontTools.ttLib").TTFont


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fraunces-latin.000000000000.woff2").touch()
    fonts.cut(folder)
    return folder


def test_the_latin_files_fit_in_the_page(cut):
    sizes = [
        (cut / fonts.FACES[name].file_name).stat().st_size for name in ("fraunces-latin", "figtree-latin")
    ]
    assert sum(sizes) <= 57 * 1024


def test_only_the_weight_may_still_vary(cut):
    for face in fonts.FACES.values():
        axes = TTFont(cut / face.file_name)["fvar"].axes
        assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in axes] == [("wght", 400, 700)]


def test_figtree_keeps_tabular_figures(cut):
    font = TTFont(cut / fonts.FACES["figtree-latin"].file_name)
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert features >= {"tnum"}


def test_swedish_needs_the_latin_file_only(cut):
    letters = TTFont(cut / fonts.FACES["fraunces-latin"].file_name).getBestCmap()
    assert [letter for letter in "åäöÅÄÖéÉ–’”…· €" if ord(letter) not in letters] == []


def test_older_cuts_are_removed_and_nothing_is_cut_twice(cut):
    assert {file.name for file in cut.iterdir()} == {face.file_name for face in fonts.FACES.values()}
    assert fonts.cut(cut) == []

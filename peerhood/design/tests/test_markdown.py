"""What people write can do no harm, whatever they write."""

import re

import pytest
from django.template import Context, Template

from peerhood.design.markdown import rendered

ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '<img src=x onerror="alert(1)">',
    "![x](javascript:alert(1))",
    "![x](https://elsewhere.example/seen.png)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox)",
    "<javascript:alert(1)>",
    '[x](https://a.example" onclick="alert(1))',
    '[x](https://a.example "x\\" onmouseover=alert(1) y=\\"")',
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<div hx-get="/sign-out/" hx-trigger="load">x</div>',
    '<a href="/" hx-post="/circles/" data-hx-on="x">x</a>',
    "<p style='position:fixed;inset:0'>x</p>",
    "<style>*{display:none}</style>",
    '<base href="https://elsewhere.example/">',
    '<form action="https://elsewhere.example/"><input name=code></form>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="x"></object><embed src="x"><link rel=import href=x><meta http-equiv=refresh content=0>',
    "> <script>alert(1)</script>",
    "- <b onclick=alert(1)>x</b>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
TAG = re.compile(r"<(/?)([a-z0-9]+)((?:[^>\"]|\"[^\"]*\")*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
HARMLESS = {
    "p",
    "br",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "em",
    "strong",
    "s",
    "a",
}
HARMLESS |= {"table", "thead", "tbody", "tr", "th", "td", "hr"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_only_harmless_tags_and_addresses_are_left(attack):
    for _, tag, attributes in TAG.findall(rendered(attack)):
        assert tag in HARMLESS
        for name, address in ATTRIBUTE.findall(attributes):
            assert name in {"href", "title", "rel", "start"}
            if name == "href":
                assert re.match(r"https?:|mailto:", address)


def test_the_corpus_is_harmful_where_nothing_is_cleaned():
    """The twin that must fail: as raw HTML most of these do carry what we look for."""
    harmful = [a for a in ATTACKS if any(tag not in HARMLESS for _, tag, _ in TAG.findall(a))]
    assert len(harmful) >= 15


def test_plain_markdown_comes_out_as_meant():
    text = "# Recap\n\nWe *met* **twice**:\n\n1. once\n2. again\n\n[Notes](https://a.example/)"
    assert rendered(text) == (
        "<h2>Recap</h2>\n<p>We <em>met</em> <strong>twice</strong>:</p>\n"
        "<ol>\n<li>once</li>\n<li>again</li>\n</ol>\n"
        '<p><a href="https://a.example/" rel="nofollow ugc noopener">Notes</a></p>\n'
    )


def test_headings_begin_at_h2_and_none_is_skipped():
    def levels(text):
        return re.findall(r"<(h\d)>", rendered(text))

    assert levels("## A\n\n### B\n\n## C") == ["h2", "h3", "h2"]
    assert levels("# A\n\n#### B\n\n##### C") == ["h2", "h3", "h4"]
    assert levels("### A\n\n# B") == ["h2", "h2"]


def test_the_filter_is_safe_to_show_as_it_is():
    template = Template("{% load design %}{{ text|markdown }}")
    assert template.render(Context({"text": "5 < 6 & *so*"})) == "<p>5 &lt; 6 &amp; <em>so</em></p>\n"
    assert template.render(Context({"text": None})) == ""

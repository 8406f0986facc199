"""What is read from each format: blocks with text and place, links, fields, comments, and what was left out."""

import pytest

from healthlint.formats import parse
from healthlint.text import Source


def read(name: str, text: str) -> list[str]:
    """All that a document says, a line each; ` <- ` stands before the source of a text that differs from it."""
    document = parse(Source(name, text))

    def place(start: int, end: int) -> str:
        clean, span = document.text[start:end], document.prose.span(start, end)
        source = text[span.start : span.end]
        return clean if clean == source else f"{clean} <- {source}"

    return [
        *(f"{b.kind}{b.level or ''}: {place(b.start, b.end)}" for b in document.blocks),
        *(f"link to {link.target}: {place(link.start, link.end)}" for link in document.links),
        *(f"{field.key} = {place(field.start, field.end)}" for field in document.fields),
        *(f"comment: {text[comment.start : comment.end]}" for comment in document.comments),
        *(f"{count} unchecked as {reason}" for reason, count in sorted(document.unchecked.items())),
        *document.notices,
    ]


MARKDOWN: list[tuple[str, list[str]]] = [
    (
        "A lone ` tick {{ x }}\n\nand ` another {{ y }} here\n",
        [
            "paragraph: A lone ` tick",
            "paragraph: and ` another here <- and ` another {{ y }} here",
            "6 unchecked as templates",
        ],
    ),
    (
        "Setext *one*\n===\n\nand two\nlines\n---\n",
        ["heading1: Setext one <- Setext *one", "heading2: and two lines <- and two\nlines"],
    ),
    (
        "# Heading {#custom .big}\n\n####### seven\n",
        ["heading1: Heading", "paragraph: ####### seven", "2 unchecked as templates"],
    ),
    ("## Closed ##  \n\n#\tTab\n", ["heading2: Closed", "heading1: Tab"]),
    ("a  \nhard\\\nbreak\nsoft", ["paragraph: a hard break soft <- a  \nhard\\\nbreak\nsoft"]),
    (
        "- one\n- two\n  - inner\n    more\n\n  after\n- [x] task\n",
        ["item1: one", "item1: two", "item2: inner more <- inner\n    more", "item1: after", "item1: task"],
    ),
    (
        "1) first\n\n   second paragraph\n\n       code\n10) ten\n",
        ["item1: first", "item1: second paragraph", "item1: ten", "1 unchecked as code"],
    ),
    ("- a\n  ```\n  code\n  ```\n  b\n", ["item1: a", "item1: b", "1 unchecked as code"]),
    (
        "> quoted\nlazy\n>\n> > deeper\n> - item in quote\n",
        ["quote: quoted lazy <- quoted\nlazy", "quote: deeper", "item1: item in quote"],
    ),
    ("> [!WARNING]\n> Call a doctor.\n", ["paragraph: Call a doctor."]),
    (
        "| Drug | *Dose* |\n|:-----|-----:|\n| A \\| B | `5` mg |\n| only one |\n\nafter\n",
        [
            "cell: Drug",
            "cell: Dose",
            "cell: A | B <- A \\| B",
            "cell: mg",
            "cell: only one",
            "paragraph: after",
            "1 unchecked as code",
        ],
    ),
    (
        "Text[^a] and[^b].\n\n[^a]: The *note*\n    goes on.\n\n    And on.\n[^b]: Second.\n",
        [
            "paragraph: Text and. <- Text[^a] and[^b].",
            "footnote: The note goes on. <- The *note*\n    goes on.",
            "footnote: And on.",
            "footnote: Second.",
            "link to #fn-a: t",
            "link to #fn-b: d",
        ],
    ),
    (
        "Term\n: First meaning\n: Second *meaning*\n\nOther term\n\n: Loose\n",
        [
            "item1: Term",
            "item1: First meaning",
            "item1: Second meaning <- Second *meaning",
            "item1: Other term",
            "item1: Loose",
        ],
    ),
    (
        "```python title=\"x\"\nprint('prose')\n```\nprose\n\n    indented code\n\n~~~\nopen to the end\n",
        ["paragraph: prose", "7 unchecked as code"],
    ),
    (
        "A `code with \\` b ``two ` ticks`` c\n",
        ["paragraph: A b c <- A `code with \\` b ``two ` ticks`` c", "6 unchecked as code"],
    ),
    (
        "A <https://example.org/a_b> and <me@example.org> and https://bare.example.org/x.\n",
        [
            "paragraph: A https://example.org/a_b and me@example.org and "
            "https://bare.example.org/x. <- A <https://example.org/a_b> and <me@example.org> and "
            "https://bare.example.org/x.",
            "link to https://example.org/a_b: https://example.org/a_b",
            "link to me@example.org: me@example.org",
        ],
    ),
    (
        'See [the *study*](https://x.org/a_(b) "A title") and [ref][], [other][ref], [ref] and [none].\n'
        "\n"
        "[ref]: <https://y.org> 'Title\n"
        "  goes on'\n",
        [
            "paragraph: See the study and ref, other, ref and [none]. <- See [the "
            '*study*](https://x.org/a_(b) "A title") and [ref][], [other][ref], [ref] and [none].',
            "link to https://x.org/a_(b): the study <- the *study",
            "link to https://y.org: ref",
            "link to https://y.org: other",
            "link to https://y.org: ref",
        ],
    ),
    (
        '![The *alt* text\nof two lines](a.png "t") and ![](b.png) more ![second][img].\n\n[img]: /i.png\n',
        [
            "caption: The alt text of two lines <- The *alt* text\nof two lines",
            "paragraph: and more . <- and ![](b.png) more ![second][img].",
            "caption: second",
        ],
    ),
    ("[![alt](a.png)](https://x.org)\n", ["caption: alt", "link to https://x.org: alt"]),
    (
        "AT&amp;T &lt;b&gt; &copy &nosuch; &#97;&#x62; &frac12;\n",
        ["paragraph: AT&T <b> &copy &nosuch; ab ½ <- AT&amp;T &lt;b&gt; &copy &nosuch; &#97;&#x62; &frac12;"],
    ),
    (
        "\\*not emphasis\\* \\& \\\\ \\a a\\\nb\n",
        ["paragraph: *not emphasis* & \\ \\a a b <- *not emphasis\\* \\& \\\\ \\a a\\\nb"],
    ),
    (
        "**bold**text*ital*ic ***both*** __un__der_score_ 2*3*4 ~~gone~~\n",
        [
            "paragraph: boldtextitalic both _un__der_score 234 gone <- bold**text*ital*ic "
            "***both*** __un__der_score_ 2*3*4 ~~gone"
        ],
    ),
    (
        'H~2~O is <sub>not</sub> <b title="a > b">bold</b><br>next<br/>line\n',
        [
            'paragraph: H~2~O is not bold next line <- H~2~O is <sub>not</sub> <b title="a > '
            'b">bold</b><br>next<br/>line'
        ],
    ),
    (
        "one <!-- two --> three\n\n<!-- block\n\ncomment --> tail\n\nlast\n",
        [
            "paragraph: one three <- one <!-- two --> three",
            "paragraph: tail",
            "paragraph: last",
            "comment: <!-- two -->",
            "comment: <!-- block\n\ncomment -->",
        ],
    ),
    (
        '<div class="x">\nHTML &amp; *stars*\n</div>\n\n*markdown*\n',
        ["paragraph: HTML & *stars* <- HTML &amp; *stars*", "paragraph: markdown"],
    ),
    ("<table>\n<tr><th>Head<th>Two\n<tr><td>a<td>b\n</table>\n", ["cell: Head", "cell: Two", "cell: a", "cell: b"]),
    ("> <div>\n> in *quote*\n> </div>\n\n- <p>in\n  item</p>\n", ["quote: in *quote*", "item1: in item <- in\n  item"]),
    (
        "<details>\n<summary>Sum</summary>\n\nInner **text**\n\n- item\n\n</details>\n\nOuter\n",
        ["paragraph: Sum", "paragraph: Inner text <- Inner **text", "item1: item", "paragraph: Outer"],
    ),
    ("<blockquote>\n\nSaid *she*\n\n</blockquote>\n", ["quote: Said she <- Said *she"]),
    (
        "<nav>\n\n- [Home](/)\n- [About](/about)\n\n</nav>\n\nProse\n",
        ["furniture: Home", "furniture: About", "paragraph: Prose", "link to /: Home", "link to /about: About"],
    ),
    ("<aside>\n\nnever closed\n", ["paragraph: never closed"]),
    (
        "<script>\n"
        "let a = '<p>no</p>';\n"
        "\n"
        "more()\n"
        "</script>\n"
        "\n"
        "yes <code>no</code> <kbd>key</kbd> <span hidden>no</span> end\n",
        [
            "paragraph: yes key end <- yes <code>no</code> <kbd>key</kbd> <span hidden>no</span> end",
            "1 unchecked as code",
        ],
    ),
    (
        '<h2 id="x">HTML heading</h2>\n'
        '<p>Para <a href="https://x.org?a=1&amp;b=2">link &amp; text</a>.</p>\n'
        "<ul><li>one<li>two</ul>\n",
        [
            "heading2: HTML heading",
            'paragraph: Para link & text. <- Para <a href="https://x.org?a=1&amp;b=2">link &amp; text</a>.',
            "item1: one",
            "item1: two",
            "link to https://x.org?a=1&b=2: link & text <- link &amp; text",
        ],
    ),
    ("<p>unclosed\n\nmarkdown *after*\n", ["paragraph: unclosed", "paragraph: markdown after <- markdown *after"]),
    (
        "before <code>open\n\nnext paragraph </code> end\n",
        ["paragraph: before", "paragraph: next paragraph end <- next paragraph </code> end", "1 unchecked as code"],
    ),
    (
        '{% include figure.html src="a.png"\n   caption="no" %}\nText {{ page.title | escape }} on.\n{: .lead #top}\n',
        ["paragraph: Text on. <- Text {{ page.title | escape }} on.", "14 unchecked as templates"],
    ),
    (
        "{% raw %}\n"
        "{{ no }} *prose*\n"
        "{% endraw %}\n"
        "yes {% comment %} no {% endcomment %} more\n"
        "{% comment %} not closed\n",
        [
            "paragraph: yes more not closed <- yes {% comment %} no {% endcomment %} more\n{% comment %} not closed",
            "20 unchecked as templates",
        ],
    ),
    (
        '{{< figure src="a.png" caption="no" >}}\n'
        "\n"
        "{{% notice tip %}}\n"
        "Inside *it*\n"
        "{{% /notice %}}\n"
        "\n"
        "{{< highlight go >}}\n"
        "no()\n"
        "{{< /highlight >}}\n"
        "end\n",
        ["paragraph: Inside it <- Inside *it", "paragraph: end", "20 unchecked as templates"],
    ),
    (
        '**{{ x }}bold{{ y }}** and [a]({{ site.url }}/about) and [b]({% link c.md %}){:target="_blank"}\n',
        [
            "paragraph: bold and a and b <- bold{{ y }}** and [a]({{ site.url }}/about) and [b",
            "link to /about: a",
            "link to : b",
            "14 unchecked as templates",
        ],
    ),
    (
        "`{{ code }}` stays\n\n```\n{% raw %}\n```\n\nprose {{ gone }} here\n",
        [
            "paragraph: stays",
            "paragraph: prose here <- prose {{ gone }} here",
            "6 unchecked as code",
            "3 unchecked as templates",
        ],
    ),
    (
        ":::note\n\nInner *text*\n\n:::\n\n:::danger[Take *care*]\nText\n:::\n\n::: tip A title\nMore\n:::\n",
        [
            "paragraph: Inner text <- Inner *text",
            "paragraph: Take care <- Take *care",
            "paragraph: Text",
            "paragraph: A title",
            "paragraph: More",
            "8 unchecked as templates",
        ],
    ),
    (
        "Costs $5 and $10 or $a_1$ or $\\alpha$.\n\n$$\nx = 1\n$$\n\nprice $$2$$ end\n",
        [
            "paragraph: Costs $5 and $10 or or . <- Costs $5 and $10 or $a_1$ or $\\alpha$.",
            "paragraph: price end <- price $$2$$ end",
            "8 unchecked as templates",
        ],
    ),
    ("[toc]\n\n[[TOC]]\n\n* * *\n\n***\n___\nend\n", ["paragraph: end", "2 unchecked as templates"]),
    (
        "\tTabbed code\n\n-\tTab item\n\n \tcode in nothing\n",
        ["item1: Tab item", "item1: code in nothing", "2 unchecked as code"],
    ),
    (
        "café na\u0308ive 🙂 a\xa0b\xadc\u200bd “q” \u202eRTL\u202c\n",
        ["paragraph: café na\u0308ive 🙂 a\xa0b\xadc\u200bd “q” \u202eRTL\u202c"],
    ),
    (
        "line\r\n- item\r\n  more\r\n\r\n> quote\r\n> more\r\n",
        ["paragraph: line", "item1: item more <- item\r\n  more", "quote: quote more <- quote\r\n> more"],
    ),
    ("old\rmac\r\rline\r", ["paragraph: old mac <- old\rmac", "paragraph: line"]),
    ("\ufeff# BOM\n", ["heading1: BOM"]),
    ('\ufeff---\r\ntitle: "Café"\r\n---\r\nBody\r\n', ["title: Café", "paragraph: Body", "title = Café"]),
    ("---\nnot: closed\n\nText\n", ["paragraph: not: closed", "paragraph: Text"]),
    ("---\n\nJust a rule\n\n---\n\nText\n", ["paragraph: Just a rule", "paragraph: Text"]),
    ("nul\x00in word \x00 alone\n", ["paragraph: nul\x00in word \x00 alone"]),
    ("* a\n+ b\n- c\n\n1. x\n2) y\n", ["item1: a", "item1: b", "item1: c", "item1: x", "item1: y"]),
    ("- \n- b\n-\n", ["item1: b"]),
    ("| a |\n|---|\n\n|no table\n", ["cell: a", "paragraph: |no table"]),
    (
        "a | b\n--|--\n<b>x</b> | <ul><li>y</li><li>z</li></ul>\n{{ t }} | c\n",
        ["cell: a", "cell: b", "cell: x", "item1: y", "item1: z", "cell: c", "3 unchecked as templates"],
    ),
    ("*   *   nested\n", ["item2: nested"]),
    ("Text\n***\nText\n  * * *\n", ["paragraph: Text", "paragraph: Text"]),
    ("&nbsp;\n\n&nbsp;text&nbsp;\n", ["paragraph: \xa0text <- &nbsp;text"]),
    (
        "[link\nacross *lines*](x) [a](<b c>) [a](b c)\n",
        [
            "paragraph: link across lines a [a](b c) <- link\nacross *lines*](x) [a](<b c>) [a](b c)",
            "link to x: link across lines <- link\nacross *lines",
            "link to b c: a",
        ],
    ),
    (
        "Emphasis_inside_word and *start*end and **a*b*c**\n",
        ["paragraph: Emphasis_inside_word and startend and abc <- Emphasis_inside_word and *start*end and **a*b*c"],
    ),
    ("Email a@b.co, (www.x.org) and x.org\n", ["paragraph: Email a@b.co, (www.x.org) and x.org"]),
    (
        "<!-- c1 --><!-- c2 -->\n<?php echo 'no'; ?>\n<!DOCTYPE html>\n<![CDATA[ no ]]>\n\nyes\n",
        ["paragraph: yes", "comment: <!-- c1 -->", "comment: <!-- c2 -->"],
    ),
    (
        '<img src="a.png" alt="An &amp; image"> text\n\npara <img alt=\'inline\' src=x> end\n',
        [
            "caption: An & image <- An &amp; image",
            "paragraph: text",
            "paragraph: para end <- para <img alt='inline' src=x> end",
            "caption: inline",
        ],
    ),
    (
        "1. a\n\n   > q\n   > <p>h\n   > i</p>\n\n   | t |\n   |---|\n   | c |\n",
        ["item1: a", "quote: q", "quote: h i <- h\n   > i", "cell: t", "cell: c"],
    ),
    (
        "# *a* `c` [l](x)\n\n## <span>s</span>\n",
        ["heading1: a l <- a* `c` [l", "heading2: s", "link to x: l", "1 unchecked as code"],
    ),
    (
        "text\n<div>interrupts</div>\nafter\n\nend\n",
        ["paragraph: text", "paragraph: interrupts", "paragraph: after", "paragraph: end"],
    ),
]

HTML: list[tuple[str, list[str]]] = [
    (
        '<p><a href="x">&nbsp;</a></p><p>abc <a href="y">d</a></p>',
        ['paragraph: abc d <- abc <a href="y">d', "link to y: d"],
    ),
    (
        '<!DOCTYPE html><html><head><title>T &amp; S</title><meta name="description" '
        "content=\"A &quot;lead&quot;  here\"><meta content='Dr. A' name=author><meta "
        'property="article:published_time" content="2024-01-02"></head><body><p>Text</p></body></html>',
        [
            "title: T & S <- T &amp; S",
            'lead: A "lead" here <- A &quot;lead&quot;  here',
            "field: Dr. A",
            "field: 2024-01-02",
            "paragraph: Text",
            'description = A "lead" here <- A &quot;lead&quot;  here',
            "author = Dr. A",
            "date = 2024-01-02",
        ],
    ),
    ("<title>Site</title><h1>Title</h1><p>a</p>", ["heading1: Title", "paragraph: a"]),
    (
        '<script type="application/ld+json">{"author": {"@type": "Person", "name": "Jane '
        'Roe"}, "datePublished": "2024-05-06"}</script><p>a</p>',
        ["field: Jane Roe", "field: 2024-05-06", "paragraph: a", "author = Jane Roe", "date = 2024-05-06"],
    ),
    (
        '<time datetime="2024-02-03">3 February</time>',
        ["field: 2024-02-03", "paragraph: 3 February", "date = 2024-02-03"],
    ),
    (
        "<p>one\n  two\t three</p><p>four<p>five<div>six</div>seven",
        [
            "paragraph: one two three <- one\n  two\t three",
            "paragraph: four",
            "paragraph: five",
            "paragraph: six",
            "paragraph: seven",
        ],
    ),
    (
        "<ul><li>a<ul><li>b<li>c</ul>d<li><p>e</p><p>f</p></ul>",
        ["item1: a", "item2: b", "item2: c", "item1: d", "item1: e", "item1: f"],
    ),
    (
        "<ol><li>a</li>\n<li>b</li></ol><dl><dt>T<dd>D<dd>E<dt>U</dl>",
        ["item1: a", "item1: b", "item1: T", "item1: D", "item1: E", "item1: U"],
    ),
    (
        "<table><caption>Cap</caption><thead><tr><th>H<th>I<tbody><tr><td><p>a</p><td>b<br>c</table>",
        ["caption: Cap", "cell: H", "cell: I", "cell: a", "cell: b c <- b<br>c"],
    ),
    ("<blockquote><p>a</p>b<cite>c</cite></blockquote>", ["quote: a", "quote: bc <- b<cite>c"]),
    (
        "<header>site</header><nav>n</nav><main><header><h1>H</h1></header><p>p</p><aside>s</a"
        "side></main><footer>f</footer>",
        ["furniture: site", "furniture: n", "heading1: H", "paragraph: p", "furniture: s", "furniture: f"],
    ),
    (
        '<div class="related posts">r</div><div class="with-sidebar">p</div><div '
        "role=navigation>n</div><form>f<button>b</button>g</form>x",
        [
            "furniture: r",
            "paragraph: p",
            "furniture: n",
            "furniture: f",
            "furniture: b",
            "furniture: g",
            "paragraph: x",
        ],
    ),
    ("<p>a <b>b<i>c</b>d</i> e</p><P CLASS=x>f</P>", ["paragraph: a bcd e <- a <b>b<i>c</b>d</i> e", "paragraph: f"]),
    (
        "<p>a<!-- c --><!-->b<!---->c<!-- d --!>e</p><!-- open <p>f</p>",
        [
            "paragraph: abce <- a<!-- c --><!-->b<!---->c<!-- d --!>e",
            "comment: <!-- c -->",
            "comment: <!---->",
            "comment: <!-- d --!>",
            "comment: <!-- open <p>f</p>",
        ],
    ),
    (
        "<p>a &lt; b &amp;&nbsp;c &#8212; &#x2014; &copy; &copy2 &unknown; &amp AT&T &#0; &#1; &# &#x; &; x&y=1</p>",
        [
            "paragraph: a < b &\xa0c — — © ©2 &unknown; & AT&T � &# &#x; &; x&y=1 <- a &lt; b "
            "&amp;&nbsp;c &#8212; &#x2014; &copy; &copy2 &unknown; &amp AT&T &#0; &#1; &# &#x; &; x&y=1"
        ],
    ),
    ("<p>a < b > c <3 d</p><p>a<b</p>", ["paragraph: a < b > c <3 d", "paragraph: a"]),
    (
        "<a href='/x'>one</a> <a href=/y>two <a href=\"z\">three</a><h3><a "
        "href='q'>Head</a></h3><a href=w><h4>H</h4><p>P</p></a>",
        [
            'paragraph: one two three <- one</a> <a href=/y>two <a href="z">three',
            "heading3: Head",
            "heading4: H",
            "paragraph: P",
            "link to /x: one",
            "link to /y: two",
            "link to z: three",
            "link to q: Head",
            "link to w: H\n\nP <- H</h4><p>P",
        ],
    ),
    (
        '<figure><img src=a alt="Alt &amp; text"><figcaption>Cap</figcaption></figure><p>in '
        "<img alt=inline src=b>line</p><img alt>",
        [
            "caption: Alt & text <- Alt &amp; text",
            "caption: Cap",
            "paragraph: in line <- in <img alt=inline src=b>line",
            "caption: inline",
        ],
    ),
    (
        "<pre>code\n"
        "  "
        "<b>x</b></pre>a<code>c</code>b<textarea><p>t</textarea><svg><title>s</title><text>x</"
        "text></svg><template>t</template>end",
        [
            "paragraph: a bend <- "
            "a<code>c</code>b<textarea><p>t</textarea><svg><title>s</title><text>x</text></svg><te"
            "mplate>t</template>end",
            "3 unchecked as code",
        ],
    ),
    (
        "<p>a<script>if (a<b) '</p>'</script>b</p><style>p > a {}</style><script>never closed <p>x</p>",
        ["paragraph: ab <- a<script>if (a<b) '</p>'</script>b"],
    ),
    (
        '<div hidden>a<div>b</div>c</div><span style="display: none">d</span><p aria-hidden=true>e</p>f<div hidden>g',
        ["paragraph: f", "paragraph: g"],
    ),
    ('<p title="a > b" data-x=\'"\' hidden="">no</p><p title="unclosed>text</p>', ["paragraph: text"]),
    (
        "<p>a<br>b<br><br>c <br/>\n<br/> d<br>-<br>e</p>",
        ["paragraph: a b <- a<br>b", "paragraph: c", "paragraph: d - e <- d<br>-<br>e"],
    ),
    ("<p>a</p></p></div></b>b<br></br>c<hr>d", ["paragraph: a", "paragraph: b c <- b<br></br>c", "paragraph: d"]),
    ("text only &amp; more\n\n  spaces", ["paragraph: text only & more spaces <- text only &amp; more\n\n  spaces"]),
    ("<p>tail <b", ["paragraph: tail <b"]),
    ("a\x00b<p>\x0cc</p>", ["paragraph: a\x00b", "paragraph: c"]),
    ("<p>\xa0a\xa0b\xa0</p><p>\xa0</p><p>&nbsp;</p>", ["paragraph: \xa0a\xa0b"]),
    (
        '---\ntitle: Jekyll page\n---\n<p>{{ page.x }}a {% if b > c %}d{% endif %}<a href="{{ u }}/e">f</a></p>',
        [
            "title: Jekyll page",
            'paragraph: a d f <- a {% if b > c %}d{% endif %}<a href="{{ u }}/e">f',
            "link to /e: f",
            "title = Jekyll page",
            "15 unchecked as templates",
        ],
    ),
    ("\ufeff<p>a</p>\r\n<p>b\r\nc</p>\rd", ["paragraph: a", "paragraph: b c <- b\r\nc", "paragraph: d"]),
    (
        "<select><option>a</select><button>b</button><noscript>n</noscript><iframe>i</iframe>c",
        ["furniture: b", "paragraph: c"],
    ),
    (
        "<center>a</center><font>b</font><address>c</address><h7>d</h7><details><summary>s</summary>t</details>",
        ["paragraph: a", "paragraph: b", "paragraph: c", "paragraph: d", "paragraph: s", "paragraph: t"],
    ),
]

MDX: list[tuple[str, list[str]]] = [
    (
        "export const metadata = {\n"
        '  title: "Tea",\n'
        "  description:\n"
        "    'Hot water.',\n"
        '  date: "2026-05-03",\n'
        '  faqs: [\n    {\n      title: "inner",\n    },\n  ],\n'
        "};\n"
        "\n"
        "# Tea\n",
        [
            "title: Tea",
            "lead: Hot water.",
            "field: 2026-05-03",
            "heading1: Tea",
            "title = Tea",
            "description = Hot water.",
            "date = 2026-05-03",
            "19 unchecked as components",
        ],
    ),
    (
        "import A from 'a'\n"
        "import {\n"
        "  B,\n"
        '} from "b"\n'
        "\n"
        "export const page = {\n"
        "  title: 'no',\n"
        "\n"
        "  x: [1, 2],\n"
        "}\n"
        "\n"
        "# Title\n"
        "\n"
        "Text where\n"
        "import duties rise.\n"
        "\n"
        "exports grow\n",
        [
            "heading1: Title",
            "paragraph: Text where import duties rise. <- Text where\nimport duties rise.",
            "paragraph: exports grow",
            "21 unchecked as components",
        ],
    ),
    (
        "<Callout\n"
        '  type="warning"\n'
        "  title='no \"prose\"'\n"
        '  icon={<Icon name="x" />}\n'
        ">\n"
        "  Inner *text* here.\n"
        "</Callout>\n",
        ["paragraph: Inner text here. <- Inner *text* here.", "9 unchecked as components"],
    ),
    (
        'Take <Tooltip text="no">ket**am**ine</Tooltip>, {dose} mg{" "}\nnow {/* a comment */}.\n',
        [
            "paragraph: Take ketamine, mg now . <- Take <Tooltip "
            'text="no">ket**am**ine</Tooltip>, {dose} mg{" "}\n'
            "now {/* a comment */}.",
            "comment: {/* a comment */}",
            "10 unchecked as components",
        ],
    ),
    (
        "<Tabs>\n"
        '  <Tab label="a">\n'
        "    First **bold**\n"
        "\n"
        "    - item\n"
        "      more\n"
        "\n"
        "        deep\n"
        "  </Tab>\n"
        '  <Tab label="b">Second</Tab>\n'
        "</Tabs>\n",
        [
            "paragraph: First bold <- First **bold",
            "item1: item more <- item\n      more",
            "item1: deep",
            "item1: Second",
            "8 unchecked as components",
        ],
    ),
    (
        "<table>\n"
        "  <thead>\n"
        "    <tr><th>Drug</th><th>Dose</th></tr>\n"
        "  </thead>\n"
        "  <tbody>\n"
        "    <tr>\n"
        "      <td>A *b*</td>\n"
        "      <td style={{ color: 'red' }}>5 mg</td>\n"
        "    </tr>\n"
        "  </tbody>\n"
        "</table>\n"
        "\n"
        "After\n",
        [
            "cell: Drug",
            "cell: Dose",
            "cell: A b <- A *b",
            "cell: 5 mg",
            "paragraph: After",
            "22 unchecked as components",
        ],
    ),
    (
        "<ul><li>one</li><li>two</li></ul>\n"
        "\n"
        "<h2>Head</h2>\n"
        "<p>Para</p>\n"
        "<blockquote>Said</blockquote>\n"
        "<div>d</div>\n",
        [
            "item1: one",
            "item1: two",
            "heading2: Head",
            "paragraph: Para",
            "quote: Said",
            "paragraph: d",
            "14 unchecked as components",
        ],
    ),
    (
        "<Card>One</Card><Card>Two</Card>\n<Card>Three</Card>\n",
        ["paragraph: One", "paragraph: Two", "paragraph: Three", "6 unchecked as components"],
    ),
    (
        "Text with `<Code>` and `{x}`.\n"
        "\n"
        "```jsx\n"
        "<Card>no</Card>\n"
        "```\n"
        "\n"
        "- ```js\n"
        "  import x\n"
        "  ```\n"
        "  yes\n"
        "\n"
        "last {x}\n",
        [
            "paragraph: Text with and . <- Text with `<Code>` and `{x}`.",
            "item1: yes",
            "paragraph: last",
            "5 unchecked as code",
            "1 unchecked as components",
        ],
    ),
    (
        "a < b and c > d, p<0.05, {`no ${x} }`} \\{yes\\} \\<yes>\n",
        [
            "paragraph: a < b and c > d, p<0.05, {yes} <yes> <- a < b and c > d, p<0.05, {`no "
            "${x} }`} \\{yes\\} \\<yes>",
            "3 unchecked as components",
        ],
    ),
    (
        '<a href="https://x.org">link *text*</a> <br/> <img src="x" alt="Alt text" /> H<sub>2</sub>O\n',
        [
            'paragraph: link text H2O <- link *text*</a> <br/> <img src="x" alt="Alt text" /> H<sub>2</sub>O',
            "caption: Alt text",
            "link to https://x.org: link text <- link *text",
            "11 unchecked as components",
        ],
    ),
    (
        "<svg><text>no</text></svg>\n\n<style>{`p { color: red }`}</style>\n\n<pre>no</pre> yes\n",
        ["paragraph: yes", "1 unchecked as code", "13 unchecked as components"],
    ),
    (
        ":::tip[The *title*]\n\nText\n\n:::\n\n<!-- html comment -->\n\nend\n",
        [
            "paragraph: The title <- The *title",
            "paragraph: Text",
            "paragraph: end",
            "comment: <!-- html comment -->",
            "7 unchecked as components",
        ],
    ),
    ("{unclosed and <Open prose\n\nnext\n", ["paragraph: {unclosed and <Open prose", "paragraph: next"]),
    (
        '<>\n  fragment\n</>\n\n<Foo.Bar a:b="c" {...rest}>x</Foo.Bar> <https://auto.link>\n',
        [
            "paragraph: fragment",
            "paragraph: x https://auto.link <- x</Foo.Bar> <https://auto.link",
            "link to https://auto.link: https://auto.link",
            "6 unchecked as components",
        ],
    ),
    (
        '<Accordion title="Q">\n'
        "\n"
        "### Heading\n"
        "\n"
        "Answer[^1] [ref].\n"
        "\n"
        "    indented [ref]\n"
        "\n"
        "</Accordion>\n"
        "\n"
        "[^1]: Note\n"
        "\n"
        "[ref]: /x\n",
        [
            "heading3: Heading",
            "paragraph: Answer ref. <- Answer[^1] [ref].",
            "paragraph: indented ref <- indented [ref",
            "footnote: Note",
            "link to #fn-1: r",
            "link to /x: ref",
            "link to /x: ref",
            "3 unchecked as components",
        ],
    ),
    (
        "{/*\n  multi\n*/}\n\n{list.map((x) => (\n  <li>{x}</li>\n))}\n\nyes\n",
        ["paragraph: yes", "comment: {/*\n  multi\n*/}", "8 unchecked as components"],
    ),
    (
        "---\ntitle: 'It''s'\n---\nimport X from 'x'\n\n<X/>\ntext\n",
        ["title: It's <- It''s", "paragraph: text", "title = It's <- It''s", "5 unchecked as components"],
    ),
    (
        "| a | b |\n|---|---|\n| <b>x</b> | {y} z |\n",
        ["cell: a", "cell: b", "cell: x", "cell: z", "3 unchecked as components"],
    ),
    (
        '<nav><a href="/">Home</a></nav>\n\n<span hidden>no</span> yes\n',
        ["furniture: Home", "paragraph: yes", "link to /: Home", "8 unchecked as components"],
    ),
]

PLAIN: list[tuple[str, list[str]]] = [
    (
        "Title\n\nA paragraph that was wrapped by hand after about sixty characters\nand goes on here.\nNew line.\n",
        [
            "paragraph: Title",
            "paragraph: A paragraph that was wrapped by hand after about sixty characters and "
            "goes on here. <- A paragraph that was wrapped by hand after about sixty characters\n"
            "and goes on here.",
            "paragraph: New line.",
        ],
    ),
    (
        "How needles ease pain and what else they do for people\nAnn Hill\nMay 3, 2026\n\nThey ease pain.\n",
        [
            "paragraph: How needles ease pain and what else they do for people",
            "paragraph: Ann Hill",
            "paragraph: May 3, 2026",
            "paragraph: They ease pain.",
        ],
    ),
    ("• one\n- two\n3. three\n* four\n", ["item1: one", "item1: two", "item1: three", "item1: four"]),
    ("\ufeffBOM\r\n\r\n\xa0indented\t\r\n", ["paragraph: BOM", "paragraph: indented"]),
    ("a\rb\r\rc\x0bd\x0ce\u2028f\x85g\n", ["paragraph: a", "paragraph: b", "paragraph: c\x0bd\x0ce\u2028f\x85g"]),
    ("   \n\t\n\n\x00\nx\x00y\n", ["paragraph: x\x00y"]),
    ("<p>not &amp; html</p> **x** {{ y }}\n", ["paragraph: <p>not &amp; html</p> **x** {{ y }}"]),
]

FRONT_MATTER: list[tuple[str, list[str]]] = [
    (
        "---\n"
        "title: Plain title # comment\n"
        "description: >-\n"
        "  Folded text\n"
        "  on two lines\n"
        "\n"
        "  and a third\n"
        "author: 'It''s me'\n"
        "date: 2024-01-02\n"
        "updated: 2024-02-03T10:00:00Z\n"
        'reviewed_by: "Dr. \\"X\\" caf\\u00e9\\n next"\n'
        "sources:\n"
        "  - https://a.org\n"
        "  - name: B\n"
        '    url: "https://b.org"\n'
        "tags: [one, \"two words\", 'three']\n"
        "summary: |\n"
        "  Literal\n"
        "    text\n"
        "nested:\n"
        "  deep: {er: yes}\n"
        "empty:\n"
        '"quoted key": v\n'
        "Reviewed By: R\n"
        "? complex\n"
        ": c\n"
        "long: plain\n"
        "  goes on\n"
        "alias: &x shared\n"
        "other: *x\n"
        "tagged: !!str 12\n"
        "---\n"
        "Body\n",
        [
            "title: Plain title",
            "lead: Folded text on two lines and a third <- Folded text\n  on two lines\n\n  and a third",
            "field: It's me <- It''s me",
            "field: 2024-01-02",
            "field: 2024-02-03T10:00:00Z",
            'field: Dr. "X" café next <- Dr. \\"X\\" caf\\u00e9\\n next',
            "field: https://a.org",
            "field: B",
            "field: https://b.org",
            "field: one",
            "field: two words",
            "field: three",
            "field: Literal text <- Literal\n    text",
            "field: yes",
            "field: v",
            "field: R",
            "field: c",
            "field: plain goes on <- plain\n  goes on",
            "field: shared",
            "field: shared",
            "field: 12",
            "paragraph: Body",
            "title = Plain title",
            "description = Folded text on two lines and a third <- Folded text\n  on two lines\n\n  and a third",
            "author = It's me <- It''s me",
            "date = 2024-01-02",
            "updated = 2024-02-03T10:00:00Z",
            'reviewed_by = Dr. "X" café next <- Dr. \\"X\\" caf\\u00e9\\n next',
            "sources = https://a.org",
            "sources.name = B",
            "sources.url = https://b.org",
            "tags = one",
            "tags = two words",
            "tags = three",
            "summary = Literal text <- Literal\n    text",
            "nested.deep.er = yes",
            "quoted_key = v",
            "reviewed_by = R",
            "complex = c",
            "long = plain goes on <- plain\n  goes on",
            "alias = shared",
            "other = shared",
            "tagged = 12",
        ],
    ),
    (
        '---\r\ntitle: "A\r\n  B"\r\n---\r\nBody\r\n',
        ["title: A B <- A\r\n  B", "paragraph: Body", "title = A B <- A\r\n  B"],
    ),
    (
        "---\ntitle: bad: value\nauthor: Jane # c\nlist: [a, \"b c\", 'd']\n---\nBody\n",
        [
            "title: bad: value",
            "field: Jane",
            "field: a",
            "field: b c",
            "field: d",
            "paragraph: Body",
            "title = bad: value",
            "author = Jane",
            "list = a",
            "list = b c",
            "list = d",
            "a.md:2: the front matter is not valid YAML; its plain lines were read",
        ],
    ),
    ("---\n- a\n- b\n---\nBody\n", ["item1: a", "item1: b", "paragraph: Body"]),
    ("---\n---\nBody\n", ["paragraph: Body"]),
    (
        "+++\n"
        'title = "TOML \\"title\\" caf\\u00e9" # c\n'
        "description = '''\n"
        "Long\n"
        "  lead'''\n"
        "date = 2024-01-02 10:00:00\n"
        "draft = false\n"
        "weight = 10\n"
        "tags = [\"a\", 'b c', # x\n"
        '  "d"]\n'
        'authors = [{name = "Jane", role = "md"}, {name = "Joe"}]\n'
        '"key with space" = 1\n'
        'a.b . c = "dotted"\n'
        'multi = """\n'
        "one \\\n"
        "   two\n"
        'three "quoted""""\n'
        "\n"
        "[extra]\n"
        "reviewed_by = 'Dr. R'\n"
        'nested = [["x"], ["y"]]\n'
        "[[sources]]\n"
        'url = "https://a.org" \n'
        "[[sources]]\n"
        'url = "https://b.org"\n'
        "+++\n"
        "Body\n",
        [
            'title: TOML "title" café <- TOML \\"title\\" caf\\u00e9',
            "lead: Long lead <- Long\n  lead",
            "field: 2024-01-02 10:00:00",
            "field: false",
            "field: 10",
            "field: a",
            "field: b c",
            "field: d",
            "field: Jane",
            "field: md",
            "field: Joe",
            "field: 1",
            "field: dotted",
            'field: one two three "quoted" <- one \\\n   two\nthree "quoted"',
            "field: Dr. R",
            "field: x",
            "field: y",
            "field: https://a.org",
            "field: https://b.org",
            "paragraph: Body",
            'title = TOML "title" café <- TOML \\"title\\" caf\\u00e9',
            "description = Long lead <- Long\n  lead",
            "date = 2024-01-02 10:00:00",
            "draft = false",
            "weight = 10",
            "tags = a",
            "tags = b c",
            "tags = d",
            "authors.name = Jane",
            "authors.role = md",
            "authors.name = Joe",
            "key_with_space = 1",
            "a.b.c = dotted",
            'multi = one two three "quoted" <- one \\\n   two\nthree "quoted"',
            "extra.reviewed_by = Dr. R",
            "extra.nested = x",
            "extra.nested = y",
            "sources.url = https://a.org",
            "sources.url = https://b.org",
        ],
    ),
    (
        "+++\ntitle = \"ok\"\nbad = = 1\nauthor = 'Jane'\n+++\nBody\n",
        [
            "title: ok",
            "field: = 1",
            "field: Jane",
            "paragraph: Body",
            "title = ok",
            "bad = = 1",
            "author = Jane",
            "a.md:3: the front matter is not valid TOML; its plain lines were read",
        ],
    ),
]

CASES = [
    *(("a.md", *case) for case in MARKDOWN),
    *(("a.html", *case) for case in HTML),
    *(("a.mdx", *case) for case in MDX),
    *(("a.txt", *case) for case in PLAIN),
    *(("a.md", *case) for case in FRONT_MATTER),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=lambda value: value if len(value) < 7 else "")
def test_all_that_is_read(name: str, text: str, expected: list[str]) -> None:
    assert read(name, text) == expected


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=lambda value: value if len(value) < 7 else "")
def test_each_letter_stands_where_it_came_from(name: str, text: str, expected: list[str]) -> None:
    document = parse(Source(name, text))
    for block in document.blocks:
        for at in range(block.start, block.end):
            start, end = document.prose.span(at, at + 1)
            letter = document.text[at]
            assert not letter.isalnum() or letter in text[start:end] or text[start] in "&\\"


def test_a_note_behind_a_blank_leads_somewhere() -> None:
    document = parse(Source("a.md", "Tea helps. [^a] Gout *hurts* [^b]\n\n[^a]: Ruiz\n[^b]: Hill\n"))
    leads = [(document.text[link.start : link.end], link.target) for link in document.links]
    assert leads == [(".", "#fn-a"), ("s", "#fn-b")]

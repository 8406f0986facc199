"""Whether a text is English. Told by the short words that every sentence needs, and by the script.

The word lists are common function words of each language that are no English words; they were written for healthlint.
"""

from __future__ import annotations

import re

from healthlint.analysis.segments import PROSE, segments
from healthlint.analysis.sentences import sentences, words
from healthlint.document import Document, per_document

_SURELY = 0.3
"""A text in which so many words are words of English is looked at no further."""
ENOUGH = 30
"""Words of prose (in other scripts: letters) below which nothing is said about the language."""

_ENGLISH = frozenset(
    "the of and to in is that for it with as are on be this by or from at have has which not an was were you your we"
    " our they their its can may will more than if how what when who these those but also into about been other"
    " does do many any some most no so then they're it's don't".split()
)
_LATIN = {
    "German": "der die das und ist nicht mit ein eine einen einer von den dem des zu auf für sich auch es sie werden"
    " wird bei oder als wenn durch kann wie sind aus nach über noch zum zur hat haben dass im am vor nur sein",
    "French": "le la les des et est une dans que qui pour pas sur avec par plus ce cette ces sont vous nous au aux ne"
    " il elle du de un ou se sa son ses leur peut être mais comme très d'une qu'il",
    "Spanish": "el la los las de del y en que es un una por con para se no su sus como más pero al lo este esta son"
    " puede ser o también cuando entre sin sobre muy hay",
    "Portuguese": "o os as do da dos das e em que é um uma por com para se não sua seu mais mas ao como ou são pode"
    " ser também quando muito pelo pela na no nos nas isso está",
    "Italian": "il lo la gli le di del della dei delle e è che un una per con non si sono come più ma anche nel nella"
    " al alla da dal questo questa può essere o se i ai",
    "Dutch": "het een en van is niet dat die op te zijn voor met als aan er maar om ook bij of uit door naar wordt"
    " worden kan deze dit heeft hebben je u meer wel geen",
    "Swedish": "och att det som en på är av för med den till inte om ett har de kan eller från vid så även men du"
    " man ska blir när hos många efter",
    "Danish or Norwegian": "og at det som en på er af av for med den til ikke om et har de kan eller fra ved så men"
    " du man skal blir bliver når hos mange efter etter også",
    "Finnish": "ja on ei se että voi ovat tai kun myös sen mutta jos niin kuin joka ole hän ovat sekä mukaan"
    " olla voidaan esimerkiksi",
    "Polish": "i w na z do się nie to jest że o jak dla są po przez od za może być oraz lub ich ale jego które który"
    " także przy tym czy",
    "Czech or Slovak": "a v na se je že s z do pro to jsou by jako ale si o po může být nebo jeho které který při"
    " také od za jejich není sa sú alebo ako pri",
    "Hungarian": "a az és hogy nem is egy van meg ez de ha csak már lehet vagy mint el még azt ezt majd kell"
    " amely nagyon között",
    "Romanian": "de și în a la cu pe că nu este o un din care să se pentru sau mai sunt ca dar prin poate fi"
    " această acest fără",
    "Turkish": "ve bir bu için ile da de çok olarak gibi daha olan ne kadar sonra en ancak veya ise değil her olur"
    " vardır tarafından",
    "Indonesian or Malay": "yang dan di dengan untuk ini itu dari pada tidak adalah dalam akan dapat juga atau oleh"
    " karena bisa lebih seperti anda saat sebagai",
    "Vietnamese": "và của là có không được cho các một những này với người để trong khi đã bạn thể từ như hoặc nhiều",
}
_SCRIPTS = {
    "Japanese": "\u3040-\u30ff",
    "Korean": "\u1100-\u11ff\uac00-\ud7af",
    "Chinese": "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff",
    "a language in Cyrillic script": "\u0400-\u052f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "a language in Arabic script": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "Hebrew": "\u0590-\u05ff",
    "Thai": "\u0e00-\u0e7f",
    "a language in Devanagari script": "\u0900-\u097f",
    "Bengali": "\u0980-\u09ff",
    "Tamil": "\u0b80-\u0bff",
}


@per_document
def language(document: Document) -> str | None:
    """The name of the language if the text is clearly not English, else None.

    None, too, for short texts and for lists of terms: only a text that lacks the words of English and has those of
    another language, or is written in another script, is named.
    """
    at = words(document)
    if sum(len(at.index[word]) for word in _ENGLISH & at.index.keys()) > _SURELY * len(at):
        return None
    kinds = segments(document)
    prose = [s for s in sentences(document) if kinds[s.block] in PROSE]
    if not document.text.isascii():
        script = _script("".join(document.text[s.start : s.end] for s in prose))
        if script:
            return script
    spoken = [word for s in prose for word in at.folded[s.first : s.last] if not word[:1].isdigit()]
    if len(spoken) < ENOUGH:
        return None
    english = _share(spoken, _ENGLISH)
    if english > 0.2:
        return None
    share, name = max((_share(spoken, frozenset(text.split()) - _ENGLISH), name) for name, text in _LATIN.items())
    return name if share > 0.12 and share > 2 * english else None


def _script(text: str) -> str | None:
    beyond = {character for character in set(text) if character > _LAST_LATIN and character.isalpha()}
    if not beyond:
        return None
    foreign = sum(map(text.count, beyond))
    if foreign < ENOUGH or 2 * foreign < sum(map(str.isalpha, text)):
        return None
    counts = {name: len(re.findall(f"[{ranges}]", text)) for name, ranges in _SCRIPTS.items()}
    if counts["Japanese"] * 10 > counts["Chinese"]:
        counts["Chinese"] = 0
    return max(counts, key=lambda name: counts[name])


_LAST_LATIN = "\u036f"
"""The last character of Latin scripts and their marks."""


def _share(spoken: list[str], known: frozenset[str]) -> float:
    return sum(word in known for word in spoken) / len(spoken)

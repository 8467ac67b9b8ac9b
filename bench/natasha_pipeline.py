"""natasha's full pipeline over the text of rows, as the yardstick for the extraction's speed."""

import sys
from collections.abc import Callable, Sequence

import pymorphy3


def full_pipeline() -> Callable[[Sequence[str]], int]:
    """Return a function that runs segmentation, morphology, syntax and NER over texts and counts the spans."""
    # natasha imports pymorphy2, which does not run on Python 3.11; pymorphy3 has the same interface.
    sys.modules.setdefault("pymorphy2", pymorphy3)
    from natasha import (
        Doc,
        MorphVocab,
        NewsEmbedding,
        NewsMorphTagger,
        NewsNERTagger,
        NewsSyntaxParser,
        Segmenter,
    )

    segmenter, embedding, vocabulary = Segmenter(), NewsEmbedding(), MorphVocab()
    taggers = NewsMorphTagger(embedding), NewsSyntaxParser(embedding), NewsNERTagger(embedding)

    def run(texts: Sequence[str]) -> int:
        spans = 0
        for text in texts:
            doc = Doc(text)
            doc.segment(segmenter)
            doc.tag_morph(taggers[0])
            doc.parse_syntax(taggers[1])
            doc.tag_ner(taggers[2])
            for span in doc.spans:
                span.normalize(vocabulary)
            spans += len(doc.spans)
        return spans

    return run

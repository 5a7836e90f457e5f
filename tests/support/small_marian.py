"""A Marian of random weights, with sentencepiece models of its own: as the hub has them, but small.

It is taught nothing unless `lessons` are given; then it knows these by heart.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CORPUS = (
    "космонавт на луне в красном плаще",
    "рыцарь в доспехах у старого замка",
    "девушка с рыжими волосами на пляже",
    "пират на корабле на закате",
    "an astronaut on the moon in a red coat",
    "a knight in armour near an old castle",
    "a girl with red hair on a beach",
    "a pirate on a ship at sunset",
)


def write_marian(directory: Path, lessons: Mapping[str, str] | None = None) -> Path:
    """Write the directory; learn the lessons, Russian to English, in a few seconds."""
    import sentencepiece  # noqa: PLC0415
    import torch  # noqa: PLC0415
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer  # noqa: PLC0415

    directory.mkdir(parents=True, exist_ok=True)
    lessons = lessons or {}
    sentences = [*CORPUS, *lessons, *lessons.values()]
    pieces = ["</s>", "<unk>"]
    for name in ("source", "target"):
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(sentences),
            model_prefix=str(directory / name),
            vocab_size=150,
            hard_vocab_limit=False,
            character_coverage=1.0,
            bos_id=-1,
            pad_id=-1,
            minloglevel=2,
        )
        (directory / f"{name}.model").rename(directory / f"{name}.spm")
        (directory / f"{name}.vocab").unlink()
        model = sentencepiece.SentencePieceProcessor(str(directory / f"{name}.spm"))
        pieces += [model.id_to_piece(k) for k in range(model.get_piece_size())]
    vocabulary = {piece: k for k, piece in enumerate(dict.fromkeys([*pieces, "<pad>"]))}
    (directory / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False))
    settings = {"source_lang": "ru", "target_lang": "en"}
    (directory / "tokenizer_config.json").write_text(json.dumps(settings))
    pad = vocabulary["<pad>"]
    torch.manual_seed(1)
    config = MarianConfig(
        vocab_size=len(vocabulary),
        d_model=64,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=512,
        pad_token_id=pad,
        eos_token_id=0,
        bos_token_id=0,
        forced_eos_token_id=0,
        decoder_start_token_id=pad,
        scale_embedding=True,
        static_position_embeddings=True,
        dropout=0.0,
    )
    model = MarianMTModel(config)
    model.generation_config.bad_words_ids = [[pad]]
    if lessons:
        tokenizer = MarianTokenizer.from_pretrained(directory)
        _teach(model, tokenizer, lessons)
    model.save_pretrained(directory)
    return directory


def _teach(model: Any, tokenizer: Any, lessons: Mapping[str, str]) -> None:  # noqa: ANN401 - transformers ships no types
    import torch  # noqa: PLC0415

    rows = tokenizer(
        list(lessons), text_target=list(lessons.values()), return_tensors="pt", padding=True
    )
    rows["labels"][rows["labels"] == tokenizer.pad_token_id] = -100
    optimizer = torch.optim.Adam(model.parameters(), 5e-3)
    model.train()
    for _ in range(400):
        loss = model(**rows).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if loss.item() < 0.01:
            return

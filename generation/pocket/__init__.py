"""The pocket model: small, shipped in the repository, drawing on any machine.

- weights/: the model, with its card; read like any other, by `generation.models.catalogue`
- drawing, sitter, palette, places, attributes, captions, reference: what it learned from
- architecture, vocabulary, sizes: what it is made of
- parts, course, workshop, run, train, train_autoencoder, train_encoders, train_unet, export: how it
  was taught
- reader, examination, score, sheets: how it is judged
"""

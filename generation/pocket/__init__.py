"""The pocket model: small enough to lie in the repository, and to draw on any machine.

- weights/: the model and its card; `generation.models.catalogue` reads it like any other model
- portraits/: code that draws portraits and faces and writes captions, which the model learns from
- training/: how its networks are built, trained and saved
- judging/: a network that reads attributes off pictures, and what it is asked to look at

`python -m generation.pocket.train` trains the model, and `python -m generation.pocket.score` says
how often it draws what was asked for.
"""

"""The pocket model's sizes, apart from torch so that drawing does not wait for it."""

PICTURE_SIDE = 128
LATENT_SIDE = 16
FACE_SIDE = 96
"""What the image encoder reads."""

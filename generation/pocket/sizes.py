"""The pocket model's sizes, apart from torch so that drawing does not wait for it."""

PICTURE_SIDE = 128
LATENT_SIDE = 16
FACE_SIDE = 96
"""What the image encoder reads."""
PORTRAIT_SIDE = 144
"""A portrait is made as large as this, and the image encoder reads its middle: heads are narrow on
photographs, and what stands beside them must not be taken for hair."""

"""Sizes of the pocket model's pictures, in pixels; this file imports no torch, which is slow."""

DRAWING_SIDE = 512
"""Side of a drawing by code, before it is halved."""

PICTURE_SIDE = 256
"""Side of a picture that the model draws."""

LATENT_SIDE = 16
"""Side of its latents, each of which stands for 16 x 16 pixels."""

FACE_SIDE = 96
"""Side of what the image encoder reads."""

PORTRAIT_SIDE = 144
"""Side of a face picture before the image encoder reads its middle: heads are narrow on
photographs, and what stands beside them must not be taken for hair."""

LATENT_FACTOR = PICTURE_SIDE // LATENT_SIDE
"""Pixels along the side of one latent."""

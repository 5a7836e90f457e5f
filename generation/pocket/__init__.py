"""The pocket model: Stable Diffusion 1.5's architecture, small enough to ship."""

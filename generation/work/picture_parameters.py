"""How a picture was made, in a format that other programs for Stable Diffusion read."""

from generation.request import GenerationRequest, Picture
from generation.words.lora import in_use
from generation.words.prompt import Prompt


def write_parameters(
    request: GenerationRequest, picture: Picture, prompt: Prompt, model: str
) -> str:
    """Write the text of a PNG's `parameters` chunk, in AUTOMATIC1111's format."""
    mode = request.mode
    fields = {
        "Steps": mode.steps,
        "CFG scale": mode.guidance_scale,
        "Seed": picture.seed,
        "Size": f"{picture.image.width}x{picture.image.height}",
        "Model": model,
        "IP-Adapter scale": mode.ip_adapter_scale,
    }
    if mode.few_steps:
        fields["Few-step weights"] = "yes"
    else:
        fields["Sampler"] = "DPM++ 2M Karras"
    if mode.guidance_until < 1:
        fields["Guided steps"] = mode.guided_steps
    if request.near:
        fields["Variation of seeds"] = " ".join(map(str, request.near))
    loras = [use for use in in_use(request.style, request.loras) if use.name not in prompt.missing]
    words = ", ".join((prompt.positive, *map(str, loras)))
    settings = ", ".join(f"{name}: {value}" for name, value in fields.items())
    return f"{words}\nNegative prompt: {prompt.negative}\n{settings}"

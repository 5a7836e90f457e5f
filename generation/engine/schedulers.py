"""The scheduler of a mode. It holds state, so each album gets a new one."""

from typing import Any, Literal

from diffusers import DDIMScheduler, DPMSolverMultistepScheduler, LCMScheduler


def dpm_solver(config: Any) -> DPMSolverMultistepScheduler:  # noqa: ANN401 - diffusers' own
    """Make DPM++ 2M Karras: n steps call the UNet n times, and ten are enough."""
    return DPMSolverMultistepScheduler.from_config(
        config,
        algorithm_type="dpmsolver++",
        solver_order=2,
        use_karras_sigmas=True,
        lower_order_final=True,
    )


def few_steps(config: Any, sampler: Literal["ddim", "lcm"]) -> DDIMScheduler | LCMScheduler:  # noqa: ANN401
    """Make the scheduler that few-step weights were distilled for.

    Hyper-SD wants DDIM with trailing timesteps, so that the first step starts from noise alone.
    """
    if sampler == "lcm":
        return LCMScheduler.from_config(config)
    return DDIMScheduler.from_config(config, timestep_spacing="trailing", clip_sample=False)

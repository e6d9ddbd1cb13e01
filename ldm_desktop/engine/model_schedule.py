"""The scheduler file of a model, read as the noise schedule that the model was trained on.

The file names the solver its author liked; which solver runs is the recipe's choice. So what
describes the forward process is kept, what would change it in a way the samplers here do not
know is refused, and the options of a single solver are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ldm_desktop.core.errors import ModelError
from ldm_desktop.core.recipe import NoiseSchedule
from ldm_desktop.engine.configs import Key, Table, flag, one_of, real, resolve, whole
from ldm_desktop.engine.foreign import describe

SPACINGS = ("leading", "trailing", "linspace")
MOST_STEPS = 10_000


def _is_betas(value: Any) -> bool:
    return value is None or (
        isinstance(value, list)
        and 0 < len(value) <= MOST_STEPS
        and all(type(beta) is float and 0 < beta < 1 for beta in value)
    )


_FORWARD: Table = {
    "num_train_timesteps": whole(1000, 1, MOST_STEPS),
    "beta_start": real(0.0001, 1e-8, 0.999),
    "beta_end": real(0.02, 1e-8, 0.999),
    "beta_schedule": one_of("linear", "scaled_linear", "squaredcos_cap_v2"),
    "trained_betas": Key(None, _is_betas, "null or numbers between 0 and 1"),
    "prediction_type": one_of("epsilon", "sample", "v_prediction"),
    "steps_offset": whole(0, 0, 100),
    "timestep_spacing": one_of(*SPACINGS),
    "clip_sample": flag(False),
    "clip_sample_range": real(1.0, 1e-6, 1e6),
    "set_alpha_to_one": flag(True),
    # Each of these changes the forward process or what the network was trained to say.
    "thresholding": one_of(False),
    "rescale_betas_zero_snr": one_of(False),
    "use_flow_sigmas": one_of(False),
    "interpolation_type": one_of("linear"),
    "timestep_type": one_of("discrete"),
    "variance_type": one_of(
        None, "fixed_small", "fixed_small_log", "fixed_large", "fixed_large_log"
    ),
}

_SOLVER_OPTIONS = frozenset(
    {
        "algorithm_type",
        "disable_corrector",
        "dynamic_thresholding_ratio",
        "euler_at_final",
        "final_sigmas_type",
        "flow_shift",
        "lambda_min_clipped",
        "lower_order_final",
        "predict_x0",
        "sample_max_value",
        "shift_terminal",
        "sigma_max",
        "sigma_min",
        "skip_prk_steps",
        "solver_order",
        "solver_p",
        "solver_type",
        "time_shift_type",
        "use_beta_sigmas",
        "use_dynamic_shifting",
        "use_exponential_sigmas",
        "use_karras_sigmas",
        "use_lu_lambdas",
    }
)

_LINSPACE = {"timestep_spacing": one_of("linspace", "leading", "trailing")}
_CLIPPED = {"clip_sample": flag(True)}
_TABLES: Mapping[str, Table] = {
    "DDIMScheduler": {**_FORWARD, **_CLIPPED},
    "DDPMScheduler": {**_FORWARD, **_CLIPPED},
    "PNDMScheduler": {**_FORWARD, "set_alpha_to_one": flag(False)},
    "DPMSolverMultistepScheduler": {**_FORWARD, **_LINSPACE},
    "UniPCMultistepScheduler": {**_FORWARD, **_LINSPACE},
    "EulerDiscreteScheduler": {**_FORWARD, **_LINSPACE},
    "HeunDiscreteScheduler": {
        **_FORWARD,
        **_LINSPACE,
        "beta_start": real(0.00085, 1e-8, 0.999),
        "beta_end": real(0.012, 1e-8, 0.999),
    },
}
CLASSES = frozenset(_TABLES)


def read_schedule(class_name: str, raw: Mapping[str, Any], file: str) -> tuple[NoiseSchedule, str]:
    """Give the noise schedule and the time-step spacing, with the defaults of its class."""
    known = {name: value for name, value in raw.items() if name not in _SOLVER_OPTIONS}
    config = resolve(_TABLES[class_name], known, file)
    betas = config["trained_betas"]
    if betas is not None and len(betas) != config["num_train_timesteps"]:
        raise ModelError(
            f"{file} has {len(betas)} trained_betas and num_train_timesteps = "
            f"{describe(config['num_train_timesteps'])}; the two must be equal"
        )
    names = NoiseSchedule.__dataclass_fields__
    return NoiseSchedule(**{name: config[name] for name in names}), config["timestep_spacing"]

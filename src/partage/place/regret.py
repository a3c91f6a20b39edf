"""What each pair gives up at given prices: the whole of a search lies in the pairs that give up little."""

from __future__ import annotations

import numpy as np

from partage.place.certificate import Certificate
from partage.place.instance import Instance, Ints


def net_worth(instance: Instance, certificate: Certificate) -> Ints:
    """Worth less price of each pair, in value units (households, sites); -inf where not allowed.

    In floating point, to choose by; what is claimed is worked out exactly elsewhere.
    """
    c = certificate
    price = c.price / c.scale
    charge = (c.floor_price + (c.region_floor_price - c.region_price)[instance.region]) / c.scale
    net = instance.value.astype(np.float64)
    for k, kept in zip(c.keep_price, instance.keep_value, strict=True):
        if k:
            net += kept * (float(k) / c.scale)
    net -= instance.need.astype(np.float64) @ price.T
    net += instance.need[:, :1] * charge
    net[instance.value < 0] = -np.inf
    return net


def regrets(instance: Instance, certificate: Certificate) -> Ints:
    """How much less than a household's best each pair is worth at these prices; inf where not allowed.

    A plan with a pair of regret r is worth at most the bound of the prices less r.
    """
    net = net_worth(instance, certificate)
    best = np.maximum(net.max(axis=1, initial=-np.inf), instance.unplaced)
    lost: Ints = best[:, None] - net
    return lost

"""What each pair gives up at given prices: the whole of a search lies in the pairs that give up little."""

from __future__ import annotations

import numpy as np

from partage.place.certificate import Certificate
from partage.place.instance import Instance, Ints
from partage.place.moves import Near


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


def near_by_regret(instance: Instance, certificate: Certificate, width: float) -> Near:
    """Each row's best site at these prices, and the moves that give up at most ``width``."""
    none = instance.unplaced.astype(np.float64)[:, None]
    net = np.concatenate([net_worth(instance, certificate), none], axis=1)
    own = net.argmax(axis=1)
    lost = net[np.arange(len(own)), own][:, None] - net
    inside = lost <= width
    inside[np.arange(len(own)), own] = False
    row, to = np.nonzero(inside)
    return Near(own, row, to, lost[row, to])

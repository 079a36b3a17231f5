from counted._counted import letters

__all__ = ["letters"]

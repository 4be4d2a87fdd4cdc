"""What was found when something was looked over for the operator."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: fine, or what is wrong and what to do."""

    fine: bool
    text: str
    is_warning: bool = False
    """Whether Gazette runs all the same, but something should be changed."""

"""The two profiles of a build; apart from what is built, so that a command that builds nothing starts at once."""

PROFILES = ("draft", "publish")


def refuse_unknown_profile(profile: str) -> None:
    """Raise ValueError, in Danish, for a profile that does not exist."""
    if profile not in PROFILES:
        raise ValueError(f"»{profile}« er ikke en profil – vælg en af: {', '.join(PROFILES)}")

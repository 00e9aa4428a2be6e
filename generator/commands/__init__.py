"""The commands of `borgerinfo` beside those that check and build; each module holds what belongs together."""

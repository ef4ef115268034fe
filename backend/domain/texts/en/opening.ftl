# The pages of openings.

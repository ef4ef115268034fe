# The pages of bids.

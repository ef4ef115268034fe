# The pages of qualification, panel, scores and report.

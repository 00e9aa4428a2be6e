"""What those who steer, editors and regions read about the state of things.

Takes a Catalogue, a day and readers' answers; gives one HTML page or JSON a report.
Never changes anything, and never stops a build.
"""

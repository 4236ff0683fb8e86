# What was stopped in hand-overs (statistics)

handover-statistics-title = Stopped hand-overs
handover-statistics-lead = Mistakes of the last 12 months that were stopped before anything left. Figures and names lead to their lists.
handover-statistics-list-title = List of what was stopped
handover-statistics-list-lead = What was stopped in the last 12 months before it left. Where the same mistake keeps coming back, look at the procedure or the form of the list.
handover-statistics-none = Nothing was stopped
handover-statistics-none-text = What the checks of hand-overs stop is told here, with reasons and figures.
handover-statistics-all = List of all { $count }
handover-statistics-ends = How they ended
handover-statistics-by-month = By month
handover-statistics-by-stop = By reason
handover-statistics-by-entrustment = By entrustment (the first 10)
handover-statistics-month = Month
handover-statistics-all-months = The last 12 months
handover-statistics-stop = Reason
handover-statistics-entrustment = Entrustment
handover-statistics-hand-over = Hand-over
handover-statistics-count = Number
handover-statistics-found-at = Stopped
handover-statistics-end = Then
handover-statistics-end-mended = Mended
handover-statistics-end-explained = Explained
handover-statistics-end-discarded = Hand-over given up
handover-statistics-end-standing = Still stopped

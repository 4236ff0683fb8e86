# The registers together

registers-title = Registers

registers-findings = Findings
registers-findings-count = { $count } findings
registers-findings-none = No findings
registers-finding-closed = Closed
registers-finding-mended = Mended, to be checked
registers-finding-due = Due
registers-finding-reason = Reason for the exception:

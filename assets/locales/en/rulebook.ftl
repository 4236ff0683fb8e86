# The handling rules held against the registers

rule-warnings-title = Something doesn't fit the handling rules
rule-warnings-text = Please check these points before you save. Correct the entry if it is wrong. Saved as it is, each becomes a finding that the principal sees.
rule-clause = Clause { $clause }
rule-between = {", "}
rule-reason = Reason for an exception
rule-reason-hint = The principal's officer reads it and decides.
rule-fact = Record it as it happened
rule-fact-hint = This rule has no exceptions. Choose this only to record what has already happened, as it happened.
rule-error-reason = Enter the reason for an exception, or correct the entry
rule-error-confirm = Confirm that this is what happened, or correct the entry

severity-low = Minor
severity-medium = Medium
severity-high = Grave

# Access rules

nav-access-rules = Access rules
access-rules-title = Access rules
access-rules-lead = What this organisation demands of its members. Changes are kept in the ledger.
access-rules-four-eyes = A second person
access-rules-four-eyes-label = What nobody approves who asked for it
access-rules-four-eyes-hint = What is chosen counts when somebody else has approved it, in whatever role or organisation the first person acts.
four-eyes-recipients = Recipients
four-eyes-recipients-hint = What an officer registers waits for somebody else too.
four-eyes-sub_entrustments = Sub-entrustments
four-eyes-sub_entrustments-hint = Applications and renewals
four-eyes-exceptions = Exceptions to handling rules
four-eyes-exceptions-hint = The finding stays open until an administrator or approver who didn’t enter it accepts the exception.
four-eyes-closing = Closing an entrustment
four-eyes-closing-hint = An officer proposes, another administrator or approver closes.
four-eyes-auditor_access = Auditors’ access
four-eyes-auditor_access-hint = An officer names the auditor, another administrator or approver approves.
access-rules-handlers = Handlers
access-rules-handler-second-factor = Handlers need a second factor too
access-rules-handler-second-factor-hint = Representatives always do.
access-rules-sessions = How long a session lasts
access-rules-idle-minutes = Without use it ends after
access-rules-idle-minutes-hint = 5 to 480 minutes
access-rules-minutes = minutes
access-rules-session-hours = Used or not it ends after
access-rules-session-hours-hint = 1 to 24 hours, from the next sign-in on
access-rules-hours = hours
access-rules-invitations = Invitations
access-rules-invitation-days = Days for which an invitation counts
access-rules-invitation-days-hint = 1 to 60 days, from the next invitation on
access-rules-days = days
done-access-rules = The access rules were changed.

act-access-rules-changed = Access rules changed

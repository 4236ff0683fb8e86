# Auditors' access

nav-auditor-access = Auditors’ access
auditor-access-title = Auditors’ access
auditor-access-none = No auditor can see this entrustment.
auditor-access-name-one = Name an auditor
auditor-access-days = { $from } to { $until }

auditor-access-list-title = Auditors’ access
auditor-access-list-lead = Which auditor sees which entrustment, from when until when.
auditor-access-list-lead-own = The entrustments that you can read and download. Each closes at midnight, Japan’s time, at the end of its last day.
auditor-access-empty = No access has been named
auditor-access-empty-text = Auditors are named on an entrustment’s page.
auditor-access-empty-text-own = What an officer names and another approves is shown here.
auditor-access-not-open = An entrustment outside its days

auditor-access-form-title = Name an auditor
auditor-access-form-lead = An auditor reads and downloads the named entrustments on the named days, and changes nothing.
auditor-access-form-waits = It opens when an administrator or approver other than you approves.
auditor-access-form-at-once = It opens as soon as it is saved.
auditor-access-no-auditors = There is no auditor
auditor-access-no-auditors-text = The administrator first invites one as a member.

auditor-access-show-title = Auditor’s access
auditor-access-entrustment = Entrustment
auditor-access-auditor = Auditor
auditor-access-from-on = First day
auditor-access-until-on = Last day
auditor-access-until-on-hint = It closes at midnight, Japan’s time, at the end of this day.
auditor-access-until-midnight = (until midnight at its end)
auditor-access-purpose = Purpose of the audit
auditor-access-purpose-hint = For example: regular audit of fiscal 2026 (accounts)
auditor-access-with-below = With what was re-entrusted
auditor-access-with-below-hint = What was re-entrusted from this entrustment is open on the same days.
auditor-access-scope = Scope
auditor-access-scope-alone = This entrustment alone
auditor-access-scope-below = This entrustment and what was re-entrusted from it
auditor-access-ask = Ask for approval
auditor-access-give = Save

auditor-access-status = Status
auditor-access-status-asked = Waiting for approval
auditor-access-status-granted = Approved
auditor-access-status-refused = Not approved
auditor-access-status-ended = Taken back
auditor-access-standing = Access
auditor-access-standing-asked = Waiting for approval
auditor-access-standing-ahead = Before its days
auditor-access-standing-in-force = Open
auditor-access-standing-past = After its days
auditor-access-standing-refused = Not approved
auditor-access-standing-ended = Taken back

auditor-access-asked-by = Named by
auditor-access-decided-by = Decided by
auditor-access-ended-by = Taken back by
auditor-access-decide-title = Decide
auditor-access-decision = Decision
auditor-access-decision-granted = Approve
auditor-access-decision-refused = Do not approve
auditor-access-reason = Reason
auditor-access-reason-hint = Needed when it is not approved.
auditor-access-decide = Decide
auditor-access-end-title = Take the access back
auditor-access-end-text = From the next request on the auditor sees nothing of it.
auditor-access-end = Take back
auditor-access-end-really = Take this auditor’s access back?

auditor-access-error-past = Enter today or a later date
auditor-access-error-order = Enter the first day or a later date
auditor-access-error-far = The period is at most 24 months
auditor-access-decided = This has been decided or taken back already.
auditor-access-over = This is over already.
done-auditor-access-asked = The auditor was named. Another administrator or approver decides.
done-auditor-access-granted = The auditor was named and told.
done-auditor-access-decided = The decision was recorded.
done-auditor-access-ended = The auditor’s access was taken back.

act-auditor-access-asked = Auditor’s access asked for
act-auditor-access-granted = Auditor’s access approved
act-auditor-access-refused = Auditor’s access not approved
act-auditor-access-ended = Auditor’s access taken back

mail-auditor-access-asked-subject = An auditor’s access waits for approval ({ $title })
mail-auditor-access-asked-text = An auditor was named for the entrustment “{ $title }” ({ $number }), from { $from_en } to { $until_en }. Look at purpose and scope and decide. Whoever named the auditor can’t decide.
mail-auditor-access-asked-link = See what was asked for
mail-auditor-access-granted-subject = You can read an entrustment ({ $title })
mail-auditor-access-granted-text = You can read and download the entrustment “{ $title }” ({ $number }) of { $organisation } from { $from_en } to { $until_en }. It closes at midnight, Japan’s time, at the end of the last day.
mail-auditor-access-granted-link = See what you can read
mail-auditor-access-ended-subject = Your access to an entrustment was taken back ({ $title })
mail-auditor-access-ended-text = { $organisation } took back your access to the entrustment “{ $title }” ({ $number }). You can’t read it any more.
mail-auditor-access-ended-link = See what you can read

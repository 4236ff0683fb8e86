# Registered recipients

recipient-list-title = Recipients
recipient-list-lead = To whom the contractor may send personal data. Nobody counts as a recipient before the principal has approved.
recipient-form-title = Add a recipient
recipient-show-title = Recipient
recipient-form-lead-proposes = The principal has to approve before you send anything. The division will be told of your proposal.
recipient-form-lead-registers = What you register is approved at once.
recipient-enter = Add a recipient
recipient-none = No recipients
recipient-none-text = Before personal data go to anybody but the two parties, the recipient is registered here.

recipient-name = Name
recipient-name-hint = Organisation and department, such as Mieno Labour Bureau, Inspection Division
recipient-kind = Kind
recipient-kind-principal_division = Another division of the principal
recipient-kind-sub_contractor = A sub-contractor
recipient-kind-authority = A public authority
recipient-kind-facility = A facility or business that is concerned
recipient-kind-subject = The person concerned
recipient-kind-other = Somebody else
recipient-address = Address
recipient-address-hint = Mail address, fax number or postal address. A transmission to any other will be pointed out.
recipient-purpose = Purpose
recipient-purpose-hint = What the recipient needs the data for.
recipient-items = Items that the purpose needs
recipient-items-hint = Choose none for all items.
recipient-items-all = All items
recipient-persons-limit = Most persons at once
recipient-persons-limit-hint = As many as the purpose needs, so that each recipient gets its own part only.
recipient-until-on = Until
recipient-status = Status
recipient-status-proposed = Waiting for approval
recipient-status-approved = Approved
recipient-status-refused = Refused
recipient-status-ended = Ended
recipient-propose = Propose
recipient-register = Register
recipient-proposed-by = Entered by
recipient-decided-by = Decided by
recipient-decided-at = Decided at
recipient-decide-title = Decision
recipient-decision = Decision
recipient-decision-approved = Approve
recipient-decision-refused = Refuse
recipient-reason = Reason
recipient-reason-hint = Needed for a refusal. The contractor sees it.
recipient-decide = Decide
recipient-end-title = End this recipient
recipient-end-text = From then on a transmission to it breaks the handling rules. What was recorded stays.
recipient-end = End
recipient-end-really = End this recipient?

recipient-line-approved = { $count } approved
recipient-line-proposed = { $count } waiting for approval
recipient-line-none = Nothing to approve

recipient-error-until-past = Enter today or a later day
recipient-decided = This recipient was decided on or ended already.
done-recipient-proposed = Proposed. Please wait for the principal’s approval.
done-recipient-registered = The recipient is registered.
done-recipient-decided = Decided. The contractor was told.
done-recipient-ended = The recipient was ended.

act-recipient-proposed = Recipient proposed
act-recipient-registered = Recipient registered
act-recipient-approved = Recipient approved
act-recipient-refused = Recipient refused
act-recipient-ended = Recipient ended

mail-recipient-proposed-subject = A recipient waits for your approval ({ $title })
mail-recipient-proposed-text = { $contractor } proposed a recipient for the entrustment “{ $title }” ({ $number }). Please look at its purpose and items and decide. Until you approve, nothing may be sent to it.
mail-recipient-proposed-link = Show the proposal
mail-recipient-approved-subject = A recipient was approved ({ $title })
mail-recipient-approved-text = { $organisation } approved a recipient of the entrustment “{ $title }” ({ $number }). Send only the items and persons that its purpose needs.
mail-recipient-approved-link = Show the recipient
mail-recipient-refused-subject = A recipient was refused ({ $title })
mail-recipient-refused-text = { $organisation } did not approve a recipient of the entrustment “{ $title }” ({ $number }). Please send nothing to it. The reason is on the page behind the link.
mail-recipient-refused-link = Show the reason

mail-recipient-asked-subject = A recipient waits for approval ({ $title })
mail-recipient-asked-text = An officer added a recipient to the entrustment “{ $title }” ({ $number }). Look at purpose and items and decide. Whoever added it can’t approve it.
mail-recipient-asked-link = See the recipient

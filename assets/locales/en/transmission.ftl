# Transmissions

transmission-list-title = Transmissions
transmission-list-lead = What was sent and received. One side enters it, the other confirms the receipt.
transmission-form-title = Enter a transmission
transmission-edit-title = Correct a transmission
transmission-show-title = Transmission { $number }
transmission-form-lead = Enter it after it was sent, as it happened. What doesn’t fit the handling rules is pointed out before saving. Don’t enter the personal data themselves.
transmission-enter = Enter a transmission
transmission-correct = Correct
transmission-copy = Enter another like this
transmission-none = No transmissions
transmission-none-text = Whenever personal data are sent or received, it is entered here.

transmission-section-sent = When and who
transmission-section-content = Content
transmission-section-protection = Protection and check

transmission-number = No.
transmission-sent-at = Sent at
transmission-sent-on = Day
transmission-sent-time = Time
transmission-sent-time-hint = 24 hours, such as 14:05
transmission-sender = Sent by
transmission-party = Party
transmission-party-principal = Principal
transmission-party-contractor = Contractor
transmission-party-other = Somebody else
transmission-handler = Handler who sent
transmission-handler-hint = From the roster, when the contractor sent.
transmission-sender-address = Sender’s own address
transmission-sender-address-hint = From where it went, for mail and fax.
transmission-way = Way
transmission-receivers = Received by
transmission-receivers-hint = For a registered recipient name and address may be left out. If it went to another address, enter that one. More rows appear when you save.
transmission-receiver-n = Receiver { $n }
transmission-receiver-who = Who
transmission-receiver-name = Name
transmission-receiver-address = Address
transmission-receiver-field = Field
transmission-receiver-who-0 = Receiver 1
transmission-receiver-lines = More receivers, one a line
transmission-receiver-lines-hint = For many at once, such as name@example.jp or Name <name@example.jp>
transmission-receiver-lines-field = Field of these receivers
transmission-who-other = Somebody else (enter name and address)
transmission-who-not-approved = { $name } (not approved)
transmission-field-to = To
transmission-field-cc = Cc
transmission-field-bcc = Bcc
transmission-registered = Registered
transmission-unregistered = Not registered
transmission-and-more = { $names } and { $count } more

transmission-purpose = Purpose
transmission-purpose-hint = Such as: report on the audit
transmission-items = Items
transmission-persons = Persons
transmission-description = What was sent
transmission-description-hint = Names and number of files or papers, without personal data. May be left out when there is a hash.
transmission-content-hash = SHA-256 of the file
transmission-content-hash-hint = 64 hexadecimal digits. Shows later that a file is the same.
transmission-protection = Protection
transmission-protection-none = None
transmission-protection-password = A password on the file
transmission-protection-encrypted = Encrypted for the recipient
transmission-protection-access_limited = Open to the recipient alone
transmission-protection-sealed = Sealed (paper, media)
transmission-key-way = How the password or key went
transmission-key-none = There is none
transmission-key-same_way = The same way
transmission-key-other_way = Another way
transmission-key-agreed = Agreed beforehand
transmission-checked-by = Second person who checked
transmission-checked-by-hint = Somebody other than the sender. Leave it empty if nobody did.
transmission-entered-by = Entered by
transmission-rules = Handling rules
transmission-kept = Kept
transmission-kept-text = Nothing breaks the handling rules.
transmission-reason = Reason for the exception: { $reason }

transmission-confirmation = Receipt
transmission-confirmation-waiting = Not confirmed yet
transmission-confirmation-confirmed = Confirmed
transmission-confirmation-disputed = Disputed
transmission-confirmation-not_needed = Not needed
transmission-confirmed-by = Confirmed by
transmission-confirmed-at = Confirmed at
transmission-confirm-title = Confirm the receipt
transmission-confirm-text = The other side entered this. Please check that it is as it was.
transmission-decision = Result
transmission-decision-confirmed = As entered
transmission-decision-disputed = Not as entered
transmission-note = What differs
transmission-note-hint = Needed when it is not as entered. Both sides get a finding. No personal data, please.
transmission-decide = Save the result
transmission-dispute-title = The records of a transmission differ

transmission-line-count = { $count } entered
transmission-line-waiting = { $count } not confirmed
transmission-line-findings = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
transmission-line-none = No findings

transmission-error-future = This is yet to come. Enter it after it was sent
transmission-error-receiver = Enter at least one receiver
transmission-error-receiver-name = Enter a name or an address
transmission-error-address = Enter the mail address to which it went
transmission-error-lines = One a line, at most { $max } lines
transmission-error-content = Enter what was sent, or its hash
transmission-error-hash = A SHA-256 has 64 hexadecimal digits
transmission-confirmed = The receipt was confirmed: this can’t be corrected any more.
transmission-settled = This was confirmed already, or needs no confirmation.
done-transmission-confirmed = The receipt is confirmed.
done-transmission-disputed = The difference is on record. Both sides have a finding.

act-transmission-entered = Transmission entered
act-transmission-corrected = Transmission corrected
act-transmission-confirmed = Receipt confirmed
act-transmission-disputed = Receipt disputed
act-transmission-reminded = Reminded to confirm a receipt

mail-transmission-reminder-subject = Please confirm the receipt ({ $title })
mail-transmission-reminder-text = { $count ->
    [one] In the entrustment “{ $title }” ({ $number }), { $count } transmission waits for confirmation. Please check that it is as it was entered, and say what differs if it is not.
   *[other] In the entrustment “{ $title }” ({ $number }), { $count } transmissions wait for confirmation. Please check that they are as they were entered, and say what differs if they are not.
}
mail-transmission-reminder-link = Show what waits
mail-transmission-escalation-subject = Receipts are not confirmed ({ $title })
mail-transmission-escalation-text = { $count ->
    [one] In the entrustment “{ $title }” ({ $number }, contractor: { $contractor }), { $count } transmission was not confirmed within 10 working days. Please make sure that nothing got lost.
   *[other] In the entrustment “{ $title }” ({ $number }, contractor: { $contractor }), { $count } transmissions were not confirmed within 10 working days. Please make sure that nothing got lost.
}
mail-transmission-escalation-link = Show what isn’t confirmed

record-transmissions = Transmissions
record-transmissions-table = Transmissions
record-transmissions-none = No transmissions were entered.
record-transmissions-note = Compared with the handling rules and lists as they were at the time of the state.
record-transmission-number = No. { $number }
record-transmission-at = When
record-transmission-between = From and to
record-transmission-from = From: { $who }
record-transmission-to = { $field }: { $who }
record-transmission-content = Content
record-transmission-protection = Way and protection
record-transmission-checked = Checked: { $who }
record-transmission-unchecked = No second check
record-transmission-rules = Handling rules
record-transmission-kept = Kept
record-transmission-broken = { $title } ({ $what })
record-transmission-reason = Reason: { $reason }
record-transmission-confirmation = Receipt
record-recipients = Registered recipients
record-recipients-none = No recipients were registered.
record-recipient-name = Recipient
record-recipient-purpose = Purpose
record-recipient-limit = Items and limits
record-recipient-status = Status
record-recipient-until = until { $date }

# Handlers

handler-list-title = Roster of handlers
handler-list-lead = The people who handle the personal data in this work, with their pledges and training.
handler-show-title = Handler
handler-form-title = Enter a handler
handler-edit-title = Change a handler
handler-training-title = Record a training
handler-leaving-title = Leaving and returning
handler-enter = Enter a handler
handler-training-enter = Record a training
handler-leave = Record leaving
handler-return = Record a return
handler-search = Search by name
handler-none = No handlers found
handler-none-text = Those who handle the personal data are listed here once they are entered.
handler-form-lead = Enter somebody who handles the personal data. The entry is held against the handling rules before it is saved.
handler-line = { $there } on the roster, { $left } left

handler-name = Name
handler-name-kana = Name in katakana
handler-email = Mail address
handler-email-hint = For somebody who uses Azukari, the address for signing in: the account can then be closed when they leave.
handler-account = Account
handler-account-linked = Has one
handler-account-none = Has none
handler-duty = Duty
handler-duty-responsible = Responsible
handler-duty-handler = Handler
handler-duty-system = Runs the systems
handler-duty-other = Other
handler-temporary = Agency worker
handler-temporary-hint = Choose this for somebody sent by an agency.
handler-temporary-short = Agency
handler-pledged-on = Pledged on
handler-not-pledged = No pledge
handler-starts-on = From
handler-ends-on = Left on
handler-period = Period
handler-note = Remarks
handler-status = Status
handler-status-there = On the roster
handler-status-left = Left
handler-holdings = See the holdings this person can open
handler-holdings-open = See what is held and open to this person

handler-section-training = Latest training
handler-section-training-hint = A training for several people is recorded at once from the roster.
handler-trained-on = Trained on
handler-training-content = What it was about
handler-trainings = Training
handler-last-training = Latest training
handler-not-trained = No training
handler-training-lead = Record the day and content of a training for all who were there at once.
handler-held-on = Held on
handler-content = Content
handler-content-hint = For example: reading the clauses together, practising how not to send to the wrong address (60 minutes)
handler-handlers = Who was there

handler-files = Pledge and other files
handler-pledge = File of the pledge or another
handler-file-remove = Take back

handler-leaving-lead = Record the last day and the return of what the person had: papers, media, terminals, keys. If the return comes later, leave its day empty and record it then.
handler-returned-on = Return confirmed on
handler-return-note = What was returned
handler-return-note-hint = What came back and who confirmed it. Say also what is still missing.
handler-not-returned = Not all is back
handler-not-returned-text = Confirm the return of papers, media and terminals, and record the day.
handler-access-none = There is no account to close
handler-access-text-none = Only this roster changes.
handler-access-closes = The account is closed too
handler-access-text-closes = This person is on no other roster of your organisation. On saving, the membership ends, and open sessions with it.
handler-access-other_roster = The account stays open
handler-access-text-other_roster = This person is on another roster of your organisation too.
handler-access-representative = This doesn't close the account
handler-access-text-representative = Only the contractor's representative closes an account, and never the own one. Please ask the representative.
done-handler-left = Leaving and returning were recorded.
done-handler-left-closed = Leaving and returning were recorded, and the account was closed.

handler-error-future = This is after today. Enter today or an earlier day
handler-error-before-start = This is before the first day. Enter that day or a later one
handler-error-left = This person has left. Open the page again to see how

act-handler-entered = Handler entered
act-handler-changed = Handler changed
act-handler-trained = Training recorded
act-handler-left = Handler left
act-handler-returned = Return recorded

record-handlers = Handlers
record-handlers-none = No handlers were entered.
record-handler-name = Name
record-handler-ends = Left on
record-handler-trained = Latest training
record-handler-temporary = { $duty } (agency)
record-handler-returns = What those who left returned
record-handler-trainings = Training

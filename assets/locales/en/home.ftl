# Home and help

home-title = Home
home-next = Next
home-nothing = Nothing needs doing now
home-nothing-text = Questionnaires to answer or review appear here, the nearest deadline first.
home-more = Often used
home-card-register = Enter the contractor, period, data items and handling rules
home-card-dispatch-title = Send a questionnaire
home-card-dispatch = To one entrustment or to many at once
home-card-entrustments = Questionnaires, attestation, audit records and history of each contract
home-card-received = Questionnaires you received and your answers so far
home-card-questionnaires = How far the questionnaires have come
home-group-answer = Questionnaires to answer
home-group-returned = Returned questionnaires
home-group-review = Responses to review
home-group-overdue = Overdue questionnaires
home-group-soon = Questionnaires due soon
home-task-answered = { $answered } of { $questions } questions answered
home-act-start = Start answering
home-act-continue = Continue answering
home-act-returned = See what was returned
home-act-review = Review the answers
home-act-look = See how it stands
home-status-answering = In progress
home-status-not-started = Not started
home-status-returned = Returned
home-status-submitted = Waiting for review
home-overview = See the overview
home-status-waiting = Waiting
home-status-late = Overdue
home-group-sub-applied = Sub-entrustments to decide
home-act-sub-applied = Decide the application
home-group-exceptions-claimed = Exceptions to decide
home-act-exceptions-claimed = Look at the exceptions
home-group-closing-proposed = Entrustments to close
home-act-closing-proposed = Look at the closing
home-group-auditors-asked = Auditors’ access to approve
home-act-auditors-asked = Look at the auditors
home-group-recipient-proposed = Recipients to approve
home-act-recipient-proposed = Look at the recipients
home-group-handover-proposed = Hand-overs to approve
home-act-handover-proposed = Look at the hand-overs
home-group-handover-arrived = Hand-overs to be fetched
home-act-handover-arrived = Fetch
home-group-handover-requested = Hand-overs that you are asked for
home-act-handover-requested = Look at the request
home-group-findings-answered = Corrective actions to check
home-act-findings-answered = Check the action
home-group-disposal-attested = Disposals to accept
home-act-disposal-attested = Check the certificate
home-group-unconfirmed = Transmissions to confirm
home-act-unconfirmed = Confirm the receipt
home-group-findings-open = Findings to answer
home-act-findings-open = Answer the finding
home-group-erase-due = Disposals due
home-act-erase-due = Enter the disposal
home-group-untrained = Handlers without training this year
home-act-untrained = Enter the training

help-title = Help
help-lead = Azukari is the portal in which bodies that entrust personal data, their contractors and the auditors of both share one record of every entrustment.
help-officer-heading = For officers
help-officer-text = Register the contractor, then the entrustment with its handling rules, and send a questionnaire: to one entrustment or to any number at once.
    Responses that were handed in appear on your home page. Review them answer by answer and return only those that need changing, with the reason.
    An audit record can be issued at any time from the page of the entrustment.
help-contractor-heading = For contractors
help-contractor-text = Set a password by the link in the invitation and begin at once. You can close the page and go on another day.
    Where there is an answer from last time, a button takes it over. Make sure that it still holds.
    When everything is answered, check the answers, read the clauses, and let the representative attest. Attesting hands the response in.
help-auditor-heading = For auditors
help-auditor-text = The page of an entrustment shows questionnaires, attestation and history, and lets you download audit records. You can't change anything.
    The end of an audit record says how to make sure that it was not altered.
help-evidence-heading = Evidence
help-evidence-text = You can attach PDF, pictures, Word, Excel, text and CSV files of up to 25 MB each. Files are kept encrypted, and their fingerprint (SHA-256) goes into the record.
    Never put My Numbers or lists of persons into answers or evidence.
help-keyboard-heading = Using the pages
help-keyboard-text = Everything can be done with the keyboard alone, and in browsers with scripts turned off.
    Dates may be typed as 令和8年4月1日, R8.4.1 or 2026-04-01.
help-incident-heading = If you notice a leak
help-incident-text = Call the division named on the page of the entrustment at once. The handling rules say within how many hours.

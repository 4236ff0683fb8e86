# Questionnaires: dispatch, list, extension, withdrawal

questionnaire-list-title = Questionnaires
questionnaire-name = Questionnaire
questionnaire-entrustment = Entrustment
questionnaire-deadline = Answer by
questionnaire-status = Status
questionnaire-answered = Answered
questionnaire-questions = Questions
questionnaire-answered-ratio = { $answered } / { $questions }
questionnaire-answered-of = { $answered } of { $questions } questions answered
questionnaire-questions-count = { $count } questions
questionnaire-none = No questionnaires found
questionnaire-none-text-principal = Try other conditions. Questionnaires that were dispatched appear here.
questionnaire-none-text-contractor = Try other conditions. Questionnaires that principals sent to you appear here.

questionnaire-status-answering-principal = Waiting for answers
questionnaire-status-answering-contractor = To be answered
questionnaire-status-submitted-principal = To be reviewed
questionnaire-status-submitted-contractor = Being reviewed
questionnaire-status-returned-principal = Returned, waiting for answers
questionnaire-status-returned-contractor = Returned
questionnaire-status-approved-principal = Reviewed
questionnaire-status-approved-contractor = Reviewed
questionnaire-status-withdrawn-principal = Withdrawn
questionnaire-status-withdrawn-contractor = Withdrawn
questionnaire-status-overdue = Overdue

questionnaire-panel-title = Questionnaires
questionnaire-panel-none = No questionnaire has been dispatched yet.

questionnaire-dispatch-link = Dispatch a questionnaire
questionnaire-dispatch-title = Dispatch of a questionnaire
questionnaire-dispatch-lead = Choose entrustments and a questionnaire, and ask the contractors to answer it. You can check everything before it is sent.
questionnaire-dispatch-filter = Find entrustments
questionnaire-dispatch-filter-text = Filter first, then choose. Filtering empties the fields below.
questionnaire-dispatch-to = Sent to
questionnaire-dispatch-entrustments = Entrustments
questionnaire-dispatch-more = { $total } entrustments fit the filter; at most { $shown } are shown below. Filter further, or send to all that fit.
questionnaire-dispatch-several = Send to several entrustments at once instead
questionnaire-dispatch-what = Questionnaire and deadline
questionnaire-dispatch-to-check = Check before sending
questionnaire-dispatch-send = { $count ->
    [one] Send to { $count } entrustment
   *[other] Send to { $count } entrustments
}
questionnaire-dispatch-change = Change
questionnaire-scope = Which of them
questionnaire-scope-chosen = Send to those chosen below
questionnaire-scope-all = Send to all { $count } that fit the filter
questionnaire-template-version = { $title } (version { $version })
questionnaire-template-built-in = The questionnaire that comes with Azukari
questionnaire-contact = Contact
questionnaire-contact-hint = Whom the contractor can ask, such as the division and its telephone number. Shown on the contractor's page and in the mail.
questionnaire-message = Message to the contractors
questionnaire-message-hint = Shown on the contractor's page, not in the mail. Don't write personal data.

questionnaire-dispatch-check-title = Check before sending
questionnaire-check-count = { $count ->
    [one] The questionnaire goes to { $count } entrustment.
   *[other] The questionnaire goes to { $count } entrustments.
}
questionnaire-check-nothing = There is nothing to send
questionnaire-check-nothing-text = None of the chosen entrustments can get this questionnaire. See why, and choose again.
questionnaire-check-left-out = { $count ->
    [one] { $count } entrustment is left out
   *[other] { $count } entrustments are left out
}
questionnaire-check-invited = For { $count } of them nobody at the contractor has an account yet: an invitation goes to the address in the register. The questionnaire is there once they have joined.
questionnaire-check-how = Told by
questionnaire-check-by-invitation = Invitation
questionnaire-check-by-mail = { $count ->
    [one] Mail to { $count } representative
   *[other] Mail to { $count } representatives
}
questionnaire-left-out-open = the same questionnaire is still open
questionnaire-left-out-closed = the entrustment is closed

questionnaire-deadline-title = Extend the deadline
questionnaire-deadline-lead = The new deadline and the reason are kept in the ledger. The contractor's representatives get a mail with the new deadline.
questionnaire-new-deadline = New deadline
questionnaire-deadline-reason = Reason for the extension
questionnaire-deadline-do = Extend the deadline
questionnaire-reason-hint = Kept in the ledger. Don't write personal data.
questionnaire-withdrawal-title = Withdraw the questionnaire
questionnaire-withdrawal-lead = After the withdrawal the contractor can't answer any more. The answers so far are kept. This can't be undone.
questionnaire-withdrawal-reason = Reason for the withdrawal
questionnaire-withdrawal-do = Withdraw the questionnaire

done-dispatched = The questionnaires were dispatched.
done-deadline-extended = The deadline was extended.
done-withdrawn = The questionnaire was withdrawn.

error-deadline-past = This day has passed. Enter today or a later day
error-deadline-far = This day is too far off. Enter a day within two years from today
error-deadline-not-later = Enter a day after the present deadline
error-entrustment-required = Choose the entrustments to send to
error-entrustment-too-many = At most { $max } entrustments can be sent to at once. Filter them, and send in several goes
error-nothing-to-dispatch = There is nothing to send. See in the list whether the same questionnaire was sent already
error-questionnaire-over = This questionnaire was accepted or withdrawn and can't be changed any more.

act-dispatch-created = Dispatch of questionnaires begun
act-questionnaire-dispatched = Questionnaire dispatched
act-questionnaire-deadline-extended = Deadline extended
act-questionnaire-withdrawn = Questionnaire withdrawn

mail-questionnaire-dispatched-subject = Please answer a questionnaire ({ $organisation })
mail-questionnaire-dispatched-text = { $organisation } asks you to answer “{ $template }” by { $deadline }. It takes about { $minutes } minutes; you can save and go on later.
mail-questionnaire-dispatched-link = Open the questionnaire
mail-questionnaire-about = Entrustment: { $title }
mail-questionnaire-contact = Contact: { $contact }
mail-questionnaire-extended-subject = Deadline extended ({ $organisation })
mail-questionnaire-extended-text = The deadline of the questionnaire about “{ $title }” was extended to { $deadline }.
mail-questionnaire-extended-link = Open the questionnaire
mail-questionnaire-withdrawn-subject = Questionnaire withdrawn ({ $organisation })
mail-questionnaire-withdrawn-text = The questionnaire about “{ $title }” was withdrawn. It needs no answer any more. The answers so far are kept.
mail-questionnaire-withdrawn-link = Open the questionnaire

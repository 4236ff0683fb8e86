# Requests to hand something over

handover-request-list-title = Requests for hand-overs
handover-request-list-lead = Here one side asks the other to hand something over through this portal. Whoever is asked makes a hand-over out of the request; nothing is attached to a mail.
handover-request-form-title = Ask for a hand-over
handover-request-show-title = Request for a hand-over
handover-request-numbered = Request no. { $number }
handover-request-form-lead-contractor = You ask the contractor to hand data over. Its people are told.
handover-request-form-lead-principal = You ask the principal to hand data over. The division is told.
handover-request-ask = Ask for a hand-over
handover-request-ask-now = Ask
handover-request-hand-overs = Hand-overs
handover-request-none = No requests
handover-request-none-text = When you need data from the other side, ask for it here.

handover-request-number = No.
handover-request-purpose = What it is needed for
handover-request-purpose-hint = For example: to check the staff lists of the audit of 2026
handover-request-items = Items needed
handover-request-items-hint = Choose only what the purpose needs.
handover-request-message = Message
handover-request-message-hint = Forms, scope and the like. Please write no names or numbers of persons.
handover-request-due-on = By when
handover-request-due-on-hint = For example 2026-04-30. The other side is reminded two working days before, and when the day has passed.
handover-request-asked = Asked
handover-request-asked-by = Asked by
handover-request-settled-by = Answered or withdrawn by
handover-request-party-principal = Principal
handover-request-party-contractor = Contractor
handover-request-party-other = Other
handover-request-status = Status
handover-request-status-open = Waiting
handover-request-status-answered = Handed over
handover-request-status-withdrawn = Withdrawn
handover-request-answer = Make a hand-over for this request
handover-request-answer-text = The hand-over takes over purpose and items. Its files reach the other side once somebody else has approved them.
handover-request-answers = Hand-overs that answered
handover-request-withdraw-title = Withdraw the request
handover-request-withdraw-text = When it is no longer needed. The other side is told.
handover-request-withdraw = Withdraw
handover-request-withdraw-really = Withdraw this request?

handover-request-line-open = { $count } requested
handover-request-line-none = Nothing requested

handover-request-error-due-past = Enter today or a later day
handover-request-settled = This request was answered or withdrawn already.
done-handover-requested = Asked. The other side was told.
done-handover-request-withdrawn = Withdrawn. The other side was told.

act-handover-requested = Hand-over requested
act-handover-request-withdrawn = Request for a hand-over withdrawn
act-handover-request-answered = Request for a hand-over answered
act-handover-request-reminded = Reminded of a request for a hand-over

mail-handover-requested-subject = Please hand something over ({ $title })
mail-handover-requested-text = You are asked to hand data over for the entrustment “{ $title }” ({ $number }). What is needed, and until when, is on the page behind the link. Please make a hand-over there; attach nothing to a mail.
mail-handover-requested-link = Show the request
mail-handover-request-withdrawn-subject = A request for a hand-over was withdrawn ({ $title })
mail-handover-request-withdrawn-text = A request for a hand-over for the entrustment “{ $title }” ({ $number }) was withdrawn. Nothing needs to be handed over.
mail-handover-request-withdrawn-link = Show the request
mail-handover-request-reminder-subject = A hand-over is due ({ $title })
mail-handover-request-reminder-text = A request for a hand-over for the entrustment “{ $title }” ({ $number }) has no answer yet. The day is on the page behind the link. Please make a hand-over there, or tell whoever asked if you can’t keep the day.
mail-handover-request-reminder-link = Show the request
mail-handover-request-overdue-subject = A hand-over is overdue ({ $title })
mail-handover-request-overdue-text = What you asked for in the entrustment “{ $title }” ({ $number }) hasn’t come five working days after its day. Please ask the other side, or withdraw the request if it is no longer needed.
mail-handover-request-overdue-link = Show the request

# Receiving hand-overs, delivering them, taking them back

handover-delivery-list-title = Received hand-overs
handover-delivery-list-lead = Files that came to your organisation. Fetch them before their time is up; after that nobody can open them.
handover-delivery-title = Receiving a hand-over
handover-delivery-none = Nothing has been received
handover-delivery-none-text = When something comes, a mail tells you. The mail has no file attached.
handover-delivery-status = Status
handover-delivery-standing-waiting = To be fetched
handover-delivery-standing-received = Received
handover-delivery-standing-refused = Said to be misdirected
handover-delivery-standing-recalled = Taken back
handover-delivery-standing-over = Over
handover-delivery-purpose = Purpose
handover-delivery-sender = From
handover-delivery-about = Entrustment
handover-delivery-items = Data items
handover-delivery-message = Message from the sender
handover-delivery-sent-at = Sent
handover-delivery-valid-until = To be fetched until
handover-delivery-receipt = Receipt
handover-delivery-for = For { $recipient }
handover-delivery-outside-lead = These files belong to work entrusted by { $principal }. Read the purpose and the rules, then fetch them. This page closes after 30 minutes; then type the code again.

handover-delivery-files = Files
handover-delivery-file = File
handover-delivery-size = Size
handover-delivery-left = Left
handover-delivery-times = { $count ->
    [one] once
   *[other] { $count } times
 }
handover-delivery-hash = Hash (SHA-256)
handover-delivery-fetch = Fetch
handover-delivery-not-ready = Not available
handover-delivery-rules = What you agree to
handover-delivery-rule-purpose = I use it for the purpose above and nothing else.
handover-delivery-rule-others = I pass it on to nobody and don't forward it by mail.
handover-delivery-rule-place = I keep it only in places and on devices that the handling rules allow.
handover-delivery-rule-count = Each file can be fetched { $count ->
    [one] once
   *[other] { $count } times
 }. A download that breaks off can be resumed within an hour and isn't counted again.
handover-delivery-rule-delete = I delete it when I am done. If the sender takes it back, I delete it at once and say so.
handover-delivery-confirmed = I am the right recipient, and I use it for this purpose only.
handover-delivery-confirmed-hint = Before you fetch anything, look at the sender and the purpose.
handover-delivery-error-confirmed = Tick the box to confirm that you are the right recipient
handover-delivery-refuse-title = If this isn't for you
handover-delivery-refuse-text = If you think that it was sent to the wrong one, don't fetch it, and tell us. It is stopped at once and the sender is told.
handover-delivery-refuse = I'm not the right recipient
handover-delivery-refuse-really = The hand-over is stopped and the sender is told. Go on?
handover-delivery-refused-banner = Somebody said that this isn't the right recipient; the hand-over was stopped.
handover-delivery-refused = It is already known that this isn't the right recipient.
handover-delivery-over-banner = This hand-over is over. The keys of its files were destroyed and nobody can open them. If you need them again, ask the sender.
handover-delivery-recalled-title = The sender took it back
handover-delivery-recalled-text = Nothing can be fetched any more. If you have fetched something, don't use it; delete it and say that you did.
handover-delivery-deletion-link = Open the confirmation of deletion

handover-delivery-code-title = Type the code
handover-delivery-code-lead = Something from { $principal } waits for you.
handover-delivery-code-text = The sender tells you a code of eight digits by another way than mail, for instance by telephone. If you don't have it yet, please wait to hear from the sender.
handover-delivery-code = Code
handover-delivery-code-hint = Eight digits, such as 0012 3456
handover-delivery-code-send = Continue
handover-delivery-error-code = The code is wrong. { $left ->
    [one] One more try is left
   *[other] { $left } more tries are left
 }
handover-delivery-error-locked = Five wrong codes were typed, so it was locked. Ask the sender for a new code
handover-delivery-code-locked-title = No more codes are looked at
handover-delivery-code-locked-text = Five wrong codes were typed. Ask the sender at { $principal } for a new code.
handover-delivery-wrong-title = If you don't expect anything
handover-delivery-wrong-text = If you don't know what this mail is about, tell us with the button below. You need no code. The hand-over is stopped at once and the sender is told.
handover-delivery-thanks-title = Thank you for telling us
handover-delivery-thanks-lead = The hand-over was stopped, and the sender at { $principal } was told.
handover-delivery-thanks-text = There is nothing else for you to do. Please delete the mail.

handover-delivery-who = Recipients and what they have
handover-delivery-recipient = Recipient
handover-delivery-address = Mail address
handover-delivery-opened-at = First opened
handover-delivery-not-received = Not received yet
handover-delivery-downloads = Downloads
handover-delivery-taken-left = { $taken } taken ({ $left } left)
handover-delivery-refused-at = Said to be misdirected
handover-delivery-refused-text = The recipient said that it isn't the right one. Check how it is registered.
handover-delivery-log = What was fetched
handover-delivery-started-at = Begun
handover-delivery-by = By
handover-delivery-completed-at = Complete
handover-delivery-not-complete = Not complete
handover-delivery-tell-text = Call the recipient at the registered number, make sure who it is, and tell the code. Never send it by mail.
handover-delivery-tell = Show the code
handover-delivery-renew = Issue a new code
handover-delivery-locked-title = Five wrong codes were typed
handover-delivery-locked-text = Call the recipient and ask whether it mistyped. If somebody else may have tried, take the hand-over back. To go on, issue a new code and tell it.
handover-delivery-told-title = The code to tell
handover-delivery-told-lead = Tell it to { $recipient } by telephone.
handover-delivery-told-text = Call the registered number yourself. Make sure who you are speaking to, then read the code in its two groups. That you looked at it stands in the ledger.
handover-delivery-back = Back to the hand-over
handover-delivery-number = Hand-over { $number }

handover-delivery-recall-hint = If you notice that recipient or contents are wrong, take it back at once.
handover-delivery-recall-link = Take it back
handover-delivery-recall-title = Taking a hand-over back
handover-delivery-recall-lead = From then on nobody can fetch anything, and the keys of the files are destroyed. This can't be undone.
handover-delivery-recall-taken = Some recipients have fetched something ({ $count } of { $all })
handover-delivery-recall-taken-text = They are asked by mail to delete it unused and to say so, and are reminded until they do.
handover-delivery-recall-untouched = Nobody has fetched anything. The recipients are only told that there is nothing to fetch any more.
handover-delivery-reason = Why
handover-delivery-reason-hint = It stays in the ledger. Don't write names of persons whose data it is about.
handover-delivery-recall = Take it back
handover-delivery-not-sent = This hand-over hasn't been sent yet, or is over.
handover-delivery-incident-title = It may have to be reported
handover-delivery-incident-text = If it reached somebody who shouldn't have it, the leak may have to be reported and the persons told. Find out quickly.
handover-delivery-incident-link = Does this have to be reported?

handover-delivery-deletion = Deletion
handover-delivery-deletion-title = Confirmation of deletion
handover-delivery-deletion-none = There is nothing that you are asked to delete.
handover-delivery-deletion-lead = Files that { $sender } sent for { $principal } were taken back. Please delete what you received without using it, and tell us below.
handover-delivery-deletion-asked = No answer yet
handover-delivery-deletion-deleted_unseen = Deleted unseen
handover-delivery-deletion-deleted_seen = Seen, and deleted
handover-delivery-deletion-not_deleted = Not deleted
handover-delivery-asked-at = Asked
handover-delivery-answered-at = Answered
handover-delivery-answered-text = Your answer was noted and the sender was told. Thank you.
handover-delivery-reminded = reminded { $count ->
    [one] once
   *[other] { $count } times
 }
handover-delivery-answer-title = Say that it is deleted
handover-delivery-answer-text = Look into the trash, the downloads folder, copies, prints, and what you passed on.
handover-delivery-answer = How it is now
handover-delivery-answer-deleted_unseen = Deleted without opening it
handover-delivery-answer-deleted_seen = Seen, but deleted
handover-delivery-answer-not_deleted = Not deleted
handover-delivery-answer-not_deleted-hint = Passed on, lost, or it can't be deleted. Say below what happened.
handover-delivery-note = What the sender should know
handover-delivery-note-hint = Needed if it isn't deleted.
handover-delivery-agreed = I declare that my answer is true; I keep no copy, tell nobody what I saw, and don't use it.
handover-delivery-error-agreed = Read what you agree to and tick the box
handover-delivery-answer-send = Send the answer
handover-delivery-answered = This was already answered.

done-handover-delivery-refused = The hand-over was stopped and the sender was told.
done-handover-delivery-answered = The sender was told your answer.
done-handover-delivery-recalled = Taken back. Nobody can fetch anything any more.
done-handover-delivery-code-renewed = A new code was issued. The old one counts no more.

error-hand-over = Nothing can be fetched with this link.
error-hand-over-what-next = Its time is up, the sender took it back, or the link was cut. Try the link in the mail once more; if that doesn't help, ask the sender.
error-handover-over = This hand-over is over.
error-handover-over-what-next = Its time is up or the sender took it back. If you need it, ask the sender.
error-handover-used-up = This file was fetched as often as it may be.
error-handover-used-up-what-next = If you need it again, ask the sender.
error-handover-ticket = This download is over.
error-handover-ticket-what-next = It is complete, or it began more than an hour ago. To fetch the file again, begin on the page of the hand-over.

act-handover-downloaded = Download of a handed-over file begun
act-handover-received = Handed-over file received
act-handover-opened = Hand-over opened by an outside recipient
act-handover-code-refused = Wrong code for a hand-over
act-handover-code-renewed = Code of a hand-over issued anew
act-handover-code-shown = Code of a hand-over shown
act-handover-recalled = Hand-over taken back
act-handover-refused = Hand-over said to be misdirected
act-handover-ended = Hand-over ended
act-handover-deletion-answered = Answer about deletion after taking back
act-handover-deletion-reminded = Reminder of deletion after taking back

mail-handover-sent-subject = A hand-over has come ({ $title })
mail-handover-sent-text = { $sender } hands something over to you for the entrustment "{ $title }" ({ $number }). Sign in, look at the purpose, then fetch it.
mail-handover-sent-next = It can be fetched until { $until }. No file is attached to this mail. If you don't expect it, don't fetch it, and say so on the page.
mail-handover-sent-link = Open the hand-over
mail-handover-sent-outside-subject = Something waits for you ({ $principal })
mail-handover-sent-outside-text = Something from { $principal } waits for you. Open the link and type the code, which is told to you by another way than mail, for instance by telephone.
mail-handover-sent-outside-next = It waits until { $until }. Please don't forward this mail. If you don't expect anything, say so with the button behind the link.
mail-handover-sent-outside-link = Open
mail-handover-received-subject = A hand-over was received ({ $title })
mail-handover-received-text = Hand-over { $position } of the entrustment "{ $title }" ({ $number }) was received by { $recipient } (fetched by { $by }).
mail-handover-received-next = It stands in the register of transmissions. When it was received is on the page behind the link.
mail-handover-received-link = Look at the hand-over
mail-handover-refused-subject = Please check: a hand-over is said to be misdirected ({ $title })
mail-handover-refused-text = Whoever got the mail for { $recipient } about hand-over { $position } of the entrustment "{ $title }" ({ $number }) says that it isn't the right recipient. The hand-over to this recipient was stopped at once.
mail-handover-refused-next = Check how the recipient is registered. If something was fetched already, it may have to be reported.
mail-handover-refused-link = Look at the hand-over
mail-handover-locked-subject = Please check: five wrong codes for a hand-over ({ $title })
mail-handover-locked-text = Five wrong codes were typed for { $recipient } in hand-over { $position } of the entrustment "{ $title }" ({ $number }); no more are looked at.
mail-handover-locked-next = Call the recipient at the registered number and ask whether it tried. To go on, issue a new code and tell it.
mail-handover-locked-link = Look at the hand-over
mail-handover-answered-subject = An answer about deletion ({ $title })
mail-handover-answered-text = { $recipient } answered about hand-over { $position } of the entrustment "{ $title }" ({ $number }), which was taken back.
mail-handover-answered-next = The answer is on the page behind the link. If it isn't deleted, get in touch at once.
mail-handover-answered-link = Look at the answer
mail-handover-withdrawn-subject = Nothing waits for you any more ({ $principal })
mail-handover-withdrawn-text = { $sender } took back what you were told of.
mail-handover-withdrawn-next = There is nothing for you to do. Please delete the earlier mail.
mail-handover-withdrawn-link = Look at what was received
mail-handover-deletion-subject = Please delete files that you received ({ $principal })
mail-handover-deletion-text = Files that { $sender } sent were taken back. Please delete what you received at once, without using it.
mail-handover-deletion-next = When it is deleted, say so on the page behind the link. If you can't delete it, say why.
mail-handover-deletion-link = Say that it is deleted
mail-handover-reminder-subject = Reminder: please delete files that you received ({ $principal })
mail-handover-reminder-text = You haven't said yet whether you deleted the files that { $sender } took back.
mail-handover-reminder-next = Please delete them at once and say so on the page behind the link. If you can't, say why.
mail-handover-reminder-link = Say that it is deleted

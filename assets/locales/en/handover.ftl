# Hand-overs

handover-list-title = Hand-overs
handover-list-lead = Personal data that went without mail. What is in the files is looked at, a second person approves, and only registered recipients get them.
handover-begin = Begin a hand-over
handover-none = No hand-overs
handover-none-text = Hand personal data over here instead of attaching them to a mail.
handover-show-title = Hand-over no. { $number }
handover-form-title = What goes to whom
handover-form-lead = You choose recipients among those that are registered and approved. Files are added on the next page.
handover-form-answers = This answers a request. When it is sent, the request is answered.
handover-decision-title = Approval of hand-over no. { $number }
handover-n = No. { $number }
handover-and-more = { $name } and { $count } more
handover-panel-row = No. { $number }  { $purpose }
handover-panel-waiting = { $count ->
    [one] One hand-over waits for approval.
   *[other] { $count } hand-overs wait for approval.
}
handover-panel-all = See all hand-overs

handover-section-to = Recipients
handover-section-what = What is handed over
handover-section-limits = How long and how often
handover-number = Number
handover-direction = Direction
handover-direction-hint = The other party is “{ $given }”.
handover-direction-to_contractor = Principal to contractor
handover-direction-to_principal = Contractor to principal
handover-direction-to_sub_contractor = Contractor to sub-contractor
handover-direction-to_sub_contractor-hint = Choose from “Sub-contractors” below.
handover-direction-to_recipients = To registered recipients
handover-direction-to_recipients-hint = Choose from “Registered recipients” below.
handover-below = Sub-contractors
handover-below-hint = For “Contractor to sub-contractor”.
handover-recipients = Registered recipients
handover-recipients-hint = For “To registered recipients”. Each gets it apart and sees no other.
handover-recipients-missing = Only approved recipients with a mail address can be chosen; never your own address.
handover-recipients-register = See the registered recipients
handover-to = To
handover-address = Address
handover-address-members = Received on the portal’s pages
handover-party = Kind
handover-party-principal = Principal
handover-party-contractor = Contractor
handover-party-sub_contractor = Sub-contractor
handover-party-outside = Registered recipient
handover-purpose = Purpose
handover-purpose-hint = What it is for. The recipients see it too. Example: preparing the yearly inspection
handover-items = Data items
handover-items-hint = Choose only what the purpose needs. Anything else that is found in a file stops the hand-over.
handover-message = Message
handover-message-hint = The recipients see it beside the files. Please write no personal data.
handover-valid-days = Can be fetched for
handover-valid-days-hint = 1 to 30 days. After that nobody can read the files any more.
handover-days-unit = days
handover-days = { $count ->
    [one] One day
   *[other] { $count } days
}
handover-downloads = Can be fetched how often
handover-downloads-hint = For each recipient and file, 1 to 10 times. Going on after an interruption doesn’t count.
handover-times-unit = times
handover-times = { $count ->
    [one] Once
   *[other] { $count } times
}
handover-go-on = Next (add files)
handover-save = Save
handover-status = Status
handover-status-draft = Being put together
handover-status-proposed = Waiting for approval
handover-status-returned = Given back
handover-status-approved = Approved, about to leave
handover-status-sent = Can be fetched
handover-status-recalled = Recalled
handover-status-ended = Ended
handover-status-discarded = Given up
handover-created-by = Begun by
handover-proposed-by = Approval asked for by
handover-proposed-at = Approval asked for at
handover-decided-by = Approved by
handover-decided-at = Decided at
handover-sent-at = Sent at
handover-valid-until = Can be fetched until
handover-recalled-at = Recalled at

handover-step-words = What and to whom
handover-step-files = Files
handover-step-propose = Asking for approval
handover-step-decide = Second person
handover-step-receive = Received

handover-next-waits = It hasn’t been sent yet.
handover-next-files = Next, add the files.
handover-next-stops = Something stops this hand-over. Mend it or say why.
handover-next-propose = Ready. Ask a second person for approval.
handover-next-decide = It waits for approval. Look at contents and recipients and decide.
handover-next-proposed = It waits for a second person. Nothing has been sent yet.
handover-next-approved = Approved. Nothing has been sent yet, and it can still be taken back.
handover-next-sent = The recipients can fetch it.
handover-next-recalled = Recalled. The recipients can’t fetch it any more.
handover-next-ended = Ended. The files were destroyed; nobody can read them.
handover-next-discarded = Given up. Nothing was sent.
handover-leaves-at = It leaves at
handover-returned-by = Given back by { $who }.
handover-returned-by-portal = A last look before it left found something else than was approved, so it was held back. Look at what is shown below and ask for approval again.

handover-receive = Fetch it
handover-propose = Asking for approval
handover-propose-text = Somebody who had no hand in it looks at contents and recipients and approves. Once asked for, nothing can be changed.
handover-propose-now = Ask for approval
handover-propose-not-yet = You can ask when there are files and nothing stops them.
handover-take-back = Taking it back
handover-take-back-text = Nothing has been sent yet. After taking it back you can mend it and ask for approval again.
handover-take-back-hint = Shown to those who had to do with it.
handover-take-back-now = Take back
handover-discard = Giving it up
handover-discard-text = Nothing will be sent. The files are destroyed and can’t be brought back. What happened stays recorded.
handover-discard-now = Give up
handover-discard-really = Give this hand-over up and destroy its files?

handover-decision-lead = { $who } asks for your approval. Look at the recipients, the contents, and what was found.
handover-decision-to = To whom
handover-decide = Decision
handover-decide-text = After your approval it leaves in { $minutes } minutes. Until then it can be taken back.
handover-decision = Decision
handover-decision-approved = Approve
handover-decision-returned = Give back
handover-looked = I have looked at the recipients, their addresses and the contents myself
handover-looked-hint = Tick this to approve.
handover-reason = Reason
handover-reason-hint = Needed when you give it back. Whoever asked sees it.
handover-decide-now = Decide

handover-error-other-direction = This doesn’t go with the direction you chose. Change the direction, or untick it
handover-error-own-files = There are files for this recipient alone. Take these files off first
handover-error-looked = Look at it and tick this to approve
handover-error-stopped = Something stops it. Look at what is shown below

handover-not-editable = This hand-over can’t be changed now. If it waits for approval, take it back first.
handover-not-proposed = This hand-over doesn’t wait for approval. It was decided on or taken back.
handover-left = This hand-over has left, or isn’t on its way. After it has left, recall it.

done-handover-begun = Saved. Next, add the files.
done-handover-proposed = Asked. Those who may decide were told.
done-handover-approved = Approved. It leaves in 10 minutes.
done-handover-returned = Given back. Whoever asked was told.
done-handover-held-back = It isn’t what was asked for any more. It was given back instead of approved.
done-handover-taken-back = Taken back. Nothing was sent.
done-handover-discarded = Given up. The files were destroyed.

act-handover-created = Hand-over begun
act-handover-changed = Hand-over changed
act-handover-proposed = Approval of a hand-over asked for
act-handover-approved = Hand-over approved
act-handover-returned = Hand-over given back
act-handover-taken-back = Hand-over taken back
act-handover-held-back = Hand-over held back
act-handover-sent = Hand-over sent
act-handover-discarded = Hand-over given up
act-transmission-handed-over = Hand-over entered as a transmission

handover-transmission = Hand-over no. { $number }, { $count ->
    [one] one file
   *[other] { $count } files
}

mail-handover-asked-subject = A hand-over waits for your approval ({ $title })
mail-handover-asked-text = Hand-over no. { $handover } of the entrustment “{ $title }” ({ $number }) waits for approval. Please look at recipients and contents, and approve it or give it back. Until you approve, nothing is sent.
mail-handover-asked-link = Look at the hand-over
mail-handover-approved-subject = A hand-over was approved ({ $title })
mail-handover-approved-text = Hand-over no. { $handover } of the entrustment “{ $title }” ({ $number }) was approved. It leaves in 10 minutes. If you notice a mistake, take it back before then.
mail-handover-approved-link = Show the hand-over
mail-handover-returned-subject = A hand-over was given back ({ $title })
mail-handover-returned-text = Hand-over no. { $handover } of the entrustment “{ $title }” ({ $number }) was given back. Nothing was sent. Look at the reason, mend it, and ask for approval again.
mail-handover-returned-link = Show the reason
mail-handover-taken-back-subject = A hand-over was taken back ({ $title })
mail-handover-taken-back-text = Hand-over no. { $handover } of the entrustment “{ $title }” ({ $number }) was taken back before it left. Nothing was sent.
mail-handover-taken-back-link = Show the hand-over
mail-handover-held-back-subject = A hand-over was held back ({ $title })
mail-handover-held-back-text = Hand-over no. { $handover } of the entrustment “{ $title }” ({ $number }) was held back: a last look before it left found something else than was asked for. Nothing was sent. Look at it and ask for approval again.
mail-handover-held-back-link = Show the hand-over

record-handovers = Hand-overs
record-handovers-note = Names of files may tell of persons; files are told by their hashes. Another person than who asked approved each hand-over.
record-handover-what = Hand-over
record-handover-files = Files
record-handover-looked = Asked and approved
record-handover-to = Recipients
record-handover-number = No. { $number }
record-handover-recalled = Recalled { $at } { $who }: { $reason }
record-handover-explained = { $stop } (reason: { $reason })
record-handover-asked-by = Asked by { $who }
record-handover-approved-by = Approved by { $who }
record-handover-received = Received { $at } { $who }
record-handover-not-received = Not received
record-handover-deletion-asked = Asked to delete it, no answer yet
record-handover-deletion-deleted_unseen = Deleted, unseen
record-handover-deletion-deleted_seen = Deleted, seen
record-handover-deletion-not_deleted = Not deleted

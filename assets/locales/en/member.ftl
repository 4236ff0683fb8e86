# Managing people: the list, invitations, changes, leaving

member-import = Invite many from a file
member-invitations = Invitations ({ $count } waiting)
member-search = Name or mail address
member-state = Status
member-state-active = Active
member-state-ended = Ended
member-state-all = All
member-joined = Since
member-ended = Ended on
member-yourself = (you)
member-none = Nobody here
member-none-text = Nobody fits the filter. Change it, or invite somebody.
member-show-title = Person
member-factor = Second factor
member-factor-set = Set up
member-factor-none = Not set up
member-own-title = This is you
member-own-text = Ask another administrator or representative to change your role or end your access.
member-own-last = Nobody else manages people here. Before your role changes or your access ends, invite another administrator or representative.

member-edit-title = Change role and division
member-edit-lead = The change is in force on the person's next request. The person is told by mail.

member-leaving-title = End access
member-leaving-text = When somebody moves on, hand over what the person looks after, then end the access.
member-leaving-look = See what is to be handed over
member-leaving-lead = The person is signed out at once. Records and history stay, and access can be opened again later.
member-leaving-do = End access
member-in-hand = What this person looks after
member-in-hand-count = ({ $count })
member-in-hand-more = The first { $shown } of { $count } are shown.
member-in-hand-nothing = Nothing is in this person's hands.
member-invitations-end = { $count ->
    [one] One invitation by or to this person is taken back. Invite again what is needed.
   *[other] { $count } invitations by or to this person are taken back. Invite again what is needed.
}
member-successor = Who takes over
member-successor-hint = What is said to pass on goes to whom you choose. That person is told by mail.
member-successor-nobody = Nobody (to be decided later)
member-deserted-title = { $division } is left without an officer
member-deserted-text = Unless the division has a mail address of its own, its notices go to the administrators. First invite another officer, or change somebody's division.
member-registered-title = Principals have this person in their registers as the person in charge
member-registered-text = Tell these principals that the person in charge changes.
member-return-title = Open access again
member-return-text = Access is opened again with the same role and division. The person is told by mail. What was handed over doesn't come back.
member-return = Open access again
member-reset-title = Reset the second factor
member-reset-text = For somebody who can use neither the authenticator app nor a recovery code. Make sure by phone or in person who it is. All second factors of the person are taken away and all sessions end; the person sets up new ones at the next sign-in.
member-reset = Reset the second factor
member-reset-really = Reset the second factor of { $name }? Have you made sure who it is?

member-error-known = Somebody with this address is here already. Change role or division from the list of people
member-error-ended = The access of somebody with this address has ended. Find the person in the list by the status “Ended”, and open the access again there
member-error-division = Only an officer has a division
member-error-last = Nobody else manages people here
member-error-last-what-next = First invite another administrator (at a contractor, another representative). Try again when that person has joined.
member-error-stale = Somebody else changed this first. Look at what it is now, and press the button again
member-error-over = This person's access has ended.
member-error-over-what-next = Open it again on the person's page first.
member-error-again = This person has access in another role already.
member-error-again-what-next = See the present role in the list of people.
error-own-membership = Your own role and factors can't be changed here.
error-own-membership-what-next = Ask another administrator or representative. Your own factors are on the page of your account.
error-reset-elsewhere = This person belongs to other organisations too; this one alone can't reset the second factor.
error-reset-elsewhere-what-next = Ask the operator of Azukari, and say how you made sure who it is.

invitation-list-title = Invitations
invitation-list-lead = An invitation that waits can be sent again or taken back. When it is sent again, the earlier link no longer counts.
invitation-sent = Sent (by)
invitation-until = Valid until
invitation-state = Status
invitation-state-waiting = Waiting or expired
invitation-state-open = Waiting
invitation-state-expired = Expired
invitation-state-accepted = Accepted
invitation-state-revoked = Taken back
invitation-state-all = All
invitation-by-portal = Azukari
invitation-act = Action
invitation-again = Send again
invitation-revoke = Take back
invitation-revoke-really = Take back the invitation to { $name }? The link that was sent will no longer count.
invitation-none = No invitations
invitation-none-text = No invitation fits the filter.
invitation-error-over = This invitation was accepted or taken back already.
invitation-error-over-what-next = See in the list how it stands now.
error-invitation-what-next = Make sure that the whole link of the mail was opened. If it doesn't open, ask the organisation that invited you to send it again.
error-invitation-used = This invitation has been accepted already.
error-invitation-used-what-next = Sign in with the address that you registered. If it wasn't you, tell the organisation that invited you.
error-invitation-expired = This invitation has expired.
error-invitation-expired-what-next = Ask the organisation that invited you to send it again.
error-invitation-replaced = A newer invitation took the place of this one.
error-invitation-replaced-what-next = Open the link of the newest invitation mail.
error-invitation-revoked = This invitation was taken back.
error-invitation-revoked-what-next = If you need access, ask the organisation that invited you.

done-invited-again = The invitation is on its way again. The earlier link no longer counts.
done-invited-many = The invitations are on their way. The list of invitations shows how they stand.
done-invitation-revoked = The invitation was taken back.
done-member-changed = Role and division were changed.
done-member-disabled = The access was ended.
done-member-enabled = The access is open again.
done-factors-reset = The second factor was reset, and the person was signed out everywhere.

duty-entrustments = Entrustments looked after
duty-entrustments-text = These pass to whoever takes over.
duty-findings = Open findings with this person's name as owner
duty-findings-text = These pass to whoever takes over.
duty-findings-namesake = Somebody else here has the same name, so these don't pass on by themselves. Look at the owner on each page.
duty-rosters = Places on rosters of handlers
duty-rosters-text = These don't end by themselves. Note the last day and what was given back on each page.

import-kind-members = People
import-kind-staff = People
import-lead-people = An invitation goes to the person in each row. A row with somebody who is here already is an error.
import-division-hint = Only for the role “officer”: the name of a registered division. Empty means all divisions.

act-invitation-revoked = Invitation taken back
act-member-changed = Member's role or division changed
act-member-disabled = Member's access ended
act-member-enabled = Member's access opened again
act-entrustment-handed-over = Entrustment handed over
act-finding-handed-over = Finding handed over

mail-member-changed-subject = Your role at Azukari has changed
mail-member-changed-text = Your role or division at { $organisation } was changed. You are now: { $role }.
mail-member-changed-next = If you didn't expect this, ask the administrator or representative of { $organisation }.
mail-member-changed-link = Open Azukari
mail-member-disabled-subject = Your access to Azukari has ended
mail-member-disabled-text = Your access to Azukari at { $organisation } has ended.
mail-member-disabled-next = If you didn't expect this, ask the administrator or representative of { $organisation }.
mail-member-disabled-link = Open Azukari
mail-member-enabled-subject = Your access to Azukari is open again
mail-member-enabled-text = Your access to Azukari at { $organisation } is open again. Your role: { $role }.
mail-member-enabled-next = Sign in as you did before.
mail-member-enabled-link = Sign in
mail-duties-handed-over-subject = You have taken over duties at Azukari
mail-duties-handed-over-text = { $count ->
    [one] The access of { $name } at { $organisation } has ended; one matter is now yours.
   *[other] The access of { $name } at { $organisation } has ended; { $count } matters are now yours.
}
mail-duties-handed-over-next = See what they are, and until when, at Azukari.
mail-duties-handed-over-link = Open Azukari

# Signing in, invitations, people

sign-in-title = Sign in
sign-in-lead = Enter your mail address and password.
sign-in-email = Mail address
sign-in-password = Password
sign-in-button = Sign in
sign-in-otherwise = Other ways
sign-in-no-account = If you have no account
sign-in-no-account-text = You start using Azukari from an invitation by mail. If you haven't received one, ask the principal's division or your own organisation's administrator.

invitation-title = Invitation
invitation-lead = { $organisation } has invited you to Azukari. Check the details below to get started.
invitation-organisation = Invited by
invitation-role = Role
invitation-known = This mail address already has an account. Enter your current password to use it in this role as well.
invitation-password = New password
invitation-password-hint = { $min } characters or more. It needn't mix in digits or symbols. Choose a long one that you use nowhere else.
invitation-password-again = New password, once more
invitation-accept = Get started

member-list-title = People
member-form-title = Invite somebody
member-form-lead = An invitation goes to the address you enter. Whoever receives it opens the link in the mail and can then start.
member-name = Name
member-role = Role
member-division = Division
member-division-hint = An officer with a division handles only that division's entrustments.
member-division-all = All divisions
member-invite = Invite somebody

role-administrator-hint = Manages people, divisions and templates, and handles all entrustments.
role-officer-hint = Registers contractors and entrustments, sends questionnaires and reviews the answers.
role-approver-hint = Sees all entrustments and approves.
role-auditor-hint = Reads the named entrustments on the named days and downloads their records. Changes nothing.
role-representative-hint = Answers questionnaires and attests on the contractor's behalf.
role-handler-hint = Answers questionnaires at the contractor. Can't attest.

act-member-left = Member left

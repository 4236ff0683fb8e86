# Demonstration

demo-title = Demo: whom would you like to be?
demo-lead = Everything here is fictional: a prefecture and its contractors. Choose a person to sign in as; you can switch at any time.
demo-sign-in = Be this person
demo-about-administrator = Manages templates, divisions and members
demo-about-officer = Sends questionnaires, reviews answers and issues audit records
demo-about-approver = Sees and approves all entrustments
demo-about-auditor = Reads and downloads the records
demo-about-representative = Answers questionnaires, attests and submits
demo-about-handler = Answers questionnaires
demo-mailbox-title = Mail that arrived
demo-mailbox-lead = The demo sends no mail outside. What would have gone out can be read here.
demo-mailbox-empty = No mails yet
demo-mail-at = Time
demo-mail-to = To
demo-mail-subject = Subject
demo-mail-follow = Open the link of the mail

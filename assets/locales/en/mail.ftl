# Mails. Never entrusted personal data

mail-greeting = Dear { $name },

mail-invitation-subject = Invitation to Azukari from { $organisation }
mail-invitation-text = { $organisation } invites you to Azukari, the portal that keeps one record of every entrustment of personal data. Open the link, check the details and get started.
mail-invitation-validity = { $days ->
    [one] The link can be used once, within { $days } day. If it no longer works, ask { $organisation } for a new invitation.
   *[other] The link can be used once, within { $days } days. If it no longer works, ask { $organisation } for a new invitation.
}
mail-invitation-link = See the invitation

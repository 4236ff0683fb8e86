# Mails that go by themselves, and reminders

act-mail-sent = Mail sent
act-mail-failed = Mail could not be sent
act-reminder-sent = Reminder of the deadline sent

mail-reminder-link = Open the questionnaire

mail-reminder-before-subject = { $days ->
    [0] The questionnaire is due today ({ $organisation })
    [one] The questionnaire is due in { $days } day ({ $organisation })
   *[other] The questionnaire is due in { $days } days ({ $organisation })
}
mail-reminder-before-text = The questionnaire of the entrustment “{ $title }” (contract number { $number }) has not been submitted yet. The deadline is { $deadline }.
mail-reminder-before-how = Saved answers are kept. Open the link, continue where you left off and submit.

mail-reminder-overdue-subject = The questionnaire is overdue ({ $organisation })
mail-reminder-overdue-text = The questionnaire of the entrustment “{ $title }” (contract number { $number }) was not submitted by the deadline of { $deadline }.
mail-reminder-overdue-how = It can still be submitted, and saved answers are kept. If something stands in the way, contact the officer of { $organisation }.

mail-reminder-escalation-subject = A questionnaire is overdue
mail-reminder-escalation-text = The questionnaire of the entrustment “{ $title }” (contract number { $number }) has not been submitted, five working days after its deadline of { $deadline }.
mail-reminder-escalation-how = The contractor was reminded before and after the deadline. Ask how things stand; if need be, extend the deadline or withdraw the questionnaire.

# Answering a questionnaire, evidence, review

response-tasks-title = Questionnaire
response-question-title = Question
response-question-n = Question { $number }
response-question-of = { $position } of the { $asked } questions shown
response-to-tasks = Back to the questionnaire

response-status = Status
response-status-answering = Being answered
response-status-submitted = Handed in (waiting for review)
response-status-returned = Returned
response-status-approved = Accepted
response-status-withdrawn = Withdrawn
response-round = Round { $round }
response-principal = Principal
response-contractor = Contractor
response-submitted-at = Handed in
response-approved-at = Review finished

response-about = About this questionnaire
response-minutes = Takes about { $minutes } minutes
response-papers = Have at hand
response-message = Message from { $principal }
response-contact = Whom to ask
response-last-year-there = There are last year's answers, handed in on { $date }. You can look at them and take them over, question by question.
response-sections = Sections
response-section-hint = { $answered } of { $asked } answered
response-progress = Answered
response-next-start = Start answering
response-next-again = Answer the returned questions
response-next-continue = Go on answering
response-next-check = Check the answers and attest
response-next-attest-again = Attest again

response-returned-heading = Returned questions
response-returned-text = { $principal } asks you to look at these questions again. Read the comments, answer anew, then attest and hand in again. The other answers have been accepted.
response-withdrawn-title = This questionnaire was withdrawn
response-withdrawn-text = You needn't answer it. The answers given so far stay on record.
response-submitted-title = Handed in
response-submitted-text = { $principal } is reviewing the answers. You will hear of the result by mail.
response-approved-title = All answers were accepted
response-approved-text = { $principal } has finished the review. There is nothing left to do.

response-answer = Answer
response-remark = Remark
response-remark-hint = You can add the background, or what you are going to do. Please don't write names of the persons concerned. Up to 2,000 characters
response-not-applicable = Not applicable
response-by-file = File handed in
response-file-below = Attach a file under “Evidence” below, then press “Save and continue”.
response-later = To the next question without answering
response-previous = To the previous question
response-guidance = About this question
response-read-only = This question can't be answered now. You can read the answer.
response-answered-by = Answered by { $name }
response-before = Answer of the previous round
response-comment = Comment of the principal
response-comment-returned = Why it was returned

response-last-year = Last year's answer
response-take-over = Take last year's answer over
response-from-last-year = Taken over from last year
response-change-same = As last year
response-change-changed = Changed since last year
response-change-new = Not answered last year

response-conflict-title = Somebody else saved first
response-conflict-text = { $name } saved an answer to this question after you opened this page. Nothing is lost. Compare the two and choose which to keep.
response-conflict-next = To keep yours, press “Save and continue” below. It replaces what was saved first.
response-conflict-take-theirs = Use what was saved first

response-evidence = Evidence
response-evidence-requested = Please attach a document that shows what you answer.
response-evidence-example = For example: { $example }
response-evidence-file = File to attach
response-evidence-limit = Up to 25 MB a file, up to 20 files. PDF, pictures (PNG, JPEG, WebP), text, CSV, Word, Excel, PowerPoint. Please make sure that no names of the persons concerned are visible.
response-evidence-save-first = Save your answer before you attach a file.
response-evidence-add = Attach the file
response-evidence-remove = Take back

response-severity-high = Grave
response-severity-medium = Medium
response-severity-low = Light

response-error-file-first = Attach a file first
response-closed = This question takes no answer now: it was handed in, accepted or withdrawn.
response-no-last-year = There is no answer of last year that could be taken over.

answer-fault-option = Choose one of the options shown
answer-fault-not-applicable = “Not applicable” can't be chosen here
answer-fault-several = Choose only one answer
answer-fault-number = Enter a whole number
answer-fault-number-range = Enter a whole number from { $min } to { $max }
answer-fault-date = This can't be read as a date. Enter it like 2026-04-01, R8.4.1 or 令和8年4月1日
answer-fault-text-length = Enter at most { $max } characters (now { $length })
answer-fault-text-characters = There are characters that can't be used (control characters)

evidence-error-missing = Choose a file
evidence-error-empty = The file is empty. Choose another file
evidence-error-type = Files of this type can't be attached. Choose a PDF, a picture (PNG, JPEG, WebP), text, CSV, Word, Excel or PowerPoint file
evidence-error-content = The content of the file isn't what its name says. Choose a file that was saved in the right format
evidence-error-many = A question takes at most { $max } files. Take back those that aren't needed
evidence-error-size = The file is larger than 25 MB. Split it or make it smaller

done-taken-over = Last year's answer was taken over. Please look at it.
done-evidence-added = The file was attached.
done-evidence-removed = The file was taken back.
done-approved = The review is finished; the contractor is told.
done-returned = Returned; the contractor is told.

review-title = Review: { $title }
review-score = Score
review-score-percent = { $percent } of 100
review-score-points = (weight { $points } of { $of })
review-findings = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
review-progress = Reviewed
review-last-year = Compared with last year's answers, handed in on { $date }.
review-lead = Accept or return each answer. A returned answer needs a comment for the contractor. You can save and go on later.
review-decision-n = Decision on question { $number }
review-decision-accepted = Accept
review-decision-returned = Return
review-comment = Comment
review-comment-n = Comment on question { $number }
review-comment-hint = When you return it, say what is to be put right. The contractor sees it when the review is finished.
review-evidence-missing = No evidence
review-save = Save for now
review-accept-rest = Accept all the rest
review-finish = Finish the review
review-finish-hint = If an answer is returned, only the returned questions open again for the contractor. If all are accepted, the questionnaire is done.
review-error-comment = Say why question { $number } is returned
review-error-undecided = Decide on question { $number }
review-error-stale = Somebody else saved decisions after you opened this page. What you entered is still on this page. Look at it again and save once more.
review-extend = Extend the deadline
review-withdraw = Withdraw
review-closed = This questionnaire isn't in review now.
review-seal-broken = The review can't be finished, as something has changed since the attestation. Ask the contractor to attest again, or return the questions concerned.

rounds-title = Answers by round
rounds-open = Compare the rounds
rounds-changed = Changed answers
rounds-unchanged = Unchanged answers
rounds-none = No answer has changed.
rounds-question = Question
rounds-tag-changed = Changed
rounds-not-given = As before

response-mail-handed-in-subject = Questionnaire handed in ({ $entrustment })
response-mail-handed-in-text = { $contractor } has answered, attested and handed in “{ $title }” for the entrustment “{ $entrustment }” ({ $number }).
response-mail-handed-in-next = Please review the answers, and return those that need it.
response-mail-handed-in-link = Review the answers
response-mail-returned-subject = Please look at some answers again ({ $entrustment })
response-mail-returned-text = { $principal } has reviewed “{ $title }” for the entrustment “{ $entrustment }” ({ $number }) and returned these questions: { $questions }
response-mail-returned-next = Please read the comments, answer anew, then attest and hand in again. The deadline is { $deadline }.
response-mail-returned-link = See the returned questions
response-mail-approved-subject = Questionnaire accepted ({ $entrustment })
response-mail-approved-text = { $principal } has accepted every answer of “{ $title }” for the entrustment “{ $entrustment }” ({ $number }).
response-mail-approved-next = There is nothing left to do. You can download the receipt of your attestation at any time.
response-mail-approved-link = See the questionnaire

act-response-drafted = Answer drafted
act-response-saved = Answer saved
act-evidence-added = Evidence attached
act-evidence-removed = Evidence taken back
act-review-decided = Answers reviewed
act-questionnaire-returned = Questionnaire returned
act-questionnaire-approved = Questionnaire accepted

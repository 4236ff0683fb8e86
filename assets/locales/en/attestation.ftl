# Attestation and receipt

attestation-check-title = Check the answers and attest
attestation-check-lead = Every question is answered. Please check the answers; press “Change” to put something right.
attestation-unanswered-title = Questions without an answer: { $count }. You can hand in when all are answered
attestation-evidence-missing = The evidence asked for is missing
attestation-clause = Clause { $number }: { $title }
attestation-exception = Claim an exception from clause { $number }
attestation-exception-text = Only if you can't keep this clause: say why, and what you do instead. An exception has no effect until the principal accepts it.
attestation-exception-reason = Why clause { $number } can't be kept
attestation-exception-measure = What is done instead of clause { $number }
attestation-pledge = Pledge
attestation-name = Name
attestation-name-hint = The name of the person who attests.
attestation-person-title = Title
attestation-person-title-hint = For example: managing partner, data protection officer
attestation-consent = I have checked the answers, the evidence and the clauses above, and agree to attest them
attestation-submit = Attest this and hand it in
attestation-representative-only = Only the contractor's representative can attest and hand in. Tell the representative when you have checked everything.
attestation-done-title = Handed in
attestation-done-banner = Attested and handed in
attestation-reference = Reference number: { $reference }
attestation-next = What happens next
attestation-next-review = An officer of { $principal } reviews the answers one by one.
attestation-next-returned = If an answer needs another look, only that question is returned, and you are told by mail.
attestation-next-approved = When every answer is accepted, you are told by mail.

attestation-error-consent = Check everything, and tick the box if you agree
attestation-error-incomplete = It can't be handed in yet: { $count } questions have no answer
attestation-error-changed = Answers or evidence have changed since you opened this page. Check them again before you attest
attestation-error-closed = It can't be attested: it was handed in already, or withdrawn.

exception-fault-clause = No exception can be claimed from this clause
exception-fault-not-allowed = No exception can be claimed from this clause
exception-fault-repeated = The same clause is named twice
exception-fault-reason = Say why the clause can't be kept
exception-fault-measure = Say what is done instead

seal-title = Attestation
seal-none = Not attested yet.
seal-by = Attested by
seal-at = Attested
seal-hash = Binding (SHA-256)
seal-receipt = Receipt (PDF)
seal-exceptions = Exceptions claimed
seal-exception-reason = Why the clause can't be kept
seal-exception-measure = What is done instead
seal-earlier-title = A new attestation is needed
seal-earlier-text = The attestation below is for the answers of round { $round }. When the returned questions are answered, the new answers are to be attested.
seal-broken-title = Something has changed since the attestation
seal-broken-text = The following is no longer what was attested. It has to be attested again.
seal-part-questions = Questions
seal-part-answers = Answers and remarks
seal-part-evidence = Evidence
seal-part-clauses = Clauses and exceptions
seal-part-whole = The binding as a whole

receipt-title = Receipt of the attestation
receipt-file = receipt
receipt-time = { $date }, { $time } (Japan time)
receipt-binding = What is bound
receipt-binding-text = By the following hashes (SHA-256) this attestation is bound to the questions, the answers, the evidence and the clauses. If any of these changes, the values no longer agree, and the change is seen.
receipt-reference = Reference number
receipt-principal = Principal
receipt-contractor = Contractor
receipt-entrustment = Entrustment
receipt-questionnaire = Questionnaire
receipt-round = Round
receipt-name = Name
receipt-person-title = Title
receipt-at = Attested
receipt-clauses = Clauses attested
receipt-clause-number = No.
receipt-clause-title = Clause
receipt-clause-exception = Exception
receipt-exception = Reason: { $reason }. Instead: { $measure }

act-attestation-given = Attested and handed in

# The audit record

paper-moment = { $date }, { $hour }:{ $minute }
paper-period = { $from } to { $to }
paper-between = { ", " }
paper-empty = None

record-title = Audit record
record-overline = Entrustment of personal data
record-subject = Audit record of an entrustment
record-header = { $title }  { $number }
record-id = Record { $id }
record-footer = { $principal }, as of { $date }
record-contents = Contents

record-cover-id = Record
record-cover-as-of = As of
record-cover-as-of-value = { $moment } (Japan)
record-cover-hash = Hash of the content
record-cover-note = This record shows the state of the entrustment at that time, from the first { $size } entries of the ledger. The same state gives the same record. “How to verify” says how to check it.

record-summary = Summary
record-summary-entrustment = Entrustment: { $status } ({ $period })
record-summary-none = Questionnaire: none dispatched
record-summary-questionnaire = Questionnaire: { $status } (due { $deadline })
record-summary-score = Score: { $percent } of 100
record-summary-findings = Findings: { $high } high, { $medium } medium, { $low } low
record-summary-attestation-none = Attestation: none yet
record-summary-attestation-valid = Attestation: valid ({ $date }, { $name })
record-summary-attestation-broken = Attestation: what was attested isn't what is there now ({ $date }, { $name })

record-entrustment-active = in progress
record-entrustment-closed = closed

record-parties = Parties
record-principal = Principal
record-contractor = Contractor
record-name = Name
record-kana = Name in katakana
record-kind = Kind
record-kind-public_body = Public body
record-kind-company = Company
record-kind-sole_proprietor = Sole proprietor
record-corporate-number = Corporate number
record-address = Address
record-phone = Telephone
record-division = Division
record-division-phone = Division's telephone
record-representative = Representative
record-person-in-charge = Person in charge of personal data
record-after-hours-phone = Telephone after hours
record-privacy-mark = PrivacyMark
record-isms = ISMS certificate
record-until = { $what } (valid until { $date })

record-contract = What is entrusted
record-number = Contract number
record-entrustment-title = Title
record-purpose = Purpose of use
record-fiscal-year = Fiscal year
record-period = Contract period
record-erase-by = Erase by
record-persons = Persons
record-persons-count = { $count ->
    [one] { $count } person
   *[other] { $count } persons
}
record-handover-way = How the data is handed over
record-items = Data items
record-item = Item
record-item-mark = Category
record-rules = Handling rules
record-rules-lead = The limits that the contractor keeps to.

record-attestation = Clauses and attestation
record-clauses = { $title }, version { $version }
record-clause = Clause { $number }. { $title }
record-clause-source = Rests on: { $source }
record-clause-not-applicable = This clause doesn't apply: no My Numbers are entrusted.
record-clauses-hash = Hash of the clauses (SHA-256)
record-pledge = Attestation: { $title }, round { $round }
record-pledges-none = Nothing has been attested yet.
record-pledge-of = Questionnaire
record-pledge-of-value = { $title } (dispatched { $date })
record-pledge-name = Name
record-pledge-title = Title
record-pledge-at = Time
record-pledge-clauses = Clauses
record-pledge-exceptions = Exceptions claimed
record-pledge-exceptions-count = { $count }
record-pledge-exception-clause = Clause
record-pledge-exception-reason = Why it can't be kept
record-pledge-exception-measure = What is done instead
record-pledge-hash-questions = Hash of the questions
record-pledge-hash-answers = Hash of the answers
record-pledge-hash-evidence = Hash of the evidence
record-pledge-hash-clauses = Hash of the clauses
record-pledge-hash-whole = Hash of the whole
record-pledge-valid = The attestation is valid
record-pledge-valid-text = The hashes attested are those computed from the questions, answers, evidence and clauses shown in this record.
record-pledge-past = It agrees with what was attested then
record-pledge-past-text = There is a newer attestation. The hashes attested are those computed from what was handed in in that round.
record-pledge-broken = What was attested isn't what is there now
record-pledge-broken-text = These hashes differ from those of what is there now: { $parts }.
record-pledge-broken-next = A new attestation is needed.
record-part-questions = questions
record-part-answers = answers
record-part-evidence = evidence
record-part-clauses = clauses
record-part-whole = whole

record-questionnaire = Questionnaires
record-questionnaires-none = No questionnaire was dispatched for this entrustment.
record-questionnaire-heading = { $title } (dispatched { $date })
record-questionnaire-version = Template
record-questionnaire-version-value = { $id }, version { $version }
record-questionnaire-hash = Hash of the template
record-dispatched = Dispatched
record-deadline = Due
record-status = Status
record-status-answering = awaiting answers
record-status-submitted = in review
record-status-returned = returned
record-status-approved = accepted
record-status-withdrawn = withdrawn
record-submitted-at = Handed in
record-approved-at = Review finished
record-rounds = Times handed in
record-rounds-count = { $count }
record-score = Score
record-score-value = { $percent } of 100 ({ $points } of the weight { $of } that applies)
record-not-submitted = The answers haven't been handed in yet. What is being typed isn't part of this record.
record-being-answered = The contractor is answering the returned questions. What is being typed isn't part of this record; these are the answers handed in in round { $round }.
record-withdrawn-text = This questionnaire was withdrawn.
record-findings = Findings
record-findings-none = There are no findings.
record-finding = Finding
record-severity = Severity
record-severity-high = High
record-severity-medium = Medium
record-severity-low = Low
record-question-number = No.
record-question = Question
record-answer = Answer
record-decision = Review
record-section = { $id }  { $title }
record-remark = Remark: { $text }
record-evidence-files = Evidence: { $names }
record-not-asked = Not asked, because of other answers
record-answer-yes = Yes
record-answer-no = No
record-answer-not_applicable = Not applicable
record-answer-file = See the evidence
record-answer-blank = Left blank
record-answer-none = Not answered
record-decision-accepted = Accepted
record-decision-returned = Returned
record-decision-pending = In review
record-decision-value = { $decision }: { $comment }
record-evidence = Evidence
record-evidence-name = File name
record-evidence-size = Bytes
record-evidence-bytes = { $count }
record-evidence-hash = SHA-256
record-evidence-added = Added
record-history-of-answers = Returned and answered again
record-round = Round
record-answered = Answered
record-decided = Reviewed
record-by-at = { $name }, { $at }

record-history = History
record-history-note = This is everything that the ledger says about this entrustment, oldest first. The numbers are those of the principal's ledger; of hashes, the first 12 digits are shown.
record-history-number = No.
record-history-at = Time
record-history-actor = Who
record-history-act = What
record-history-leaf = Leaf hash
record-fact = { $label }: { $value }

fact-number = Contract number
fact-deadline = Due
fact-to = New value
fact-starts_on = From
fact-ends_on = Until
fact-erase_by = Erase by
fact-persons = Persons
fact-round = Round
fact-question = Question
fact-questions = Questions
fact-reason = Reason
fact-comment = Comment
fact-file_name = File name
fact-sha256 = SHA-256
fact-pages = Pages

record-verify = How to verify
record-verify-lead = This record can be checked without trusting the portal that issued it.
record-verify-file = The file
record-verify-file-text = Compute the SHA-256 of this file (for example with sha256sum) and compare it with the one in the list of audit records on the entrustment's page. The same was entered in the principal's ledger when the record was issued. If they agree, not a byte has changed since.
record-verify-content = Hash of the content
record-verify-content-text = The hash of the content is the SHA-256 over the chapters of this record and the checkpoint below. The record's id is its first 16 bytes written as a UUID (version 8 of RFC 9562).
record-verify-checkpoint = Checkpoint of the ledger
record-verify-checkpoint-text = The ledger's entries are the leaves of a Merkle tree (RFC 6962). This checkpoint signs the size and root of the tree up to the last entry that made this state, as a C2SP signed note (Ed25519). Recompute the root from a copy of the ledger and check the signature with the verifier key: then no entry of the history was changed or taken out afterwards. The line of the signature is broken to fit the page; there is no space at the break.
record-verify-note = Checkpoint
record-verify-key = Verifier key
record-verify-binding = What the attestation binds
record-verify-binding-text = Each hash of an attestation is the SHA-256 over the questions, the answers, the SHA-256 of the evidence, or the clauses as JSON without white space, after one line that names the part. The hash of the whole is the SHA-256 over those four.
record-end = End of the record

record-panel-none = An audit record can be issued at any time. Those issued stay here for download.
record-panel-text = If nothing has changed, the audit record issued last is used again.
record-panel-row = Issued { $date }, { $time }
record-panel-hint = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}, SHA-256 { $hash }
record-panel-status = PDF
record-issue = Issue an audit record
record-done-issued = The audit record was issued.
record-done-same = Nothing has changed since the last audit record, so use that one.
record-file-name = audit-record_{ $number }_{ $date }.pdf

act-record-issued = Audit record issued

paper-page-of = Page { "{page}" } of { "{pages}" }
paper-missing-heading = Characters that can't be shown
paper-missing-note = No font has the following characters, so “〓” stands for them. Their code points are listed here.

# Incidents: the duty to report and to notify (facts, kept computations, decision and confirmation)
incident-assessment-title = Duty to report and to notify
incident-assessment-lead = The duties of the principal and of the contractor are computed from what is known. People decide. When the facts change, the duties are computed again; when the answer changes, it has to be decided again.
incident-assessment-decision = Decision
incident-assessment-verdict = Whether to report and notify
incident-assessment-verdict-report = Report and notify
incident-assessment-verdict-no_report = Neither report nor notify
incident-assessment-computed = Computed result at that time
incident-assessment-reason = Reason
incident-assessment-reason-hint = The facts it is based on, and who was asked. For example: both recipients confirmed by telephone and in writing that they deleted it unopened.
incident-assessment-note = From the approver
incident-assessment-note-hint = When you return it, say what has to be looked at again.
incident-assessment-by = When and who
incident-assessment-decided-report = Decided to report
incident-assessment-decided-no_report = Decided not to report
incident-assessment-standing-undecided = Not decided
incident-assessment-standing-waiting = Waiting for an approver
incident-assessment-standing-returned = Returned
incident-assessment-standing-outdated = Needs a new decision
incident-assessment-standing-decided = Decided
incident-assessment-part-side = { $who }: { $answer } ({ $standing })
incident-assessment-part-due = Preliminary report, as a guide, from { $from } to { $to }; final report by { $last }
incident-assessment-part-next-facts = Next: find out and enter what isn’t known; then the principal’s officer decides.
incident-assessment-part-next-decide = Next: the principal’s officer decides whether to report.
incident-assessment-part-next-confirm = Next: an approver of the principal confirms the decision not to report.

incident-assessment-turn-facts = Some facts aren’t known
incident-assessment-turn-facts-text = Once you have found out and entered what is needed to decide, there may be an answer. You can also decide to report without knowing.
incident-assessment-turn-decide = Please decide whether to report
incident-assessment-turn-decide-text = Look at the answer and its grounds below, and decide with a reason.
incident-assessment-turn-confirm = A decision not to report is waiting for confirmation
incident-assessment-turn-confirm-text = It differs from what was computed, or there is no answer yet. Look at the reason, and confirm or return it.
incident-assessment-turn-own_request = Waiting for another approver
incident-assessment-turn-own_request-text = Whoever proposed not to report can’t confirm it. Another approver or administrator does.
incident-assessment-turn-wait = Waiting for another person’s decision
incident-assessment-turn-wait-text = An officer decides for the principal, the representative for the contractor. Due dates keep running.
incident-assessment-turn-done = With what is known now, nothing is left to decide
incident-assessment-turn-done-text = If the facts change and the answer with them, it has to be decided again.
incident-assessment-past = Decisions so far
incident-assessment-did-decided = { $side ->
    [principal] Principal
   *[contractor] Contractor
}: { $verdict ->
    [report] decided to report
   *[no_report] decided not to report
}
incident-assessment-did-proposed = { $side ->
    [principal] Principal
   *[contractor] Contractor
}: { $verdict ->
    [report] proposed to report
   *[no_report] proposed not to report
}
incident-assessment-did-confirmed = { $verdict ->
    [report] An approver confirmed the decision to report
   *[no_report] An approver confirmed the decision not to report
}
incident-assessment-did-returned = { $verdict ->
    [report] An approver returned the decision to report
   *[no_report] An approver returned the decision not to report
}

incident-assessment-kept = Computations
incident-assessment-kept-text = Each change of the facts leaves its computation. None of them can be changed later.
incident-assessment-kept-at = Computed
incident-assessment-kept-cause = Reason for computing
incident-assessment-kept-result = Result
incident-assessment-kept-look = Show the grounds
incident-assessment-rules = Rules applied: those from { $from }
incident-assessment-cause-reported = First report
incident-assessment-cause-opened = Opened by an officer
incident-assessment-cause-corrected = What is known was corrected
incident-assessment-cause-facts = Facts entered

incident-assessment-facts-title = Facts that decide the duty
incident-assessment-facts-lead = Enter what you learn, and the duties are computed again. Earlier computations stay. Don’t type anybody’s name, or what leaked.
incident-assessment-facts-edit = Enter facts
incident-assessment-facts-save = Save and compute again
incident-assessment-decide = Decide whether to report
incident-assessment-decide-again = Decide again
incident-assessment-decide-title = Decide whether to report
incident-assessment-decide-lead = You decide about your own side’s duty. The other side and auditors can read the reason.
incident-assessment-decide-now = Decide
incident-assessment-by-another = A decision not to report needs an approver’s confirmation
incident-assessment-by-another-text = The report is computed to be a duty, or there is no answer yet. It is not a decision until an approver or administrator other than you confirms it.
incident-assessment-confirm = Review it
incident-assessment-confirm-title = Confirm the decision not to report
incident-assessment-confirm-lead = Compare what was computed with the reason, and confirm or return it. The officers are told when you return it.
incident-assessment-confirm-now = Save the answer
incident-assessment-proposal = The proposed decision
incident-assessment-outcome = Your answer
incident-assessment-outcome-confirm = Confirm: this is the decision
incident-assessment-outcome-return = Return
incident-assessment-open-undecided = The principal hasn’t decided whether to report and notify.
incident-assessment-open-waiting = A decision not to report is waiting for an approver.
incident-assessment-open-outdated = The facts changed after the decision, and the answer with them. The principal has to decide again.
incident-assessment-no-duty = This side isn’t involved in the incident.
incident-assessment-none-waiting = No decision is waiting for confirmation.
incident-assessment-error-contradicts = It contradicts the facts that decide the duty (when the contractor knew and told, the number of My Numbers and the like). Please correct those first.

incident-timeline-duty_changed = The computed duty of { $side ->
    [principal] the principal
   *[contractor] the contractor
} changed from “{ $was ->
    [required] to be reported
    [not_required] not to be reported
    [needs_review] for a person to judge
   *[none] not concerned
}” to “{ $answer ->
    [required] to be reported
    [not_required] not to be reported
    [needs_review] for a person to judge
   *[none] not concerned
}”
incident-timeline-duty_decided = { $by } decided for { $side ->
    [principal] the principal
   *[contractor] the contractor
}: { $verdict ->
    [report] report and notify
   *[no_report] neither report nor notify
}
incident-timeline-duty_proposed = { $by } proposed for the principal: { $verdict ->
    [report] report and notify
   *[no_report] neither report nor notify
}
incident-timeline-duty_confirmed = The approver { $by } confirmed for the principal: { $verdict ->
    [report] report and notify
   *[no_report] neither report nor notify
}
incident-timeline-duty_returned = The approver { $by } returned what was proposed for the principal: { $verdict ->
    [report] report and notify
   *[no_report] neither report nor notify
}

done-incident-assessment-facts = Saved and computed again.
done-incident-assessment-decided = The decision was recorded.
done-incident-assessment-confirmed = Your answer was recorded.
act-incident-facts-changed = Facts that decide the duty changed
act-incident-duty-decided = Decided whether to report
act-incident-duty-proposed = Proposed not to report
act-incident-duty-confirmed = Decision not to report confirmed
act-incident-duty-returned = Decision not to report returned

mail-incident-duty-proposed-subject = A decision not to report an incident waits for you ({ $title })
mail-incident-duty-proposed-text = An officer proposed neither to report nor to notify an incident of the entrustment “{ $title }” ({ $number }, { $contractor }). Please compare what was computed with the reason on the page behind the link, and confirm or return it. The terms are running.
mail-incident-duty-proposed-link = Show the proposal
mail-incident-duty-returned-subject = A decision not to report an incident was returned ({ $title })
mail-incident-duty-returned-text = An approver returned the decision neither to report nor to notify an incident of the entrustment “{ $title }” ({ $number }, { $contractor }). Please see on the page behind the link what has to be looked at again, and decide anew. The terms are running.
mail-incident-duty-returned-link = Show the duty to report

# Incidents: the timeline
incident-timeline-title = Timeline
incident-timeline-form-title = Add to the timeline
incident-timeline-count = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
 }
incident-timeline-as-of = Shown at
incident-timeline-add = Add an entry
incident-timeline-add-now = Add
incident-timeline-print = Show everything for printing
incident-timeline-paged = Back to pages
incident-timeline-lead = Say when, who, with whom and what. An entry can't be changed later; a new one corrects what is wrong.
incident-timeline-number = No.
incident-timeline-happened = Time of the event
incident-timeline-entered = Time of the entry
incident-timeline-kind = Kind
incident-timeline-kind-automatic = Noted by the portal
incident-timeline-kind-call = Call
incident-timeline-kind-mail = Mail
incident-timeline-kind-meeting = Meeting
incident-timeline-kind-document = Document
incident-timeline-kind-note = Other
incident-timeline-on = Day of the event
incident-timeline-time = Time of the event
incident-timeline-text = What happened
incident-timeline-text-hint = For example: called the office that got the list and asked it to delete the file unopened. Leave out the leaked data and anything about the persons.
incident-timeline-file = File
incident-timeline-file-hint = Notes of a call, a letter and the like, up to 25 MB. Never the leaked file itself.
incident-timeline-corrects = Corrects entry { $number }
incident-timeline-corrected-by = Corrected by entry { $number }
incident-timeline-changed = { $field }: changed
incident-timeline-changed-to = { $field }: from { $was } to { $now }
incident-timeline-correct = Correct
incident-timeline-none = No entries
incident-timeline-none-text = Write down calls, meetings and whatever else happens.
done-incident-timeline-added = Added to the timeline.
act-incident-noted = Timeline entry of an incident

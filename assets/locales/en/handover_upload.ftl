# Files of a hand-over: adding, taking out, who gets them, virus scanning

handover-upload-title = Add files
handover-upload-lead = Add the files to hand over. Each is kept encrypted under a key of its own, and what is in it is checked before anybody approves.
handover-upload-back = Back to the hand-over
handover-upload-files = Files to add
handover-upload-hint = Up to 2 GB each, { $most } in all: sheets, documents, PDF, pictures, ZIP and others. Don't set passwords: what is in the files could not be checked.
handover-upload-for = Who gets them
handover-upload-for-hint = Choose one to send these files to a single recipient. You can change it later.
handover-upload-add = Add files
handover-upload-progress = Sending “{ "{name}" }” { "{percent}" }%
handover-upload-lost = The connection was lost. Sending goes on where it stopped as soon as it is back; leave this page open

handover-files-title = Files to hand over
handover-files-none = No files yet
handover-file-name = File
handover-file-size = Size
handover-file-state = State
handover-file-for = Who gets it
handover-file-for-of = Who gets “{ $name }”
handover-file-for-all = All recipients
handover-file-for-change = Change
handover-file-sha256 = Hash (SHA-256)
handover-file-by = Added by { $name }
handover-file-actions = Actions
handover-file-source = Made of “{ $name }”
handover-file-remove = Take out
handover-file-remove-confirm = “{ $name }” is taken out. Its key is destroyed at once, so this can't be undone. Go on?

handover-file-state-uploading = Coming in
handover-file-state-checking = Being checked
handover-file-state-checked = Checked
handover-file-state-quarantined = Waits for the virus scanner
handover-file-state-infected = Virus found
handover-file-state-destroyed = Destroyed

handover-upload-error-missing = Choose a file to add
handover-upload-error-empty = One of the files is empty. Open it to see what it holds, then choose again. No file was added
handover-upload-error-many = A hand-over has at most { $most } files. Make several hand-overs, or take out what isn't needed
handover-upload-error-large = A file has at most 2 GB. Split it
handover-upload-refused-version = This program's way of sending isn't spoken here (tus 1.0.0)
handover-upload-refused-header = Something is missing or wrong in what was said about the file
handover-upload-refused-type = Not a part of a file
handover-upload-refused-offset = The part begins elsewhere than the file ends. Ask where it ends and send again
handover-upload-refused-crumbs = The parts are too small. Take the file out and begin anew

handover-error-many = The hand-over has as many files as it may have

done-handover-files = The files were added. They are being checked now.
done-handover-file-removed = The file was taken out.
done-handover-file-addressed = The recipient of the file was changed.

act-handover-upload-begun = File transfer begun
act-handover-upload-expired = Unfinished transfer removed
act-handover-file-added = File added to a hand-over
act-handover-file-removed = File taken out of a hand-over
act-handover-file-addressed = Recipient of a file changed
act-handover-files-destroyed = Keys of a hand-over's files destroyed
act-handover-file-infected = Virus found in a file
act-handover-file-quarantined = File waits for the virus scanner

error-file-destroyed = This file was destroyed. Without its key nobody can read it.
error-file-destroyed-what-next = If you need it, ask the sender to hand it over again.
error-507-heading = No room left
error-507-text = The server has no room left for what you sent. Nothing was saved half-way.
error-507-what-next = Try again later. If it goes on, tell the operator the error number below.

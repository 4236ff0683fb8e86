# Words shared by all pages

common-product = Azukari
common-product-latin = 預かり
common-product-tagline = One record of every entrustment of personal data
common-skip-to-main = Skip to main content
common-main-navigation = Main menu
common-menu = Menu
common-breadcrumb = You are here
common-home = Home
common-back = Back
common-sign-out = Sign out
common-switch = Switch organisation
common-signed-in-as = Signed in as { $name }
common-language = Language
common-incident-duties = Duty to report
common-help = Help
common-footer-version = Version { $version }
common-footer-accessibility = Aims at JIS X 8341-3:2016 AA; checked automatically
common-demo-label = Demo
common-demo-text = All data here is invented.
common-demo-choose = Choose who to be
common-demo-mailbox = See the mail that arrived
common-demo-switch = Become somebody else

common-required = Required
common-optional = Optional
common-error-prefix = { "Error: " }
common-error-of = { $label }: { $message }
common-error-title = There is a problem
common-error-count = { $count ->
    [one] There is { $count } error
   *[other] There are { $count } errors
}
common-date-hint = For example 2026-04-01, 令和8年4月1日 or R8.4.1
common-select-none = Choose one
common-file-hint = Up to { $limit } a file
common-file-chosen = Attached: { $name }
common-characters-limit = { $count } characters or fewer

common-save = Save
common-save-and-continue = Save and continue
common-continue = Continue
common-cancel = Cancel
common-close = Close
common-confirm = Confirm
common-send = Send
common-add = Add
common-edit = Edit
common-change = Change
common-delete = Delete
common-download = Download
common-search = Search
common-filter = Filter
common-filter-apply = Apply filter
common-filter-clear = Clear filter
common-show-details = See details
common-none = None
common-not-entered = Not entered
common-not-answered = Not answered
common-unknown = Unknown
common-yes = Yes
common-no = No
common-all = All

common-status-not-started = Not started
common-status-in-progress = In progress
common-status-done = Done
common-status-returned = Returned

common-pages = Pages
common-pages-total = Showing { $first } to { $last } of { $total }
common-pages-more = Showing { $first } to { $last } of more than { $total }
common-pages-none = Nothing found
common-pages-first = First
common-pages-previous = Previous
common-pages-next = Next
common-pages-last = Last
common-pages-number = Page { $page }
common-pages-of = Page { $page } of { $pages }

common-sort-by = Sort by { $label }
common-sorted-ascending = ascending
common-sorted-descending = descending

common-table-scroll = (scrolls sideways)
common-history = History
common-history-empty = Nothing has happened yet
common-progress = { $done } of { $total } done
common-steps = Steps
common-step-of = Step { $current } of { $total }
common-step-done = done
common-step-current = current

common-deadline = Due
common-deadline-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
common-deadline-today = Due today
common-deadline-tomorrow = Due tomorrow
common-deadline-passed = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
common-deadline-none = No deadline

common-tone-info = Information
common-tone-good = Success
common-tone-warn = Warning
common-tone-bad = Important

common-autosave-idle = What you type is saved as a draft by itself
common-autosave-saving = Saving the draft…
common-autosave-saved = Draft saved at { "{time}" }
common-autosave-failed = Not saved. Your text is still on this page; saving is tried again when the connection is back
common-autosave-conflict = Somebody, or another window, saved before you. Compare the two texts
common-autosave-refused = Some answers need checking. Press the save button to see them
common-autosave-theirs = What is saved
common-autosave-yours = What this page says
common-autosave-reload = Open again with what is saved

common-upload-progress = Sending { "{percent}" }%
common-upload-failed = Not sent. Check the connection and try again
common-upload-too-large = “{ "{name}" }” is too large

common-error-number = Error number
common-error-what-next = What you can do
common-error-to-home = Go to the home page

common-mail-sent-by = Azukari sends you this mail about an entrustment of { $organisation }.
common-mail-no-personal-data = It contains no entrusted personal data.
common-mail-not-for-you = If you didn't expect it, don't open the link; delete the mail.
common-mail-link-fallback = If the button doesn't work, paste this address into your browser.

nav-home = Home
nav-entrustments = Entrustments
nav-contractors = Contractors
nav-questionnaires = Questionnaires
nav-received = Received
nav-findings = Findings
nav-inspections = Inspections
nav-templates = Templates
nav-divisions = Divisions
nav-members = People

role-administrator = Administrator
role-officer = Officer
role-approver = Approver
role-auditor = Auditor
role-representative = Representative
role-handler = Handler

error-required = Enter something here
error-choose-one = Choose one
error-choose-from-list = Choose from the list
error-too-long = Enter { $max } characters or fewer
error-control-characters = Contains characters that can't be used (control characters)
error-not-a-time = Enter a time such as 16:08
error-not-a-number = Enter a number in digits
error-number-range = Enter a number from { $min } to { $max }
error-not-an-email = Enter a mail address, such as name@example.jp
error-date-unreadable = Not readable as a date. Write it like 2026-04-01, 令和8年4月1日 or R8.4.1
error-date-no-such-day = The calendar has no such day
error-date-outside-era = That day isn't in the era you wrote. Check the era (令和, for example, begins on 1 May 2019)
error-csrf-what-next = Go back, reload the page, and send it again.
error-csrf = The page was opened too long ago, or you signed in again in another window, so nothing was done.

error-400-heading = This can't be accepted
error-400-text = What was sent couldn't be read.
error-400-what-next = Go back and try again.
error-401-heading = Sign in
error-401-text = You have to sign in to see this page.
error-401-what-next = Sign in and open it again.
error-403-heading = You can't do this
error-403-text = Your role doesn't allow it.
error-own-request = You asked for this yourself, so somebody else decides about it.
error-403-what-next = If you need to, ask your organisation's administrator about your role.
error-404-heading = Page not found
error-404-text = The address is wrong, or the page isn't yours to see.
error-404-what-next = Check the address, or start from the home page.
error-408-heading = It didn't arrive in time
error-408-text = Sending took too long and was broken off. Nothing was saved.
error-408-what-next = Check your connection and send it again.
error-409-heading = Somebody else changed it first
error-409-text = It changed after you opened this page, so nothing was saved.
error-409-what-next = Go back, open it again and look at what it says now.
error-410-heading = This link can't be used
error-410-text = The link was used already, or has expired.
error-410-what-next = Ask whoever sent it to send a new one.
error-413-heading = Too large to be accepted
error-413-text = What you sent, or a file in it, is larger than is accepted.
error-413-limit = What you sent is larger than is accepted here ({ $size } MB).
error-413-what-next = Send smaller files, or several.
error-421-heading = Not at this address
error-421-text = The portal was opened under a name that isn't its own.
error-421-what-next = Open it at the address that you were given.
error-429-heading = Too many attempts
error-429-text = The same was tried too often in a short time, so it is stopped for now.
error-429-seconds = Wait about { $seconds } seconds and try again.
error-429-minutes = Wait about { $minutes } minutes and try again.
error-enrolling-text = Before you can do this, set up a second factor.
error-enrolling-what-next = Set it up on your account page, then go on.
error-500-heading = Something went wrong
error-500-text = Nothing was done; nothing was saved half-way.
error-500-what-next = Try again. If it goes on, tell the operator the error number below.
error-503-heading = The service is busy
error-503-text = It can't be done now. Nothing was done.
error-503-what-next = Wait a little and try again.

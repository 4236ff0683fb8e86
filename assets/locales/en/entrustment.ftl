# Entrustments and handling rules

entrustment-list-title = Entrustments
entrustment-show-title = Entrustment
entrustment-form-title = Register an entrustment
entrustment-edit-title = Change an entrustment
entrustment-history-title = History of the entrustment
entrustment-history-all = See the whole history
entrustment-register = Register an entrustment
entrustment-search = Search by title, contractor or contract number
entrustment-none = No entrustments found
entrustment-none-text = Try another filter. Entrustments are listed here once they are registered.
entrustment-form-lead = Register the work and personal data entrusted, and the handling rules. Everything except the remarks is shown to the contractor too.

entrustment-section-contract = Contract
entrustment-section-data = Personal data
entrustment-section-rules = Handling rules

entrustment-number = Contract number
entrustment-number-hint = Unique within your organisation, for example 令8子-12
entrustment-title = Title
entrustment-title-hint = For example Audit of nurseries
entrustment-principal = Principal
entrustment-contractor = Contractor
entrustment-contractor-hint = If it isn't in the list, register the contractor first.
entrustment-division = Division
entrustment-purpose = Purpose of use
entrustment-purpose-hint = Say what the contractor uses the personal data for, and in what work.
entrustment-fiscal-year = Fiscal year
entrustment-starts-on = Contract starts on
entrustment-ends-on = Contract ends on
entrustment-period = Contract period
entrustment-period-to = { " to " }
entrustment-erase-by = Erase by
entrustment-erase-by-hint = The day by which everything is given back, erased or destroyed; not before the contract ends. For example 2027-04-30, 令和9年4月30日 or R9.4.30
entrustment-persons = Persons
entrustment-persons-hint = How many persons the data is about. If that isn't settled yet, enter an estimate.
entrustment-persons-unit = persons
entrustment-persons-count = { $count ->
    [one] { $count } person
   *[other] { $count } persons
}
entrustment-items = Data items
entrustment-items-hint = Enter one item a line, such as name or address, that the contractor handles. If an item is part of another one, such as pay in a staff register, enter the name of that item too. If you need more lines, save and open the entrustment for editing again.
entrustment-item-n = Data item { $n }
entrustment-item-mark-n = Category of data item { $n }
entrustment-handover-way = How the data is handed over
entrustment-rules-lead = These are the limits that the contractor keeps to. Every holding and transmission it records is compared with them. A new entrustment starts with the usual rules; change them to fit the contract.
entrustment-note = Remarks
entrustment-note-hint = For the principal's own use. The contractor's pages don't show it.
entrustment-contact = Contact at the contractor

entrustment-status = Status
entrustment-status-active = In progress
entrustment-status-ended = Contract ended
entrustment-status-closed = Closed

rules-places = Places of work
rules-countries = Countries of storage and access
rules-countries-hint = Two-letter country codes, with a space between them, for example JP SG
rules-clouds = Cloud services reported
rules-clouds-hint = One service a line. Left empty, any service may be used whose name is reported with the holding.
rules-clouds-any = Any, if its name is reported with the holding
rules-media = Media the data may be kept on
rules-ways = Ways of transmission
rules-ways-sensitive = Ways of transmission for sensitive data and My Number
rules-ways-sensitive-hint = Choose among those ticked under “Ways of transmission”.
rules-recipients = Permitted recipients
rules-encryption = Encryption
rules-second-checker = Check by a second person before sending
rules-sub-entrustment = Sub-entrustment
rules-retention-days = Give back, erase or destroy after the contract ends
rules-days-unit = days at most
rules-days = { $count ->
    [one] Within { $count } day
   *[other] Within { $count } days
}
rules-report-hours = Report incidents
rules-report-hours-hint = Hours from when the contractor notices an incident until it first tells the principal.
rules-hours-unit = hours at most
rules-hours = { $count ->
    [one] Within { $count } hour
   *[other] Within { $count } hours
}

mark-none = Not special
mark-sensitive = Sensitive by law
mark-ordinance_sensitive = Sensitive by ordinance
mark-my_number = Specific personal information (My Number)

place-office = Contractor's office
place-principal = Principal's premises
place-home = At home (remote work)
place-data_centre = Data centre
place-cloud = Cloud service

medium-paper = Paper
medium-terminal = Contractor's devices (such as PCs)
medium-server = Contractor's server
medium-cloud = Cloud service
medium-removable = Removable media (USB stick, DVD and the like)

way-hand_over = Hand-over in Azukari
way-limited_link = Link limited to the recipient and in time
way-encrypted_mail = Encrypted mail (key sent another way)
way-plain_mail = Unencrypted mail
way-fax = Fax
way-post = Ordinary post
way-registered_post = Registered post
way-hand = By hand
way-api = System interface or VPN
way-removable = Removable media (USB stick, DVD and the like)

recipients-principal_only = The principal only
recipients-registered = Recipients that the principal registered and approved

encryption-always = Encrypt everything
encryption-always-hint = Both while it is kept and while it is moved.
encryption-outside = Encrypt what leaves the place of work
encryption-sensitive = Encrypt sensitive data and My Number only

second-checker-always = Always needed
second-checker-outside = Needed when sending to anybody but the principal
second-checker-never = Not needed

sub-entrustment-forbidden = Not allowed
sub-entrustment-with_approval = Allowed with the principal's approval beforehand

entrustment-closed = This entrustment is closed and can no longer be changed.

entrustment-item-under-n = Item { $n } stands under
entrustment-item-between = {" / "}
error-item-twice = This item is listed twice. Rename one or remove it
error-item-under-unknown = There is no item of this name. Enter the name of an item on this page exactly as it is
error-item-under-itself = Going up from this item leads back to it. Choose another item to stand under

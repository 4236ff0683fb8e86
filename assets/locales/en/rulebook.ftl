# The handling rules held against the registers

rule-warnings-title = Something doesn't fit the handling rules
rule-warnings-text = Please check these points before you save. Correct the entry if it is wrong. Saved as it is, each becomes a finding that the principal sees.
rule-clause = Clause { $clause }
rule-between = {", "}
rule-reason = Reason for an exception
rule-reason-hint = The principal's officer reads it and decides.
rule-fact = Record it as it happened
rule-fact-hint = This rule has no exceptions. Choose this only to record what has already happened, as it happened.
rule-error-reason = Enter the reason for an exception, or correct the entry
rule-error-confirm = Confirm that this is what happened, or correct the entry

severity-low = Minor
severity-medium = Medium
severity-high = Grave

rule-persons = { $count ->
    [one] { $count } person
   *[other] { $count } persons
}

rule-place-title = Place of work not permitted
rule-place-text = The data is kept at a place that the handling rules don't permit.
rule-country-title = Country not permitted
rule-country-text = The data is stored in, or accessed from, a country that the handling rules don't permit. Handling abroad needs approval beforehand and a check of that country's law.
rule-country_unreported-title = Country of storage not known
rule-country_unreported-text = The country in which the data is stored isn't recorded. For a cloud service, ask the provider in which country (region) its servers are.
rule-cloud_unreported-title = Cloud service not reported
rule-cloud_unreported-text = The data is kept with a cloud service that wasn't reported. Enter its name; where the handling rules list the services, report it to the principal's officer first.
rule-medium-title = Medium not permitted
rule-medium-text = The data is kept on a medium that the handling rules don't permit.
rule-holding_encryption-title = Kept without encryption
rule-holding_encryption-text = The data is kept without the encryption that the handling rules demand. Paper is to be kept under lock and key.
rule-recipient-title = Recipient not approved
rule-recipient-text = It went to somebody whom the principal didn't approve, or to another address than the registered one. Register a new recipient and wait for the principal's approval before sending.
rule-own_address-title = Sent to one's own address
rule-own_address-text = The address of the sender or of a handler is among the recipients. Forwarding work to oneself has led to leaks when the address was mistyped.
rule-free_mail-title = Free mail address
rule-free_mail-text = An address of a free mail service or a mobile carrier is among the recipients. Use an address of the recipient's organisation.
rule-open_recipients-title = Recipients see each other
rule-open_recipients-text = Several outside recipients stand in To or Cc and see each other's address. Send one mail each, or use Bcc.
rule-sent_unprotected-title = Sent without protection
rule-sent_unprotected-text = It was sent without the encryption or sealing that the handling rules demand.
rule-password_same_way-title = Password sent the same way
rule-password_same_way-text = The password went the same way as the file. Tell it another way, by telephone for example, or use one agreed beforehand.
rule-too_many_persons-title = More persons than entrusted
rule-too_many_persons-text = The data is about more persons than were entrusted. If the number has grown, ask the principal to correct it in the entrustment.
rule-items_beyond-title = Items not entrusted
rule-items_beyond-text = Items are handled that are not part of the entrustment.
rule-beyond_purpose-title = More than the recipient needs
rule-beyond_purpose-text = More persons or items were sent than the recipient's purpose needs. Give each recipient its own part only.
rule-way-title = Way of transmission not permitted
rule-way-text = It was sent in a way that the handling rules don't permit.
rule-sensitive_way-title = Way not permitted for sensitive data
rule-sensitive_way-text = Sensitive data or My Number was sent in a way that the handling rules don't permit for it.
rule-second_checker-title = No check by a second person
rule-second_checker-text = Nobody but the sender checked recipients and content before it was sent.
rule-handler_unregistered-title = Handler not on the roster
rule-handler_unregistered-text = Somebody handles the data who isn't on the roster, or before the first day there. Register handlers first.
rule-handler_pledge-title = Handler without a pledge
rule-handler_pledge-text = Somebody handles the data who hasn't pledged confidentiality.
rule-handler_training-title = Handler not trained this fiscal year
rule-handler_training-text = Somebody handles the data who hasn't been trained in that fiscal year.
rule-handler_left-title = Handler who had left
rule-handler_left-text = Somebody who had left handles the data or still has access. Close the access at once.
rule-handler_return-title = Return by a leaver not confirmed
rule-handler_return-text = It isn't confirmed that somebody who left has given back all documents, devices and data.
rule-retention-title = Kept too long
rule-retention-text = The data is kept, or is meant to be kept, longer than agreed. Give it back, erase or destroy it, and hand in the certificate.
rule-after_end-title = Sent after the end of the contract
rule-after_end-text = It was sent after the contract had ended. From then on the data may only go back to the principal, and within the time agreed.
rule-undeclared_tier-title = Organisation nobody approved
rule-undeclared_tier-text = An organisation that the principal didn't approve keeps or receives the data. Sub-entrustment needs approval beforehand.
rule-sub_expired-title = Sub-entrustment ran out
rule-sub_expired-text = The permission for the sub-entrustment has run out. Apply for a new one, or have the data given back or erased and end it.

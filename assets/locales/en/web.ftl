# What was done, and what is wrong with input or request; those of every page are in common.ftl

done-saved = Saved.
done-invited = The invitation is on its way.
done-joined = All done. You can use Azukari now.
done-signed-out = You have signed out.

error-stale = Somebody else saved first. If what is on this page is right, press the same button again to replace it
error-invitation = The invitation was used already, has expired, or was replaced by a newer one.
error-sign-in = The mail address or the password is wrong. Check both and try again
error-password-wrong = The password is wrong. Enter the one that you use for Azukari now
error-password-short = Enter a password of { $min } characters or more
error-password-again = The two passwords differ. Enter the same password once more
error-email-taken = This mail address has an account already. Use another one.

error-name-taken = This name is registered already. Enter another one
error-not-katakana = Contains characters that aren't katakana. Enter full-width katakana, such as ミエノショウジ
error-corporate-number-digits = Enter a corporate number of 13 digits
error-corporate-number-check-digit = The corporate number has a mistake: its check digit doesn't fit. Look it up on the National Tax Agency's corporate number site
error-corporate-number-invoice = A number that begins with “T” is an invoice registration number. For a corporation, enter its 13 digits without the “T”; for a sole proprietor, leave this empty
error-corporate-number-taken = A contractor with this corporate number is registered already. Look for it in the list of contractors
error-postcode = Enter a postcode of seven digits, such as 514-0001

error-number-taken = Another entrustment has this contract number. Enter another one
error-end-before-start = The contract ends before it starts. Enter the day it starts or a later one
error-erase-before-end = The data would have to be erased before the contract ends. Enter the day it ends or a later one
error-item-required = Enter at least one data item
error-country-codes = Not readable as country codes. Enter two letters each, with a space between them, such as JP SG
error-ways-sensitive = Contains a way that isn't ticked under “Ways of transmission”. Tick it there too, or take it out here

error-405-heading = This can't be done here
error-405-text = This address doesn't accept that request.
error-405-what-next = Start from the home page and try again.
error-422-heading = Check what you entered
error-422-text = Something you entered isn't right, so nothing was saved.
error-422-what-next = Go back, correct it and send it again.

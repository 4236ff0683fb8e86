# API tokens: the keys of an organisation's systems

api-token-list-title = API tokens
api-token-list-lead = Other systems of your organisation use them to read from Azukari without its pages. What a token shows is what the person who made it sees. When that person leaves or gets another role, the token stops working too.
api-token-new = Make a token
api-token-none = There are no tokens yet
api-token-none-text = Make one when you connect an accounting or document system.
api-token-name = Name
api-token-name-hint = A name that says which system uses it, such as “document system”. The ledger keeps it.
api-token-scopes = May do
api-token-scopes-hint = Choose only what is needed.
api-token-days = Valid for
api-token-days-hint = From 1 to 365 days; then it stops working. It can't be prolonged: replace it with a new one before.
api-token-days-unit = days
api-token-made-by = Made by
api-token-expires-at = Valid until
api-token-last-used = Last used on
api-token-unused = Not used
api-token-standing = State
api-token-standing-active = Valid
api-token-standing-expired = Expired
api-token-standing-revoked = Revoked
api-token-standing-left = Not valid: its maker has left
api-token-revoke = Revoke
api-token-revoke-confirm = The token “{ $name }” is revoked. The system that uses it can read nothing from now on. This can't be undone.
api-token-form-title = New token
api-token-form-lead = The token is shown once, right after it was made. Have the system that will use it ready.
api-token-make = Make the token
api-token-issued-title = The token was made
api-token-issued-once = When you leave this page, the token can never be shown again
api-token-issued-keep = Enter it into the secrets of the system that uses it now. Don't copy it into a mail or a sheet. If it gets lost, revoke it and make another.
api-token-token = Token
api-token-back = Back to the list
api-token-error-many = At most { $most } tokens can be valid at once. Revoke those that nobody uses.
done-api-token-revoked = The token was revoked.

api-scope-read_entrustments = Read entrustments
api-scope-read_records = Read issued audit records

error-token-text = A valid API token is needed.
error-token-scope = This token doesn't allow it.
error-token-scope-what-next = Make a new token that may do it.

act-token-issued = API token made
act-token-revoked = API token revoked
act-token-used = API token used

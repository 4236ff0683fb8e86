# Passkeys

passkey-title = Passkeys
passkey-account = Account
passkey-lead = A passkey recognises you by your device’s fingerprint, face or PIN, or by a security key. It is safer than a password and is both factors in one.
passkey-own = Your passkeys
passkey-none = You have no passkey yet.
passkey-name = Name of the passkey
passkey-name-hint = By which you will recognise it. For example: laptop at work
passkey-created = Added
passkey-last-used = Last used
passkey-unused = not used yet
passkey-add = Add a passkey
passkey-add-title = Add a passkey
passkey-change-title = Rename or remove a passkey
passkey-rename = Rename
passkey-remove = Remove the passkey
passkey-remove-text = Once removed, it no longer signs you in. What remains on your device can be deleted in its settings.
passkey-remove-confirm = This removes “{ $name }”. It can’t be undone.
passkey-sign-in = Sign in with a passkey
passkey-needs-scripts = Passkeys need scripts in your browser. Without scripts, use another way.
passkey-unsupported = This browser offers no passkeys. Use another way.
passkey-waiting = Follow what your device says.
passkey-cancelled = It was cancelled or took too long. Try again, or use another way.
passkey-already = This passkey is known already.
passkey-failed = The passkey could not be used. Try again, or use another way.
passkey-not-offered = Passkeys can’t be used at this address of Azukari. They can once its operator has set an https address.

error-passkey-over = This has expired or was used already. Try again
error-passkey-unfit = This passkey did not prove that it is you. Try again, or use another way
error-passkey-copied = This passkey may have been copied and can’t be used. Sign in another way and remove it
error-passkey-known = This passkey is known already
error-passkey-many = You can have { $max } passkeys. Remove one that you don’t use
done-passkey-added = The passkey was added.
done-passkey-renamed = The name was changed.
done-passkey-removed = The passkey was removed.

act-passkey-added = Passkey added
act-passkey-renamed = Passkey renamed
act-passkey-removed = Passkey removed

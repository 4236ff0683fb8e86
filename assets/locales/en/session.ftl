# Sessions, their end, links to sign in with

session-title = Where you are signed in
session-lead = These devices are signed in to your account. End those that you don't know, and change your password.
session-device = Device
session-own = This device
session-unknown = Unknown device
session-address = Network address
session-method = Signed in by
session-method-password = Password
session-method-passkey = Passkey
session-method-link = Link by mail
session-method-identity = Organisation's account
session-method-invitation = Invitation
session-method-operator = Operator
session-organisation = Organisation
session-opened = Signed in at
session-used = Last used
session-end = End
session-end-confirm = This signs { $device } out. What is being typed there and isn't saved is lost.
session-end-others = End all other sessions
session-end-others-confirm = This signs you out everywhere but on this device.
session-alone = You are signed in on this device alone.
session-limits = Time limits
session-limits-text = You are signed out after { $minutes } minutes without use. On this device you are signed out at { $until }, used or not.
done-session-ended = The session was ended.
done-sessions-ended = All other sessions were ended.

session-notice = Time left before sign-out
session-idle-soon = You haven't done anything for a while: you will be signed out at { $time }.
session-keep = Stay signed in
session-kept = You stay signed in.
session-keep-failed = That didn't work. Check your connection and try again.
session-last-soon = You will be signed out at { $time }. Save what you are doing before then.
session-over = You have been signed out. What you typed is still on this page: send it, and you go on with it after signing in again (files excepted).

kept-form-title = Send what you typed
kept-form-lead = You had been signed out, so this hasn't been sent yet. Check it, then send it.
kept-form-what = What you typed
kept-form-file = The file that you chose wasn't kept. Choose it again on the page that follows.
kept-form-send = Send this
kept-form-discard = Discard it
kept-form-discard-confirm = What you typed is discarded. This can't be undone.
kept-form-elsewhere = Typed in another organisation
kept-form-elsewhere-text = Switch to the organisation in which you typed it, then open this page again.
done-form-kept = You had been signed out. What you typed was kept: sign in, and you can send it.
done-form-discarded = What you typed was discarded.

link-title = Sign in by a link
link-lead = Instead of the password you use a link that comes by mail. It is for contractors' people who have a second factor.
link-button = Send the link
link-hint = The link can be used once, within { $minutes } minutes. If it doesn't arrive, check the address and your junk mail.
link-back = Go to sign-in
link-open-title = Go on signing in
link-open-lead = The button takes you to your second factor. The link can be used once.
link-open-button = Go on to the second factor
done-link-asked = If there is an account for this address that can use it, a link is on its way.
error-sign-in-link = This link has expired or was used already.
error-sign-in-link-what-next = Ask for another one on the sign-in page.

act-session-ended = Session ended
act-account-link-sent = Sign-in link sent

# The ledger

ledger-sequence = Number
ledger-at = When
ledger-who = Who
ledger-act = What
ledger-subject-id = Id of the subject
ledger-leaf-hash = Leaf hash (SHA-256)
ledger-times = { $act } ({ $count } times)
ledger-actor = { $name } ({ $organisation })
actor-azukari = Azukari (automatic)
actor-operator = Operator
actor-visitor = Somebody not signed in

act-organisation-created = Organisation registered
act-division-registered = Division registered
act-division-changed = Division changed
act-contractor-registered = Contractor registered
act-contractor-changed = Contractor changed
act-contractor-joined = Contractor started using Azukari
act-member-joined = Person joined
act-invitation-sent = Invitation sent
act-session-opened = Signed in
act-entrustment-registered = Entrustment registered
act-entrustment-changed = Entrustment changed

# 証跡

ledger-sequence = 番号
ledger-at = 日時
ledger-who = した人
ledger-act = したこと
ledger-subject-id = 対象のID
ledger-leaf-hash = 葉のハッシュ（SHA-256）
ledger-times = { $act }（{ $count }件）
ledger-actor = { $name }（{ $organisation }）
actor-azukari = 預かり（自動）
actor-operator = 運用担当
actor-visitor = サインインしていない人

act-organisation-created = 組織を登録
act-division-registered = 所管課を登録
act-division-changed = 所管課を変更
act-contractor-registered = 委託先を登録
act-contractor-changed = 委託先を変更
act-contractor-joined = 委託先が利用を開始
act-member-joined = 利用者が参加
act-invitation-sent = 招待を送付
act-session-opened = サインイン
act-entrustment-registered = 委託案件を登録
act-entrustment-changed = 委託案件を変更

# 受渡しで止まったもの（統計）

handover-statistics-title = 受渡しで止まったもの
handover-statistics-lead = 送る前に止まった間違いを、直近12か月についてまとめたものです。数や名称から、それぞれの一覧を開けます。
handover-statistics-list-title = 止まった受渡しの一覧
handover-statistics-list-lead = 直近12か月に、送る前に止まったものです。同じ間違いが続くときは、手順や名簿の様式を見直してください。
handover-statistics-none = 止まったものはありません
handover-statistics-none-text = 受渡しの点検で止まったものがあると、理由と件数をここに示します。
handover-statistics-all = 止まったもの { $count }件の一覧
handover-statistics-ends = その後どうなったか
handover-statistics-by-month = 月ごと
handover-statistics-by-stop = 止まった理由
handover-statistics-by-entrustment = 委託案件（多い順に10件まで）
handover-statistics-month = 月
handover-statistics-all-months = 直近12か月
handover-statistics-stop = 止まった理由
handover-statistics-entrustment = 委託案件
handover-statistics-hand-over = 受渡し
handover-statistics-count = 件数
handover-statistics-found-at = 止まった日時
handover-statistics-end = その後
handover-statistics-end-mended = 直した
handover-statistics-end-explained = 理由を付けて送った・送る予定
handover-statistics-end-discarded = 受渡しをやめた
handover-statistics-end-standing = 止まったまま

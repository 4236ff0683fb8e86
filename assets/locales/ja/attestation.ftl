# 誓約と控え

attestation-check-title = 回答を確かめて誓約する
attestation-check-lead = すべての質問に回答しました。内容を確かめてください。直すところがあれば「変更」を押してください。
attestation-unanswered-title = 回答していない質問が{ $count }問あります。すべて回答すると提出できます
attestation-evidence-missing = 求められた証拠資料がありません
attestation-clause = 第{ $number }条　{ $title }
attestation-exception = 第{ $number }条の例外を申し出る
attestation-exception-text = この条項を守ることができないときだけ、理由と代わりの措置を入力してください。委託元が認めるまで、例外は効力を持ちません。
attestation-exception-reason = 第{ $number }条を守ることができない理由
attestation-exception-measure = 第{ $number }条の代わりに行う措置
attestation-pledge = 誓約
attestation-name = 氏名
attestation-name-hint = 誓約する人の氏名を入力してください。
attestation-person-title = 役職
attestation-person-title-hint = 例：代表社員、個人情報保護管理者
attestation-consent = 上の回答、証拠資料及び条項の内容を確かめ、誓約することに同意します
attestation-submit = この内容で誓約し提出する
attestation-representative-only = 誓約と提出は、委託先の責任者だけができます。内容を確かめたら、責任者に知らせてください。
attestation-done-title = 提出しました
attestation-done-banner = 誓約し、提出しました
attestation-reference = 受付番号：{ $reference }
attestation-next = このあとの流れ
attestation-next-review = { $principal }の担当者が、回答を1つずつ確認します。
attestation-next-returned = 見直しが必要な回答があるときは、その質問だけが差し戻され、メールでお知らせします。
attestation-next-approved = すべての回答の確認が終わると、メールでお知らせします。

attestation-error-consent = 内容を確かめ、同意する場合はチェックを入れてください
attestation-error-incomplete = 回答していない質問が{ $count }問あるため、提出できません
attestation-error-changed = この画面を開いたあとに、回答または証拠資料が変わりました。もう一度内容を確かめてから誓約してください
attestation-error-closed = すでに提出されているか、取り下げられたため、誓約できません。

exception-fault-clause = この条項には例外を申し出ることができません
exception-fault-not-allowed = この条項には例外を申し出ることができません
exception-fault-repeated = 同じ条項の例外が重なっています
exception-fault-reason = 守ることができない理由を入力してください
exception-fault-measure = 代わりに行う措置を入力してください

seal-title = 誓約
seal-none = まだ誓約されていません。
seal-by = 誓約した人
seal-at = 誓約した日時
seal-hash = 誓約のハッシュ値（SHA-256）
seal-receipt = 誓約の控え（PDF）
seal-exceptions = 申し出のあった例外
seal-exception-reason = 守ることができない理由
seal-exception-measure = 代わりに行う措置
seal-earlier-title = もう一度誓約が必要です
seal-earlier-text = 下の誓約は第{ $round }回の回答についてのものです。差し戻された質問に回答したあと、新しい内容で誓約してください。
seal-broken-title = 誓約のあとに内容が変わりました
seal-broken-text = 次の内容が、誓約したときと違います。新しい内容で、もう一度誓約する必要があります。
seal-part-questions = 質問
seal-part-answers = 回答と補足
seal-part-evidence = 証拠資料
seal-part-clauses = 条項と例外
seal-part-whole = 全体の結付け

receipt-title = 誓約の控え
receipt-file = 誓約の控え
receipt-time = { $date } { $time }（日本時間）
receipt-binding = 誓約の結付け
receipt-binding-text = この誓約は、次のハッシュ値（SHA-256）により、質問、回答、証拠資料及び条項に結び付けられています。どれかが変わると値が一致しなくなり、変わったことが分かります。
receipt-reference = 受付番号
receipt-principal = 委託元
receipt-contractor = 委託先
receipt-entrustment = 委託案件
receipt-questionnaire = 点検票
receipt-round = 回
receipt-name = 氏名
receipt-person-title = 役職
receipt-at = 誓約した日時
receipt-clauses = 誓約した条項
receipt-clause-number = 条
receipt-clause-title = 条項
receipt-clause-exception = 例外
receipt-exception = 理由：{ $reason }　措置：{ $measure }

act-attestation-given = 誓約して提出

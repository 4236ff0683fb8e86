# ホームと使い方

home-title = ホーム
home-next = 次にすること
home-nothing = いま対応が必要なものはありません
home-nothing-text = 点検票の回答や確認が必要になると、期限の近い順にここへ表示されます。
home-more = よく使う画面
home-card-register = 委託先、期間、情報項目、取扱ルールを登録します
home-card-dispatch-title = 点検票を送付する
home-card-dispatch = 一つ、またはまとめて選んだ委託案件に送ります
home-card-entrustments = 契約ごとに、点検票、誓約、監査記録、履歴を見ます
home-card-received = 届いた点検票と、これまでの回答を見ます
home-card-questionnaires = 送付した点検票の進み具合を見ます
home-group-answer = 回答する点検票
home-group-returned = 差し戻された点検票
home-group-review = 確認する回答
home-group-overdue = 期限を過ぎた点検票
home-group-soon = 期限の近い点検票
home-task-answered = { $questions }問中 { $answered }問に回答済み
home-act-start = 回答を始める
home-act-continue = 回答を続ける
home-act-returned = 差戻しを見て直す
home-act-review = 回答を確認する
home-act-look = 状況を見る
home-status-answering = 入力中
home-status-not-started = 未着手
home-status-returned = 差戻し
home-status-submitted = 確認待ち
home-overview = 全体の状況を見る
home-status-waiting = 対応待ち
home-status-late = 期限切れ
home-group-sub-applied = 承認を待つ再委託の申請
home-act-sub-applied = 申請を確かめる
home-group-exceptions-claimed = 判断を待つ例外
home-act-exceptions-claimed = 例外を確かめる
home-group-closing-proposed = 承認を待つ終了
home-act-closing-proposed = 終了を確かめる
home-group-auditors-asked = 承認を待つ監査人の閲覧
home-act-auditors-asked = 監査人の指定を確かめる
home-group-recipient-proposed = 承認を待つ送付先
home-act-recipient-proposed = 送付先を確かめる
home-group-handover-proposed = 承認を待つ受渡し
home-act-handover-proposed = 受渡しを確かめる
home-group-handover-arrived = 受け取っていない受渡し
home-act-handover-arrived = 受け取る
home-group-handover-requested = 依頼された受渡し
home-act-handover-requested = 依頼を確かめる
home-group-findings-answered = 是正の確認を待つ指摘
home-act-findings-answered = 是正を確かめる
home-group-disposal-attested = 確認を待つ返還・消去
home-act-disposal-attested = 証明書を確かめる
home-group-unconfirmed = 受領の確認を待つ送受
home-act-unconfirmed = 受領を確認する
home-group-findings-open = 回答を待つ指摘
home-act-findings-open = 指摘に答える
home-group-erase-due = 返還・消去の期限
home-act-erase-due = 返還・消去を記録する
home-group-untrained = 今年度の研修を受けていない従事者
home-act-untrained = 研修を記録する

help-title = 使い方
help-lead = 預かりは、個人情報の取扱いを委託する機関、委託先、監査人が、委託案件ごとに一つの記録を共有するための窓口です。
help-officer-heading = 担当者の方へ
help-officer-text = 委託先を登録し、委託案件と取扱ルールを登録して、点検票を送付します。送付は、まとめて何件でもできます。
    回答が提出されるとホームに表示されます。回答を一問ずつ確認し、直してほしい回答だけを、理由を添えて差し戻せます。
    監査記録は、委託案件の画面からいつでも発行できます。
help-contractor-heading = 委託先の方へ
help-contractor-text = 招待メールのリンクからパスワードを決めると、すぐに回答を始められます。途中で閉じても、続きから再開できます。
    前回の回答がある質問には、その回答を引き継ぐボタンが出ます。内容が今も正しいことを確かめてからお使いください。
    すべて答えたら、内容を確認し、条項を読んで、責任者が誓約します。誓約すると提出されます。
help-auditor-heading = 監査人の方へ
help-auditor-text = 委託案件の画面で、点検票、誓約、履歴を読み、監査記録をダウンロードできます。変更はできません。
    監査記録の末尾に、記録が改変されていないことを確かめる方法があります。
help-evidence-heading = 証拠資料
help-evidence-text = PDF、画像、Word、Excel、テキスト、CSVを、1ファイル25MBまで添付できます。ファイルは暗号化して保管し、内容の指紋（SHA-256）を記録に残します。
    回答や証拠資料に、マイナンバーや個人の名簿を入れないでください。
help-keyboard-heading = 操作
help-keyboard-text = すべての操作はキーボードだけでできます。スクリプトを使わない設定のブラウザーでも動きます。
    日付は「令和8年4月1日」「R8.4.1」「2026-04-01」のどれでも入力できます。
help-incident-heading = 漏えいなどに気付いたら
help-incident-text = 委託案件の画面にある担当課の連絡先へ、すぐに電話で知らせてください。取扱ルールに、何時間以内に知らせるかが書かれています。

# 受渡しの依頼

handover-request-list-title = 受渡しの依頼
handover-request-list-lead = 相手に、この画面での受渡しを頼むものです。頼まれた側は、依頼から受渡しを作って答えます。メールに添付して送る必要はありません。
handover-request-form-title = 受渡しを依頼する
handover-request-show-title = 受渡しの依頼
handover-request-numbered = 受渡しの依頼 第{ $number }号
handover-request-form-lead-contractor = 委託先に、データを渡すよう依頼します。送信すると、委託先の担当者にお知らせします。
handover-request-form-lead-principal = 委託元に、データを渡すよう依頼します。送信すると、所管課にお知らせします。
handover-request-ask = 受渡しを依頼する
handover-request-ask-now = 依頼する
handover-request-hand-overs = 受渡しの一覧
handover-request-none = 依頼はありません
handover-request-none-text = 相手からデータを受け取りたいときは、ここから依頼します。

handover-request-number = 番号
handover-request-purpose = 何のために必要か
handover-request-purpose-hint = 例：令和8年度の監査に使う職員名簿の確認のため
handover-request-items = 必要な情報項目
handover-request-items-hint = 目的に必要な項目だけを選んでください。
handover-request-message = 連絡事項
handover-request-message-hint = 様式や対象の範囲など。個人の氏名や番号は書かないでください。
handover-request-due-on = いつまでに
handover-request-due-on-hint = 例：令和8年4月30日。期日の2開庁日前と、期日を過ぎたときに、相手にお知らせします。
handover-request-asked = 依頼先
handover-request-asked-by = 依頼した人
handover-request-settled-by = 答えた人・取り下げた人
handover-request-party-principal = 委託元
handover-request-party-contractor = 委託先
handover-request-party-other = その他
handover-request-status = 状況
handover-request-status-open = 受渡し待ち
handover-request-status-answered = 受渡し済み
handover-request-status-withdrawn = 取下げ
handover-request-answer = この依頼に答えて受渡しを作る
handover-request-answer-text = 目的と情報項目を引き継いで、受渡しを作ります。ファイルは別の人の承認を経てから相手に渡ります。
handover-request-answers = 答えた受渡し
handover-request-withdraw-title = 依頼の取下げ
handover-request-withdraw-text = 不要になったときは取り下げます。相手にお知らせします。
handover-request-withdraw = 取り下げる
handover-request-withdraw-really = この依頼を取り下げますか。

handover-request-line-open = 依頼 { $count }件
handover-request-line-none = 依頼なし

handover-request-error-due-past = 今日以後の日付を入力してください
handover-request-settled = この依頼は、すでに受渡しが済んだか、取り下げられています。
done-handover-requested = 受渡しを依頼し、相手にお知らせしました。
done-handover-request-withdrawn = 依頼を取り下げ、相手にお知らせしました。

act-handover-requested = 受渡しを依頼
act-handover-request-withdrawn = 受渡しの依頼を取下げ
act-handover-request-answered = 受渡しの依頼に回答
act-handover-request-reminded = 受渡しの依頼を督促

mail-handover-requested-subject = 受渡しのお願い（{ $title }）
mail-handover-requested-text = 委託案件「{ $title }」（{ $number }）について、データの受渡しの依頼が届きました。必要な情報項目と期日は、リンク先の画面にあります。ファイルをメールに添付せず、画面から受渡しを作ってください。
mail-handover-requested-link = 依頼を見る
mail-handover-request-withdrawn-subject = 受渡しの依頼が取り下げられました（{ $title }）
mail-handover-request-withdrawn-text = 委託案件「{ $title }」（{ $number }）の受渡しの依頼が取り下げられました。受渡しは必要ありません。
mail-handover-request-withdrawn-link = 依頼を見る
mail-handover-request-reminder-subject = 受渡しの期日のお知らせ（{ $title }）
mail-handover-request-reminder-text = 委託案件「{ $title }」（{ $number }）の受渡しの依頼に、まだ答えがありません。期日は、リンク先の画面にあります。画面から受渡しを作るか、間に合わないときは依頼した相手に連絡してください。
mail-handover-request-reminder-link = 依頼を見る
mail-handover-request-overdue-subject = 受渡しの期日が過ぎています（{ $title }）
mail-handover-request-overdue-text = 委託案件「{ $title }」（{ $number }）で依頼した受渡しが、期日から5開庁日を過ぎても届いていません。相手の事情を確かめ、不要になったときは依頼を取り下げてください。
mail-handover-request-overdue-link = 依頼を見る

# 点検票：送付、一覧、期限の延長、取下げ

questionnaire-list-title = 点検票
questionnaire-name = 点検票
questionnaire-entrustment = 委託案件
questionnaire-deadline = 回答期限
questionnaire-status = 状況
questionnaire-answered = 回答数
questionnaire-questions = 質問数
questionnaire-answered-ratio = { $answered } / { $questions }
questionnaire-answered-of = { $questions }問中{ $answered }問に回答済み
questionnaire-questions-count = 全{ $count }問
questionnaire-none = 点検票が見つかりません
questionnaire-none-text-principal = 条件を変えて探してください。送付した点検票は、ここに並びます。
questionnaire-none-text-contractor = 条件を変えて探してください。委託元から届いた点検票は、ここに並びます。

questionnaire-status-answering-principal = 回答待ち
questionnaire-status-answering-contractor = 回答してください
questionnaire-status-submitted-principal = 確認してください
questionnaire-status-submitted-contractor = 委託元が確認中
questionnaire-status-returned-principal = 差戻し・回答待ち
questionnaire-status-returned-contractor = 差戻し
questionnaire-status-approved-principal = 確認済み
questionnaire-status-approved-contractor = 確認済み
questionnaire-status-withdrawn-principal = 取下げ
questionnaire-status-withdrawn-contractor = 取下げ
questionnaire-status-overdue = 期限超過

questionnaire-panel-title = 点検票
questionnaire-panel-none = 点検票はまだ送付されていません。

questionnaire-dispatch-link = 点検票を送付する
questionnaire-dispatch-title = 点検票の送付
questionnaire-dispatch-lead = 委託案件と点検票を選び、委託先に回答を依頼します。送付する前に、内容を確かめる画面があります。
questionnaire-dispatch-filter = 委託案件を探す
questionnaire-dispatch-filter-text = 条件を入れて絞り込んでから、送付先を選んでください。絞り込むと、下の入力欄は空に戻ります。
questionnaire-dispatch-to = 送付先
questionnaire-dispatch-entrustments = 委託案件
questionnaire-dispatch-more = 条件に合う委託案件は{ $total }件です。下には{ $shown }件まで表示しています。条件を足して絞り込むか、条件に合うすべてに送付してください。
questionnaire-dispatch-several = ほかの委託案件にもまとめて送付する
questionnaire-dispatch-what = 点検票と期限
questionnaire-dispatch-to-check = 送付内容を確かめる
questionnaire-dispatch-send = { $count }件に送付する
questionnaire-dispatch-change = 内容を直す
questionnaire-scope = 送付する範囲
questionnaire-scope-chosen = 下で選んだ委託案件に送付する
questionnaire-scope-all = 条件に合う{ $count }件すべてに送付する
questionnaire-template-version = { $title }（第{ $version }版）
questionnaire-template-built-in = 「預かり」に備え付けの点検票
questionnaire-contact = 問合せ先
questionnaire-contact-hint = 委託先が質問できる相手。所管課の名前と電話番号など。委託先の画面とメールに表示されます。
questionnaire-message = 委託先への連絡
questionnaire-message-hint = 委託先の画面に表示されます。メールには載りません。個人データは書かないでください。

questionnaire-dispatch-check-title = 送付内容の確認
questionnaire-check-count = { $count }件の委託案件に点検票を送付します。
questionnaire-check-nothing = 送付できる委託案件がありません
questionnaire-check-nothing-text = 選んだ委託案件は、どれも送付の対象になりません。理由を確かめて、選び直してください。
questionnaire-check-left-out = 次の{ $count }件には送付しません
questionnaire-check-invited = このうち{ $count }件は、委託先に利用者がまだいないため、台帳のメールアドレスに招待を送ります。利用を始めると点検票が表示されます。
questionnaire-check-how = 知らせ方
questionnaire-check-by-invitation = 招待を送る
questionnaire-check-by-mail = 責任者{ $count }人にメール
questionnaire-left-out-open = 同じ点検票がまだ終わっていません
questionnaire-left-out-closed = 委託案件が完了しています

questionnaire-deadline-title = 回答期限の延長
questionnaire-deadline-lead = 新しい期限と理由は証跡に残ります。委託先の責任者には、新しい期限をメールで知らせます。
questionnaire-new-deadline = 新しい回答期限
questionnaire-deadline-reason = 延長する理由
questionnaire-deadline-do = 期限を延長する
questionnaire-reason-hint = 証跡に残ります。個人データは書かないでください。
questionnaire-withdrawal-title = 点検票の取下げ
questionnaire-withdrawal-lead = 取り下げると、委託先は回答できなくなります。これまでの回答は残ります。元に戻すことはできません。
questionnaire-withdrawal-reason = 取り下げる理由
questionnaire-withdrawal-do = 点検票を取り下げる

done-dispatched = 点検票を送付しました。
done-deadline-extended = 回答期限を延長しました。
done-withdrawn = 点検票を取り下げました。

error-deadline-past = 期限が過ぎた日になっています。今日以後の日付を入力してください
error-deadline-far = 期限が先すぎます。今日から2年以内の日付を入力してください
error-deadline-not-later = いまの期限より後の日付を入力してください
error-entrustment-required = 送付する委託案件を選択してください
error-entrustment-too-many = 一度に送付できるのは{ $max }件までです。条件で絞り込んで、分けて送付してください
error-nothing-to-dispatch = 送付できる委託案件がありません。同じ点検票がすでに送付されていないか、一覧で確かめてください
error-questionnaire-over = この点検票は、確認が済んだか取り下げられたため、変更できません。

act-dispatch-created = 点検票の送付を開始
act-questionnaire-dispatched = 点検票を送付
act-questionnaire-deadline-extended = 回答期限を延長
act-questionnaire-withdrawn = 点検票を取下げ

mail-questionnaire-dispatched-subject = 点検票への回答のお願い（{ $organisation }）
mail-questionnaire-dispatched-text = { $organisation }から、「{ $template }」への回答のお願いです。回答期限は{ $deadline }です。回答にかかる時間の目安は{ $minutes }分で、途中で保存して続けることができます。
mail-questionnaire-dispatched-link = 点検票を開く
mail-questionnaire-about = 委託案件：{ $title }
mail-questionnaire-contact = 問合せ先：{ $contact }
mail-questionnaire-extended-subject = 回答期限の延長（{ $organisation }）
mail-questionnaire-extended-text = 委託案件「{ $title }」の点検票の回答期限を、{ $deadline }まで延長しました。
mail-questionnaire-extended-link = 点検票を開く
mail-questionnaire-withdrawn-subject = 点検票の取下げ（{ $organisation }）
mail-questionnaire-withdrawn-text = 委託案件「{ $title }」の点検票を取り下げました。回答は必要ありません。これまでの回答は残っています。
mail-questionnaire-withdrawn-link = 点検票を開く

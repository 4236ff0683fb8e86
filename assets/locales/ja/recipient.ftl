# 送付先（登録した相手）

recipient-list-title = 送付先
recipient-list-lead = 委託先が個人データを送ってよい相手です。委託元が承認するまで、送付先として扱われません。
recipient-form-title = 送付先の登録
recipient-show-title = 送付先
recipient-form-lead-proposes = 送る前に、委託元の承認が必要です。申し出ると、所管課にお知らせします。
recipient-form-lead-registers = 登録すると、承認済みの送付先になります。
recipient-enter = 送付先を加える
recipient-none = 送付先はありません
recipient-none-text = 委託元と委託先のほかに個人データを送るときは、先に送付先を登録します。

recipient-name = 相手の名称
recipient-name-hint = 組織名と部署名。例：三重野労働局 監督課
recipient-kind = 相手の種類
recipient-kind-principal_division = 委託元のほかの部署
recipient-kind-sub_contractor = 再委託先
recipient-kind-authority = 行政機関
recipient-kind-facility = 対象の施設・事業者
recipient-kind-subject = 本人
recipient-kind-other = その他
recipient-address = 送り先
recipient-address-hint = メールアドレス、ファクス番号または住所。送受を記録するとき、ここと違うものは知らせます。
recipient-purpose = 送る目的
recipient-purpose-hint = 相手が何のために使うかを入力してください。
recipient-items = 目的に必要な情報項目
recipient-items-hint = 選ばないときは、すべての情報項目とします。
recipient-items-all = すべての情報項目
recipient-persons-limit = 一度に送る人数の上限
recipient-persons-limit-hint = 目的に必要な人数。相手ごとに必要な分だけを送るためのものです。
recipient-until-on = 送ってよい期限
recipient-status = 状況
recipient-status-proposed = 承認待ち
recipient-status-approved = 承認済み
recipient-status-refused = 不承認
recipient-status-ended = 終了
recipient-propose = 申し出る
recipient-register = 登録する
recipient-proposed-by = 申し出た人
recipient-decided-by = 決定した人
recipient-decided-at = 決定した日時
recipient-decide-title = 承認の判断
recipient-decision = 判断
recipient-decision-approved = 承認する
recipient-decision-refused = 承認しない
recipient-reason = 理由
recipient-reason-hint = 承認しないときは必ず入力してください。委託先の画面に表示されます。
recipient-decide = 決定する
recipient-end-title = 送付先の終了
recipient-end-text = 終了すると、この相手に送ったときに取扱ルールに合わないと知らせます。これまでの記録は残ります。
recipient-end = 終了する
recipient-end-really = この送付先を終了しますか。

recipient-line-approved = 承認済み { $count }件
recipient-line-proposed = 承認待ち { $count }件
recipient-line-none = 承認待ちなし

recipient-error-until-past = 今日以後の日付を入力してください
recipient-decided = この送付先は、すでに判断が済んだか終了しています。
done-recipient-proposed = 送付先を申し出ました。委託元の承認をお待ちください。
done-recipient-registered = 送付先を登録しました。
done-recipient-decided = 判断を記録し、委託先にお知らせしました。
done-recipient-ended = 送付先を終了しました。

act-recipient-proposed = 送付先を申出
act-recipient-registered = 送付先を登録
act-recipient-approved = 送付先を承認
act-recipient-refused = 送付先を不承認
act-recipient-ended = 送付先を終了

mail-recipient-proposed-subject = 送付先の承認のお願い（{ $title }）
mail-recipient-proposed-text = { $contractor }が、委託案件「{ $title }」（{ $number }）の送付先を申し出ました。目的と情報項目を確かめ、承認するかどうかを決めてください。承認するまで、委託先はこの相手に送ることができません。
mail-recipient-proposed-link = 申し出た送付先を見る
mail-recipient-approved-subject = 送付先が承認されました（{ $title }）
mail-recipient-approved-text = { $organisation }が、委託案件「{ $title }」（{ $number }）の送付先を承認しました。目的に必要な情報項目と人数だけを送ってください。
mail-recipient-approved-link = 送付先を見る
mail-recipient-refused-subject = 送付先は承認されませんでした（{ $title }）
mail-recipient-refused-text = { $organisation }は、委託案件「{ $title }」（{ $number }）の送付先を承認しませんでした。この相手には送らないでください。理由は、リンク先の画面にあります。
mail-recipient-refused-link = 理由を見る

mail-recipient-asked-subject = 送付先の承認のお願い（{ $title }）
mail-recipient-asked-text = 委託案件「{ $title }」（{ $number }）に、担当者が送付先を加えました。目的と情報項目を確かめ、承認するかどうかを決めてください。加えた本人は承認できません。
mail-recipient-asked-link = 送付先を見る

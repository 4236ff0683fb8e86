# 監査人の閲覧

nav-auditor-access = 監査人の閲覧
auditor-access-title = 監査人の閲覧
auditor-access-none = この委託案件を閲覧できる監査人はいません。
auditor-access-name-one = 監査人を指定する
auditor-access-days = { $from } から { $until } まで

auditor-access-list-title = 監査人の閲覧
auditor-access-list-lead = どの監査人が、どの委託案件を、いつからいつまで閲覧できるかの一覧です。
auditor-access-list-lead-own = 閲覧とダウンロードができる委託案件です。期間の最終日が終わる午前0時（日本時間）に、閲覧できなくなります。
auditor-access-empty = 閲覧の指定はありません
auditor-access-empty-text = 監査人は、委託案件の画面から指定します。
auditor-access-empty-text-own = 担当者が委託案件を指定し、承認されると、ここに表示されます。
auditor-access-not-open = 期間外の委託案件

auditor-access-form-title = 監査人の指定
auditor-access-form-lead = 監査人は、指定された委託案件だけを、指定された期間だけ、閲覧しダウンロードできます。登録や変更はできません。
auditor-access-form-waits = あなたのほかの管理者または承認者が認めると、閲覧できるようになります。
auditor-access-form-at-once = 登録すると、すぐに閲覧できるようになります。
auditor-access-no-auditors = 監査人の利用者がいません
auditor-access-no-auditors-text = 先に、管理者が監査人を利用者として招待します。

auditor-access-show-title = 監査人の閲覧
auditor-access-entrustment = 委託案件
auditor-access-auditor = 監査人
auditor-access-from-on = 最初の日
auditor-access-until-on = 最終日
auditor-access-until-on-hint = この日が終わる午前0時（日本時間）に、閲覧できなくなります。
auditor-access-until-midnight = （終わりの午前0時まで）
auditor-access-purpose = 監査の目的
auditor-access-purpose-hint = 例：令和8年度 定期監査（財務事務）
auditor-access-with-below = 再委託された委託案件を含める
auditor-access-with-below-hint = この委託案件から再委託されたものも、同じ期間に閲覧できます。
auditor-access-scope = 範囲
auditor-access-scope-alone = この委託案件だけ
auditor-access-scope-below = この委託案件と、再委託された委託案件
auditor-access-ask = 承認を求める
auditor-access-give = 登録する

auditor-access-status = 状況
auditor-access-status-asked = 承認待ち
auditor-access-status-granted = 承認済み
auditor-access-status-refused = 不承認
auditor-access-status-ended = 取消し
auditor-access-standing = 閲覧
auditor-access-standing-asked = 承認待ち
auditor-access-standing-ahead = 期間の前
auditor-access-standing-in-force = 閲覧できます
auditor-access-standing-past = 期間の後
auditor-access-standing-refused = 不承認
auditor-access-standing-ended = 取消し

auditor-access-asked-by = 指定した人
auditor-access-decided-by = 決定した人
auditor-access-ended-by = 取り消した人
auditor-access-decide-title = 承認の判断
auditor-access-decision = 判断
auditor-access-decision-granted = 認める
auditor-access-decision-refused = 認めない
auditor-access-reason = 理由
auditor-access-reason-hint = 認めないときは必ず入力してください。
auditor-access-decide = 決定する
auditor-access-end-title = 閲覧の取消し
auditor-access-end-text = 取り消すと、監査人は次の操作から閲覧できなくなります。
auditor-access-end = 取り消す
auditor-access-end-really = この監査人の閲覧を取り消しますか。

auditor-access-error-past = 今日以後の日付を入力してください
auditor-access-error-order = 最初の日以後の日付を入力してください
auditor-access-error-far = 期間は24か月以内にしてください
auditor-access-decided = この指定は、すでに判断が済んだか取り消されています。
auditor-access-over = この指定は、すでに終わっています。
done-auditor-access-asked = 監査人を指定しました。ほかの管理者または承認者の判断をお待ちください。
done-auditor-access-granted = 監査人を指定し、監査人にお知らせしました。
done-auditor-access-decided = 判断を記録しました。
done-auditor-access-ended = 監査人の閲覧を取り消しました。

act-auditor-access-asked = 監査人の閲覧を申請
act-auditor-access-granted = 監査人の閲覧を承認
act-auditor-access-refused = 監査人の閲覧を不承認
act-auditor-access-ended = 監査人の閲覧を取消し

mail-auditor-access-asked-subject = 監査人の閲覧の承認のお願い（{ $title }）
mail-auditor-access-asked-text = 委託案件「{ $title }」（{ $number }）に、監査人の指定がありました。期間は { $from } から { $until } までです。目的と範囲を確かめ、認めるかどうかを決めてください。指定した本人は判断できません。
mail-auditor-access-asked-link = 指定を見る
mail-auditor-access-granted-subject = 委託案件を閲覧できます（{ $title }）
mail-auditor-access-granted-text = { $organisation }の委託案件「{ $title }」（{ $number }）を、{ $from } から { $until } まで閲覧し、ダウンロードできます。最終日が終わる午前0時（日本時間）に、閲覧できなくなります。
mail-auditor-access-granted-link = 閲覧できる委託案件を見る
mail-auditor-access-ended-subject = 委託案件の閲覧が取り消されました（{ $title }）
mail-auditor-access-ended-text = { $organisation }が、委託案件「{ $title }」（{ $number }）の閲覧を取り消しました。この委託案件は、もう閲覧できません。
mail-auditor-access-ended-link = 閲覧できる委託案件を見る

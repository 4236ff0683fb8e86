# 事故：報告と通知の要否（事実、計算の記録、決定と確認）
incident-assessment-title = 報告と通知の要否
incident-assessment-lead = 分かっている事実から、委託元と委託先それぞれの義務を計算しています。決めるのは人です。事実が変わると計算し直し、答えが変われば、もう一度決めます。
incident-assessment-decision = 決定
incident-assessment-verdict = 報告と通知をするか
incident-assessment-verdict-report = 報告と通知をする
incident-assessment-verdict-no_report = 報告と通知をしない
incident-assessment-computed = 決定時の計算結果
incident-assessment-reason = 理由
incident-assessment-reason-hint = 根拠にした事実と、誰に確かめたか。例：誤送付先の2か所とも、開かずに消したことを電話と書面で確かめた。
incident-assessment-note = 承認者から
incident-assessment-note-hint = 差し戻すときは、何を確かめ直すかを書いてください。
incident-assessment-by = 日時・決定した人
incident-assessment-decided-report = 報告すると決定
incident-assessment-decided-no_report = 報告しないと決定
incident-assessment-standing-undecided = 未決定
incident-assessment-standing-waiting = 承認者の確認待ち
incident-assessment-standing-returned = 差戻し
incident-assessment-standing-outdated = 再決定が必要
incident-assessment-standing-decided = 決定
incident-assessment-part-side = { $who }：{ $answer }（{ $standing }）
incident-assessment-part-due = 速報の目安は{ $from }から{ $to }まで、確報は{ $last }まで
incident-assessment-part-next-facts = 次にすること：分からない事実を確かめて入力し、委託元の担当者が決めます。
incident-assessment-part-next-decide = 次にすること：委託元の担当者が、報告するかどうかを決めます。
incident-assessment-part-next-confirm = 次にすること：委託元の承認者が、報告しないという決定を確認します。

incident-assessment-turn-facts = 分からない事実があります
incident-assessment-turn-facts-text = 下の「決めるために要ること」を確かめて入力すると、答えが出ることがあります。分からないまま報告すると決めることもできます。
incident-assessment-turn-decide = 報告するかどうかを決めてください
incident-assessment-turn-decide-text = 下の答えと根拠を確かめ、理由を付けて決めます。
incident-assessment-turn-confirm = 報告しないという決定が、確認を待っています
incident-assessment-turn-confirm-text = 計算の結果と違うか、答えが出ていない中での決定です。理由を確かめ、確認するか差し戻してください。
incident-assessment-turn-own_request = ほかの承認者の確認を待っています
incident-assessment-turn-own_request-text = 報告しないと提案した人は、その確認ができません。ほかの承認者又は管理者が確認します。
incident-assessment-turn-wait = ほかの人の決定を待っています
incident-assessment-turn-wait-text = 決めるのは、委託元は担当者、委託先は責任者です。その間も、期限は進みます。
incident-assessment-turn-done = 今の事実で決めることは残っていません
incident-assessment-turn-done-text = 事実が変わって答えが変われば、もう一度決めることになります。
incident-assessment-past = 決定の経過
incident-assessment-did-decided = { $side ->
    [principal] 委託元
   *[contractor] 委託先
}：{ $verdict ->
    [report] 報告すると決定
   *[no_report] 報告しないと決定
}
incident-assessment-did-proposed = { $side ->
    [principal] 委託元
   *[contractor] 委託先
}：{ $verdict ->
    [report] 報告すると提案
   *[no_report] 報告しないと提案
}
incident-assessment-did-confirmed = { $verdict ->
    [report] 報告するという決定を承認者が確認
   *[no_report] 報告しないという決定を承認者が確認
}
incident-assessment-did-returned = { $verdict ->
    [report] 報告するという決定を承認者が差戻し
   *[no_report] 報告しないという決定を承認者が差戻し
}

incident-assessment-kept = 計算の記録
incident-assessment-kept-text = 計算は、事実が変わるたびに残します。あとから変えることはできません。
incident-assessment-kept-at = 計算した日時
incident-assessment-kept-cause = きっかけ
incident-assessment-kept-result = 結果
incident-assessment-kept-look = 根拠を見る
incident-assessment-rules = 適用した規則：{ $from }から
incident-assessment-cause-reported = 第一報
incident-assessment-cause-opened = 担当者が開いた
incident-assessment-cause-corrected = 分かっていることの訂正
incident-assessment-cause-facts = 事実の入力

incident-assessment-facts-title = 義務を決める事実
incident-assessment-facts-lead = 分かったことを入力すると、報告と通知の要否を計算し直します。前の計算は残ります。人の氏名や漏えいした内容は入力しないでください。
incident-assessment-facts-edit = 事実を入力する
incident-assessment-facts-save = 保存して計算し直す
incident-assessment-decide = 報告するかどうかを決める
incident-assessment-decide-again = 決定をやり直す
incident-assessment-decide-title = 報告するかどうかを決める
incident-assessment-decide-lead = 自分の側の義務について決めます。理由は、相手の側と監査人も見ることができます。
incident-assessment-decide-now = 決定する
incident-assessment-by-another = 報告しないと決めるには、承認者の確認が要ります
incident-assessment-by-another-text = 報告が必要とされているか、まだ決まらないためです。あなたではない承認者又は管理者が確認するまで、決定にはなりません。
incident-assessment-confirm = 確認する
incident-assessment-confirm-title = 報告しないという決定の確認
incident-assessment-confirm-lead = 計算の結果と理由を見比べて、確認するか差し戻してください。差し戻すと、担当者にお知らせします。
incident-assessment-confirm-now = 確認の結果を保存する
incident-assessment-proposal = 提案された決定
incident-assessment-outcome = 確認の結果
incident-assessment-outcome-confirm = 確認し、この決定とする
incident-assessment-outcome-return = 差し戻す
incident-assessment-open-undecided = 委託元が、報告と通知をするかどうかを決めていません。
incident-assessment-open-waiting = 報告しないという決定が、承認者の確認を待っています。
incident-assessment-open-outdated = 決定の後に事実が変わり、答えが変わっています。委託元がもう一度決めてください。
incident-assessment-no-duty = この側は、この事故に関わっていません。
incident-assessment-none-waiting = 確認を待っている決定はありません。
incident-assessment-error-contradicts = 義務を決める事実（委託先が知った日、知らせた日、マイナンバーの人数など）と食い違います。先にそちらを直してください。

incident-timeline-duty_changed = { $side ->
    [principal] 委託元
   *[contractor] 委託先
}の義務の計算結果が変わった：{ $was ->
    [required] 報告・通知が必要
    [not_required] 報告・通知は不要
    [needs_review] 人の判断が必要
   *[none] 関わりなし
}から、{ $answer ->
    [required] 報告・通知が必要
    [not_required] 報告・通知は不要
    [needs_review] 人の判断が必要
   *[none] 関わりなし
}へ
incident-timeline-duty_decided = { $by }が、{ $side ->
    [principal] 委託元
   *[contractor] 委託先
}は{ $verdict ->
    [report] 報告と通知をする
   *[no_report] 報告と通知をしない
}と決めた
incident-timeline-duty_proposed = { $by }が、委託元は{ $verdict ->
    [report] 報告と通知をする
   *[no_report] 報告と通知をしない
}と提案した
incident-timeline-duty_confirmed = 承認者の{ $by }が、委託元は{ $verdict ->
    [report] 報告と通知をする
   *[no_report] 報告と通知をしない
}という決定を確認した
incident-timeline-duty_returned = 承認者の{ $by }が、委託元は{ $verdict ->
    [report] 報告と通知をする
   *[no_report] 報告と通知をしない
}という決定を差し戻した

done-incident-assessment-facts = 保存し、計算し直しました。
done-incident-assessment-decided = 決定を記録しました。
done-incident-assessment-confirmed = 確認の結果を記録しました。
act-incident-facts-changed = 義務を決める事実を変更
act-incident-duty-decided = 報告の要否を決定
act-incident-duty-proposed = 報告しないと提案
act-incident-duty-confirmed = 報告しないという決定を確認
act-incident-duty-returned = 報告しないという決定を差戻し

mail-incident-duty-proposed-subject = 事故を報告しないという決定が、確認を待っています（{ $title }）
mail-incident-duty-proposed-text = 委託案件「{ $title }」（{ $number }、{ $contractor }）の事故について、担当者が、漏えい等の報告と通知をしないと提案しました。計算の結果と理由を、リンク先の画面で確かめ、確認するか差し戻してください。期限は進んでいます。
mail-incident-duty-proposed-link = 提案を見る
mail-incident-duty-returned-subject = 事故を報告しないという決定が、差し戻されました（{ $title }）
mail-incident-duty-returned-text = 委託案件「{ $title }」（{ $number }、{ $contractor }）の事故について、承認者が、報告と通知をしないという決定を差し戻しました。リンク先の画面で、確かめ直すことを見て、もう一度決めてください。期限は進んでいます。
mail-incident-duty-returned-link = 報告と通知の要否を見る

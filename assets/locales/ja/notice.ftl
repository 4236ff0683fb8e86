# 自動で送るメールと督促

act-mail-sent = メールを送信
act-mail-failed = メールを送信できず
act-reminder-sent = 回答期限のお知らせを送付

mail-reminder-link = 点検票を開く

mail-reminder-before-subject = { $days ->
    [0] 点検票の回答期限は本日です（{ $organisation }）
   *[other] 点検票の回答期限まであと{ $days }日です（{ $organisation }）
}
mail-reminder-before-text = 委託案件「{ $title }」（契約番号：{ $number }）の点検票は、まだ提出されていません。回答期限は{ $deadline }です。
mail-reminder-before-how = 保存した回答はそのまま残っています。リンクを開き、続きから入力して提出してください。

mail-reminder-overdue-subject = 点検票の回答期限を過ぎています（{ $organisation }）
mail-reminder-overdue-text = 委託案件「{ $title }」（契約番号：{ $number }）の点検票は、{ $deadline }の回答期限までに提出されませんでした。
mail-reminder-overdue-how = 回答は今からでも提出できます。保存した回答も残っています。間に合わない事情があるときは、{ $organisation }の担当者にご連絡ください。

mail-reminder-escalation-subject = 回答期限を過ぎた点検票があります
mail-reminder-escalation-text = 委託案件「{ $title }」（契約番号：{ $number }）の点検票が、{ $deadline }の回答期限から5開庁日を過ぎても提出されていません。
mail-reminder-escalation-how = 委託先には期限の前後にお知らせを送りました。委託先に状況を確かめ、必要に応じて期限の延長や取下げをご検討ください。

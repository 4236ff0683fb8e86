# 操作の結果と、入力・操作の誤り。どの画面にも共通のものは common.ftl にある

done-saved = 保存しました。
done-invited = 招待のメールの送信を受け付けました。
done-joined = 手続が終わりました。「預かり」をご利用いただけます。
done-signed-out = サインアウトしました。

error-stale = ほかの人が先に更新しました。この画面の内容でよければ、もう一度同じボタンを押すと、置き換えます
error-invitation = 招待のリンクが使用済みか、期限切れか、新しい招待に替わっています。
error-sign-in = メールアドレスまたはパスワードが違います。確かめて、もう一度入力してください
error-password-wrong = パスワードが違います。「預かり」でいまお使いのパスワードを入力してください
error-password-short = パスワードは{ $min }文字以上で入力してください
error-password-again = 確認用のパスワードが一致しません。同じパスワードをもう一度入力してください
error-email-taken = このメールアドレスはすでに登録されています。別のメールアドレスを使ってください。

error-name-taken = この名称はすでに登録されています。別の名称を入力してください
error-not-katakana = カタカナ以外の文字が含まれています。全角カタカナで入力してください（例：ミエノショウジ）
error-corporate-number-digits = 法人番号は13桁の数字で入力してください
error-corporate-number-check-digit = 法人番号に誤りがあります（検査用数字が合いません）。国税庁の法人番号公表サイトで確かめて入力してください
error-corporate-number-invoice = 「T」で始まるインボイスの登録番号は入力できません。法人は「T」を除いた13桁を入力し、個人事業主は空欄にしてください
error-corporate-number-taken = この法人番号の委託先はすでに登録されています。委託先の一覧で確かめてください
error-postcode = 郵便番号は7桁の数字で入力してください（例：514-0001）

error-number-taken = この契約番号は、ほかの委託案件で使われています。別の番号を入力してください
error-end-before-start = 契約の終了日が開始日より前です。開始日以後の日付を入力してください
error-erase-before-end = 消去期限が契約の終了日より前です。終了日以後の日付を入力してください
error-item-required = 情報項目を1つ以上入力してください
error-country-codes = 国コードとして読み取れません。英字2文字で入力し、2つ以上は空白で区切ってください（例：JP SG）
error-ways-sensitive = 「送受の方法」で選んでいないものが含まれています。「送受の方法」でも選ぶか、ここから外してください

error-405-heading = この操作は受け付けられません
error-405-text = このアドレスでは、その操作を受け付けていません。
error-405-what-next = ホームからたどって、もう一度操作してください。
error-422-heading = 入力内容を確認してください
error-422-text = 入力内容に誤りがあるため、保存しませんでした。
error-422-what-next = 前の画面に戻り、入力内容を直してから、もう一度送ってください。

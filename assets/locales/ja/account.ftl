# サインイン、招待、利用者

sign-in-title = サインイン
sign-in-lead = メールアドレスとパスワードを入力してください。
sign-in-email = メールアドレス
sign-in-password = パスワード
sign-in-button = サインインする
sign-in-otherwise = ほかの方法
sign-in-no-account = アカウントをお持ちでない方
sign-in-no-account-text = 「預かり」は、招待のメールから利用を始めます。メールが届いていないときは、委託元の所管課、または所属する組織の管理者にお問い合わせください。

invitation-title = 招待
invitation-lead = { $organisation }から「預かり」に招待されています。内容を確かめて、利用を始めてください。
invitation-organisation = 招待した組織
invitation-role = 役割
invitation-known = このメールアドレスはすでに登録されています。いまお使いのパスワードを入力すると、この役割でも利用できるようになります。
invitation-password = 新しいパスワード
invitation-password-hint = { $min }文字以上。数字や記号を混ぜる必要はありません。ほかのサービスで使っていない、長いものにしてください。
invitation-password-again = 新しいパスワード（確認のためもう一度）
invitation-accept = 利用を始める

member-list-title = 利用者
member-form-title = 利用者の招待
member-form-lead = 入力したアドレスに招待のメールを送ります。相手がメールのリンクを開いて手続をすると、利用を始められます。
member-name = 氏名
member-role = 役割
member-division = 所管課
member-division-hint = 役割が「担当者」のとき、選んだ所管課の委託案件だけを扱います。
member-division-all = すべての所管課
member-invite = 利用者を招待する

role-administrator-hint = 利用者・所管課・ひな形を管理し、すべての委託案件を扱います。
role-officer-hint = 委託先と委託案件を登録し、点検票の送付と確認をします。
role-approver-hint = すべての委託案件を見て、承認します。
role-auditor-hint = 指定された委託案件を、指定された期間だけ閲覧し、記録をダウンロードします。登録や変更はできません。
role-representative-hint = 委託先を代表して点検票に回答し、誓約します。
role-handler-hint = 委託先で点検票に回答します。誓約はできません。

act-member-left = 利用者の利用を終了

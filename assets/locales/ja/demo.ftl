# デモ

demo-title = デモ：だれとして見ますか
demo-lead = 架空の県と委託先が入っています。人を選ぶと、その人としてサインインします。いつでも切り替えられます。
demo-sign-in = この人として見る
demo-about-administrator = ひな形、所管課、利用者を管理します
demo-about-officer = 点検票を送り、回答を確認し、監査記録を発行します
demo-about-approver = すべての委託案件を見て、承認します
demo-about-auditor = 記録を読み、ダウンロードします
demo-about-representative = 点検票に答え、誓約して提出します
demo-about-handler = 点検票に答えます
demo-mailbox-title = 届いたメール
demo-mailbox-lead = デモではメールを外へ送りません。送られるはずのメールを、ここで読めます。
demo-mailbox-empty = メールはまだありません
demo-mail-at = 日時
demo-mail-to = 宛先
demo-mail-subject = 件名
demo-mail-follow = メールのリンクを開く

# デモ

demo-title = デモ：だれとして見ますか
demo-lead = 架空の県と委託先が入っています。人を選ぶと、その人としてサインインします。いつでも切り替えられます。
demo-sign-in = この人として見る
demo-mailbox-title = 送信されたメール
demo-mailbox-lead = デモではメールを外へ送りません。送られるはずのメールを、ここで読めます。
demo-mailbox-empty = メールはまだありません
demo-mail-at = 日時
demo-mail-to = 宛先
demo-mail-subject = 件名
demo-mail-follow = メールのリンクを開く

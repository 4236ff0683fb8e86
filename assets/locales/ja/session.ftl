# セッション、時間切れ、サインインのリンク

session-title = サインイン中の端末
session-lead = あなたのアカウントでサインインしている端末です。見覚えのないものは終了して、パスワードを変更してください。
session-device = 端末
session-own = この端末
session-unknown = 不明な端末
session-address = 接続元のアドレス
session-method = サインインの方法
session-method-password = パスワード
session-method-passkey = パスキー
session-method-link = メールのリンク
session-method-identity = 組織のアカウント
session-method-invitation = 招待
session-method-operator = 運用担当者
session-organisation = 組織
session-opened = サインインした日時
session-used = 最後に使った日時
session-end = 終了する
session-end-confirm = { $device }のサインインを終了します。その端末で入力中の内容は、保存されていなければ失われます。
session-end-others = ほかの端末をすべて終了する
session-end-others-confirm = この端末のほかのサインインを、すべて終了します。
session-alone = サインインしているのは、この端末だけです。
session-limits = 時間の決まり
session-limits-text = 操作がないまま{ $minutes }分たつと、サインインは自動的に終了します。この端末のサインインは、操作を続けていても{ $until }に終了します。
done-session-ended = サインインを終了しました。
done-sessions-ended = ほかの端末のサインインを、すべて終了しました。

session-notice = サインインの残り時間
session-idle-soon = しばらく操作がないため、{ $time }にサインインが終了します。
session-keep = サインインを続ける
session-kept = サインインを続けました。
session-keep-failed = 続けられませんでした。通信の状態を確かめて、もう一度お試しください。
session-last-soon = サインインは{ $time }に終了します。それまでに保存してください。
session-over = サインインが終了しました。入力した内容はこの画面に残っています。このまま送信すると、サインインし直したあとで続けられます（ファイルを除く）。

kept-form-title = 入力した内容の再送
kept-form-lead = サインインが終了していたため、次の内容はまだ送られていません。確かめて、送ってください。
kept-form-what = 入力した内容
kept-form-file = 選んだファイルは残っていません。送信したあとの画面で、選び直してください。
kept-form-send = この内容で送る
kept-form-discard = 送らずに破棄する
kept-form-discard-confirm = 入力した内容を破棄します。元に戻せません。
kept-form-elsewhere = 別の組織で入力した内容です
kept-form-elsewhere-text = 入力したときの組織に切り替えてから、この画面をもう一度開いてください。
done-form-kept = サインインが終了していました。入力した内容は残っています。サインインすると、続きから送れます。
done-form-discarded = 入力した内容を破棄しました。

link-title = メールのリンクでサインイン
link-lead = パスワードの代わりに、メールで届くリンクでサインインします。委託先の方で、二つ目の認証を登録している方が使えます。
link-button = リンクを送る
link-hint = リンクは{ $minutes }分以内に一度だけ使えます。届かないときは、アドレスと迷惑メールの設定を確かめてください。
link-back = サインインの画面へ
link-open-title = サインインの続き
link-open-lead = ボタンを押すと、二つ目の認証に進みます。このリンクは一度だけ使えます。
link-open-button = 二つ目の認証に進む
done-link-asked = 入力したアドレスで使えるアカウントがあれば、リンクをメールで送りました。
error-sign-in-link = このリンクは期限が切れているか、すでに使われています。
error-sign-in-link-what-next = サインインの画面から、リンクをもう一度送ってください。

act-session-ended = サインインを終了
act-account-link-sent = サインインのリンクを送付

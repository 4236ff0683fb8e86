# パスキー

passkey-title = パスキー
passkey-account = アカウント
passkey-lead = パスキーは、端末の指紋・顔・暗証番号、またはセキュリティキーで本人を確かめる仕組みです。パスワードより安全で、一つで二つの要素を兼ねます。
passkey-own = 登録したパスキー
passkey-none = まだパスキーを登録していません。
passkey-name = パスキーの名前
passkey-name-hint = あとで見分けるための名前です。例：職場のノートパソコン
passkey-created = 登録
passkey-last-used = 最後に使った日時
passkey-unused = まだ使っていません
passkey-add = パスキーを登録する
passkey-add-title = パスキーを追加する
passkey-change-title = パスキーの名前と削除
passkey-rename = 名前を変える
passkey-remove = パスキーを削除する
passkey-remove-text = 削除すると、このパスキーではサインインできなくなります。端末に残っているパスキーは、端末の設定で消してください。
passkey-remove-confirm = 「{ $name }」を削除します。元には戻せません。
passkey-sign-in = パスキーでサインイン
passkey-needs-scripts = パスキーを使うには、ブラウザーのスクリプトが必要です。スクリプトを使わないときは、ほかの方法をお使いください。
passkey-unsupported = このブラウザーではパスキーを使えません。ほかの方法をお使いください。
passkey-waiting = 端末の案内に従ってください。
passkey-cancelled = 手続が取り消されたか、時間が過ぎました。もう一度お試しいただくか、ほかの方法をお使いください。
passkey-already = このパスキーはすでに登録されています。
passkey-failed = パスキーを使えませんでした。もう一度お試しいただくか、ほかの方法をお使いください。
passkey-not-offered = この「預かり」のアドレスでは、パスキーを使えません。運用担当者が https のアドレスを設定すると使えるようになります。

error-passkey-over = 手続の期限が切れているか、すでに使われています。もう一度お試しください
error-passkey-unfit = このパスキーでは確かめられませんでした。もう一度お試しいただくか、ほかの方法をお使いください
error-passkey-copied = このパスキーは複製された疑いがあるため、使えません。ほかの方法でサインインして、このパスキーを削除してください
error-passkey-known = このパスキーはすでに登録されています
error-passkey-many = 登録できるパスキーは{ $max }個までです。使わないものを削除してください
done-passkey-added = パスキーを登録しました。
done-passkey-renamed = 名前を変えました。
done-passkey-removed = パスキーを削除しました。

act-passkey-added = パスキーを登録
act-passkey-renamed = パスキーの名前を変更
act-passkey-removed = パスキーを削除

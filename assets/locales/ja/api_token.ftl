# APIトークン：組織のシステムが使う鍵

api-token-list-title = APIトークン
api-token-list-lead = 組織のほかのシステムが、画面を使わずに「預かり」から読み取るときに使います。トークンで見えるものは、つくった人が見られるものと同じです。つくった人が組織を離れるか役割が変わると、トークンも使えなくなります。
api-token-new = トークンをつくる
api-token-none = トークンはまだありません
api-token-none-text = 会計や文書管理のシステムとつなぐときに、つくってください。
api-token-name = 名前
api-token-name-hint = 何のシステムが使うかが分かる名前（例：文書管理システム）。証跡に残ります。
api-token-scopes = できること
api-token-scopes-hint = 必要なものだけを選んでください。
api-token-days = 有効期間
api-token-days-hint = 1日から365日まで。過ぎると使えなくなります。延ばすことはできないので、その前に新しいトークンに替えてください。
api-token-days-unit = 日
api-token-made-by = つくった人
api-token-expires-at = 有効期限
api-token-last-used = 最後に使われた日
api-token-unused = 未使用
api-token-standing = 状態
api-token-standing-active = 有効
api-token-standing-expired = 期限切れ
api-token-standing-revoked = 取消し
api-token-standing-left = つくった人が離れたため無効
api-token-revoke = 取り消す
api-token-revoke-confirm = トークン「{ $name }」を取り消します。使っているシステムは、すぐに読み取れなくなります。元には戻せません。
api-token-form-title = トークンの作成
api-token-form-lead = トークンは、つくった直後に一度だけ表示します。使うシステムを設定できる状態にしてから始めてください。
api-token-make = トークンをつくる
api-token-issued-title = トークンをつくりました
api-token-issued-once = この画面を閉じると、トークンは二度と表示できません
api-token-issued-keep = いま、使うシステムの秘密情報の設定に入力してください。メールや表計算の表に書き写さないでください。なくしたときは、取り消してつくり直します。
api-token-token = トークン
api-token-back = 一覧に戻る
api-token-error-many = 有効なトークンは{ $most }個までです。使っていないものを取り消してください。
done-api-token-revoked = トークンを取り消しました。

api-scope-read_entrustments = 委託案件を読む
api-scope-read_records = 発行済みの監査記録を読む

error-token-text = 有効なAPIトークンが必要です。
error-token-scope = このトークンでは、この操作はできません。
error-token-scope-what-next = 必要な「できること」を選んで、新しいトークンをつくってください。

act-token-issued = APIトークンを作成
act-token-revoked = APIトークンを取消し
act-token-used = APIトークンを使用

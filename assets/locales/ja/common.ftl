# 画面の共通のことば

common-product = 預かり
common-product-latin = Azukari
common-product-tagline = 個人データの委託を、ひとつの記録で
common-skip-to-main = 本文へ移動
common-main-navigation = 主なメニュー
common-menu = メニュー
common-breadcrumb = 現在位置
common-home = ホーム
common-back = 戻る
common-sign-out = サインアウト
common-signed-in-as = { $name }としてサインイン中
common-language = 言語
common-incident-duties = 報告義務を確かめる
common-help = 使い方
common-footer-version = バージョン { $version }
common-footer-accessibility = JIS X 8341-3:2016 AAを目標・自動検査済み
common-demo-label = デモ
common-demo-text = データはすべて架空です。
common-demo-choose = 見る人を選ぶ
common-demo-mailbox = 届いたメールを見る
common-demo-switch = 別の人に切り替える

common-required = 必須
common-optional = 任意
common-error-prefix = エラー：
common-error-of = { $label }：{ $message }
common-error-title = 入力内容を確認してください
common-error-count = { $count }件のエラーがあります
common-date-hint = 例：令和8年4月1日、R8.4.1、2026-04-01
common-select-none = 選択してください
common-file-hint = 1ファイル{ $limit }まで
common-file-chosen = 添付済み：{ $name }
common-characters-limit = { $count }文字以内

common-save = 保存する
common-save-and-continue = 保存して続ける
common-continue = 次へ進む
common-cancel = キャンセル
common-close = 閉じる
common-confirm = 確認する
common-send = 送信する
common-add = 追加する
common-edit = 編集する
common-change = 変更
common-delete = 削除する
common-download = ダウンロード
common-search = 検索
common-filter = 絞り込み
common-filter-apply = 絞り込む
common-filter-clear = 条件を消す
common-show-details = 詳しく見る
common-none = なし
common-not-entered = 未入力
common-not-answered = 未回答
common-unknown = 不明
common-yes = はい
common-no = いいえ
common-all = すべて

common-status-not-started = 未着手
common-status-in-progress = 入力中
common-status-done = 完了
common-status-returned = 差戻し

common-pages = ページ
common-pages-total = 全{ $total }件中 { $first }～{ $last }件目を表示
common-pages-more = { $total }件以上あります。{ $first }～{ $last }件目を表示
common-pages-none = 0件
common-pages-first = 最初
common-pages-previous = 前へ
common-pages-next = 次へ
common-pages-last = 最後
common-pages-number = { $page }ページ目
common-pages-of = { $page } / { $pages } ページ

common-sort-by = { $label }で並べ替え
common-sorted-ascending = 昇順
common-sorted-descending = 降順

common-table-scroll = （横にスクロールできます）
common-history = 履歴
common-history-empty = 履歴はまだありません
common-progress = { $total }件中 { $done }件完了
common-steps = 手順
common-step-of = 手順 { $current } / { $total }
common-step-done = 完了
common-step-current = 現在

common-deadline = 期限
common-deadline-left = あと{ $days }日
common-deadline-today = 今日まで
common-deadline-tomorrow = 明日まで
common-deadline-passed = { $days }日超過
common-deadline-none = 期限なし

common-tone-info = お知らせ
common-tone-good = 完了
common-tone-warn = 注意
common-tone-bad = 重要

common-autosave-idle = 入力内容は自動で下書き保存されます
common-autosave-saving = 下書きを保存しています…
common-autosave-saved = { "{time}" } に下書きを保存しました
common-autosave-failed = 保存できませんでした。入力内容はこの画面に残っています。接続が戻りしだい、もう一度保存します
common-autosave-conflict = 別の画面または別の人が先に保存しました。両方の内容を見比べてください
common-autosave-refused = 入力内容に確認が必要な項目があります。「保存」を押すと確認できます
common-autosave-theirs = 保存されている内容
common-autosave-yours = この画面の内容
common-autosave-reload = 保存されている内容で開き直す

common-upload-progress = 送信しています { "{percent}" }%
common-upload-failed = 送信できませんでした。接続を確かめて、もう一度お試しください
common-upload-too-large = 「{ "{name}" }」は大きすぎます

common-error-number = エラー番号
common-error-what-next = 次にできること
common-error-to-home = ホームへ戻る

common-mail-sent-by = このメールは「預かり」から、{ $organisation }の委託案件についてお送りしています。
common-mail-no-personal-data = このメールには、委託に係る個人データは含まれていません。
common-mail-not-for-you = お心当たりがない場合は、リンクを開かずに削除してください。
common-mail-link-fallback = ボタンを押せないときは、次のアドレスをブラウザーに貼り付けてください。

nav-home = ホーム
nav-entrustments = 委託案件
nav-contractors = 委託先
nav-questionnaires = 点検票
nav-findings = 指摘・是正
nav-inspections = 実地検査
nav-templates = ひな形
nav-divisions = 所管課
nav-members = 利用者

role-administrator = 管理者
role-officer = 担当者
role-approver = 承認者
role-auditor = 監査人
role-representative = 責任者
role-handler = 従事者

error-required = 入力してください
error-choose-one = 選択してください
error-choose-from-list = 一覧から選択してください
error-too-long = { $max }文字以内で入力してください
error-control-characters = 使えない文字（制御文字）が含まれています
error-not-a-number = 数字で入力してください
error-number-range = { $min }から{ $max }までの数で入力してください
error-not-an-email = メールアドレスの形で入力してください（例：name@example.jp）
error-date-unreadable = 日付として読み取れません。令和8年4月1日、R8.4.1、2026-04-01 のように入力してください
error-date-no-such-day = その日付は暦にありません
error-date-outside-era = その日付は、書かれた元号の期間にありません。元号を確かめてください（例：令和は2019年5月1日から）
error-csrf = 画面を開いてから時間がたったか、別の画面でサインインし直したため、受け付けられませんでした。

error-400-heading = 受け付けられない内容です
error-400-text = 送られた内容を読み取れませんでした。
error-400-what-next = 前の画面に戻り、もう一度操作してください。
error-401-heading = サインインしてください
error-401-text = この画面を見るにはサインインが必要です。
error-401-what-next = サインインしてから、もう一度開いてください。
error-403-heading = この操作はできません
error-403-text = あなたの役割では、この操作はできません。
error-own-request = ご自身が申請したものなので、承認や不承認は別の人が行います。
error-403-what-next = 必要な場合は、組織の管理者に役割を確認してください。
error-404-heading = ページが見つかりません
error-404-text = アドレスが違うか、見る権限のないページです。
error-404-what-next = アドレスを確かめるか、ホームからたどってください。
error-409-heading = ほかの人が先に更新しました
error-409-text = この画面を開いたあとに内容が変わったため、保存しませんでした。
error-409-what-next = 前の画面に戻って開き直し、新しい内容を確かめてから操作してください。
error-410-heading = このリンクは使えません
error-410-text = リンクはすでに使われたか、期限が切れています。
error-410-what-next = リンクを送った人に、もう一度送るよう依頼してください。
error-413-heading = 大きすぎて受け付けられません
error-413-text = 送られた内容またはファイルが、受け付けられる大きさを超えています。
error-413-what-next = ファイルを分けるか小さくして、もう一度送ってください。
error-429-heading = 操作の回数が多すぎます
error-429-text = 短い時間に同じ操作が続いたため、受付を止めています。
error-429-what-next = 15分ほど待ってから、もう一度お試しください。
error-500-heading = 処理中に問題が起きました
error-500-text = 操作は完了していません。途中まで保存されることはありません。
error-500-what-next = もう一度お試しください。続くときは、下のエラー番号を運用担当者にお知らせください。
error-503-heading = ただいま混み合っています
error-503-text = いまは処理できません。操作は完了していません。
error-503-what-next = 少し待ってから、もう一度お試しください。

# 受渡しのファイル：追加、取り外し、届く相手、ウイルスの検査

handover-upload-title = ファイルの追加
handover-upload-lead = 渡すファイルを追加します。ファイルは1つずつ別の鍵で暗号化して保管し、中身を点検してから承認に進みます。
handover-upload-back = 受渡しに戻る
handover-upload-files = 追加するファイル
handover-upload-hint = 1つ2GBまで、あわせて{ $most }個までです。表計算、文書、PDF、画像、ZIPなどを選べます。パスワードは付けないでください。中身を点検できなくなります。
handover-upload-for = 届ける相手
handover-upload-for-hint = 追加するファイルを1か所だけに届けるときに選びます。あとから変えられます。
handover-upload-add = ファイルを追加する
handover-upload-progress = 「{ "{name}" }」を送信しています { "{percent}" }%
handover-upload-lost = 接続が切れました。つながり次第、続きから送ります。この画面を開いたままお待ちください

handover-files-title = 渡すファイル
handover-files-none = ファイルはまだありません
handover-file-name = ファイル
handover-file-size = 大きさ
handover-file-state = 状態
handover-file-for = 届ける相手
handover-file-for-of = 「{ $name }」を届ける相手
handover-file-for-all = すべての相手
handover-file-for-change = 変更する
handover-file-sha256 = 照合用の値（SHA-256）
handover-file-by = 追加：{ $name }
handover-file-actions = 操作
handover-file-source = 「{ $name }」から作成
handover-file-remove = 取り外す
handover-file-remove-confirm = 「{ $name }」を取り外します。鍵をすぐに破棄するため、元に戻せません。よろしいですか。

handover-file-state-uploading = 受信の途中
handover-file-state-checking = 点検中
handover-file-state-checked = 点検済み
handover-file-state-quarantined = ウイルス検査待ち
handover-file-state-infected = ウイルスを検出
handover-file-state-destroyed = 破棄済み

handover-upload-error-missing = 追加するファイルを選んでください
handover-upload-error-empty = 中身のないファイルがあります。ファイルを開いて確かめてから、選び直してください。追加したファイルはありません
handover-upload-error-many = 1回の受渡しに入れられるのは{ $most }個までです。受渡しを分けるか、要らないファイルを取り外してください
handover-upload-error-large = 1つのファイルは2GBまでです。ファイルを分けてください
handover-upload-refused-version = このプログラムの送信方法には対応していません（tus 1.0.0）
handover-upload-refused-header = 送信の指定に足りないものか誤りがあります
handover-upload-refused-type = 送信の形式が違います
handover-upload-refused-offset = 続きの位置が合いません。位置を確かめてから送り直してください
handover-upload-refused-crumbs = 分割が細かすぎます。取り外して、はじめから送り直してください

handover-error-many = 1回の受渡しに入れられるファイルの数を超えています

done-handover-files = ファイルを追加しました。中身の点検が終わるまで、しばらくお待ちください。
done-handover-file-removed = ファイルを取り外しました。
done-handover-file-addressed = 届ける相手を変更しました。

act-handover-upload-begun = ファイルの送信を開始
act-handover-upload-expired = 途中で止まった送信を破棄
act-handover-file-added = 受渡しのファイルを追加
act-handover-file-removed = 受渡しのファイルを取り外し
act-handover-file-addressed = ファイルを届ける相手を変更
act-handover-files-destroyed = 受渡しのファイルの鍵を破棄
act-handover-file-infected = ファイルからウイルスを検出
act-handover-file-quarantined = ウイルス検査を待機

error-file-destroyed = このファイルは破棄されました。鍵がないため、だれも読むことができません。
error-file-destroyed-what-next = 必要な場合は、送り主にもう一度渡すよう依頼してください。
error-507-heading = 保存する場所が足りません
error-507-text = サーバーの空きが足りないため、受け取れませんでした。途中まで保存されることはありません。
error-507-what-next = しばらくしてからもう一度送ってください。続くときは、下のエラー番号を運用担当者にお知らせください。

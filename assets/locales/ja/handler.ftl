# 従事者

handler-list-title = 従事者名簿
handler-list-lead = この業務で個人データを取り扱う人の名簿です。誓約と研修の記録も、ここに残します。
handler-show-title = 従事者
handler-form-title = 従事者の登録
handler-edit-title = 従事者の変更
handler-training-title = 研修の記録
handler-leaving-title = 従事の終了と返却
handler-enter = 従事者を登録する
handler-training-enter = 研修を記録する
handler-leave = 従事を終える
handler-return = 返却を記録する
handler-search = 氏名で探す
handler-none = 従事者が見つかりません
handler-none-text = 個人データを取り扱う人を登録すると、ここに並びます。
handler-form-lead = 個人データを取り扱う人を登録します。保存する前に取扱ルールと照らし合わせます。
handler-line = 従事中{ $there }人・終了{ $left }人

handler-name = 氏名
handler-name-kana = 氏名（カナ）
handler-email = メールアドレス
handler-email-hint = 「預かり」を使う人は、サインインに使うアドレスを入力してください。従事を終えたときに、利用も止められます。
handler-account = 「預かり」の利用
handler-account-linked = 利用者
handler-account-none = 利用していない
handler-duty = 役割
handler-duty-responsible = 責任者
handler-duty-handler = 従事者
handler-duty-system = システムの運用担当
handler-duty-other = その他
handler-temporary = 派遣労働者
handler-temporary-hint = 派遣元から来ている人のときに選んでください。
handler-temporary-short = 派遣
handler-pledged-on = 誓約日
handler-not-pledged = 誓約なし
handler-starts-on = 従事を始めた日
handler-ends-on = 従事を終えた日
handler-period = 期間
handler-note = 備考
handler-status = 状況
handler-status-there = 従事中
handler-status-left = 終了
handler-holdings = この人が閲覧できる保管を見る
handler-holdings-open = この人が閲覧できる、保管中の記録を見る

handler-section-training = 最近の研修
handler-section-training-hint = まとめて受けた研修は、名簿の「研修を記録する」からまとめて記録できます。
handler-trained-on = 研修を受けた日
handler-training-content = 研修の内容
handler-trainings = 研修
handler-last-training = 最近の研修
handler-not-trained = 研修の記録なし
handler-training-lead = 研修を行った日と内容を、受けた人全員について一度に記録します。
handler-held-on = 研修を行った日
handler-content = 内容
handler-content-hint = 例：特記事項の読み合わせ、誤送信を防ぐ手順の演習（60分）
handler-handlers = 受けた人

handler-files = 誓約書などの資料
handler-pledge = 誓約書などのファイル
handler-file-remove = 取り消す

handler-leaving-lead = 従事を終えた日と、持っていたもの（書類、媒体、端末、鍵など）の返却を記録します。返却が後になるときは、返却日を空欄のまま保存し、あとで記録できます。
handler-returned-on = 返却を確かめた日
handler-return-note = 返却したもの
handler-return-note-hint = 返却したものと、確かめた人。まだのものがあれば、それも入力してください。
handler-not-returned = 返却が済んでいません
handler-not-returned-text = 持っていた書類、媒体、端末などの返却を確かめて、返却日を記録してください。
handler-access-none = 「預かり」の利用は登録されていません
handler-access-text-none = この名簿だけが変わります。
handler-access-closes = 「預かり」の利用も止めます
handler-access-text-closes = この人は、貴組織のほかの委託案件の名簿にありません。保存すると、貴組織での利用が終わり、サインイン中の画面も使えなくなります。
handler-access-other_roster = 「預かり」の利用は続きます
handler-access-text-other_roster = この人は、貴組織のほかの委託案件の名簿にもあるため、利用は止めません。
handler-access-representative = 「預かり」の利用は、この操作では止まりません
handler-access-text-representative = 利用を止められるのは、委託先の責任者だけです（責任者が自分の利用を止めることもできません）。責任者に依頼してください。
done-handler-left = 従事の終了と返却を記録しました。
done-handler-left-closed = 従事の終了と返却を記録し、「預かり」の利用を止めました。

handler-error-future = 今日より後の日付です。今日以前の日付を入力してください
handler-error-before-start = 従事を始めた日より前です。始めた日以後の日付を入力してください
handler-error-left = この人はすでに従事を終えています。開き直して確かめてください

act-handler-entered = 従事者を登録
act-handler-changed = 従事者を変更
act-handler-trained = 研修を記録
act-handler-left = 従事の終了
act-handler-returned = 返却を記録

record-handlers = 従事者
record-handlers-none = 従事者の登録はありません。
record-handler-name = 氏名
record-handler-ends = 終えた日
record-handler-trained = 最近の研修
record-handler-temporary = { $duty }（派遣）
record-handler-returns = 従事を終えた人の返却
record-handler-trainings = 研修

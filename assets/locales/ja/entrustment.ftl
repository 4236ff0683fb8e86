# 委託案件と取扱ルール

entrustment-list-title = 委託案件
entrustment-show-title = 委託案件
entrustment-form-title = 委託案件の登録
entrustment-edit-title = 委託案件の変更
entrustment-history-title = 委託案件の履歴
entrustment-history-all = 履歴をすべて見る
entrustment-register = 委託案件を登録する
entrustment-search = 件名、委託先または契約番号で探す
entrustment-none = 委託案件が見つかりません
entrustment-none-text = 条件を変えて探してください。登録された委託案件は、ここに並びます。
entrustment-form-lead = 委託する業務と個人データ、取扱ルールを登録します。所見のほかは、委託先の画面にも表示されます。

entrustment-section-contract = 契約
entrustment-section-data = 個人データ
entrustment-section-rules = 取扱ルール

entrustment-number = 契約番号
entrustment-number-hint = 組織の中で重ならない番号。例：令8子-12
entrustment-title = 件名
entrustment-title-hint = 例：保育所等監査業務委託
entrustment-principal = 委託元
entrustment-contractor = 委託先
entrustment-contractor-hint = 一覧にないときは、先に委託先を登録してください。
entrustment-division = 所管課
entrustment-purpose = 利用目的
entrustment-purpose-hint = 委託先が何のために、どのような業務で個人データを使うかを入力してください。
entrustment-fiscal-year = 年度
entrustment-starts-on = 契約の開始日
entrustment-ends-on = 契約の終了日
entrustment-period = 契約期間
entrustment-period-to = ～
entrustment-erase-by = 消去期限
entrustment-erase-by-hint = 返還・消去・廃棄を終える日。契約の終了日以後の日付にしてください。例：令和9年4月30日、R9.4.30、2027-04-30
entrustment-persons = 人数
entrustment-persons-hint = 委託先が取り扱う個人データの本人の数。決まっていないときは、見込みの数を入力してください。
entrustment-persons-unit = 人
entrustment-persons-count = { $count }人
entrustment-items = 情報項目
entrustment-items-hint = 氏名、住所など、委託先が取り扱う情報を1行に1つずつ入力してください。「職員台帳」の中の「給与」のように、ほかの項目に含まれるものは、上位の項目の名前も入力してください。行が足りないときは、いったん保存すると、編集で続きを入力できます。
entrustment-item-n = 情報項目{ $n }
entrustment-item-mark-n = 情報項目{ $n }の区分
entrustment-handover-way = 受渡方法
entrustment-rules-lead = 委託先が守る取扱いの範囲です。委託先が記録する保管と送受は、このルールと照らし合わされます。新しく登録するときは、よく使われる内容が入っています。契約に合わせて直してください。
entrustment-note = 所見
entrustment-note-hint = 委託元の控えです。委託先の画面には表示されません。
entrustment-contact = 委託先の連絡先

entrustment-status = 状況
entrustment-status-active = 進行中
entrustment-status-ended = 契約終了
entrustment-status-closed = 完了

rules-places = 作業場所
rules-countries = 保管・閲覧してよい国
rules-countries-hint = 英字2文字の国コード。2つ以上は空白で区切ってください。例：JP SG
rules-clouds = 届出済みのクラウドサービス
rules-clouds-hint = サービス名を1行に1つずつ入力してください。空欄にすると、保管の記録でサービス名を届け出れば、どのサービスでも使えます。
rules-clouds-any = 限定しない（保管の記録で届け出る）
rules-media = 保管してよい媒体
rules-ways = 送受の方法
rules-ways-sensitive = 要配慮個人情報・特定個人情報の送受の方法
rules-ways-sensitive-hint = 「送受の方法」で選んだものの中から選んでください。
rules-recipients = 送ってよい相手
rules-encryption = 暗号化
rules-second-checker = 送る前の二人目の確認
rules-sub-entrustment = 再委託
rules-retention-days = 契約終了後の返還・消去・廃棄の期限
rules-days-unit = 日以内
rules-days = { $count }日以内
rules-report-hours = 事故を報告する期限
rules-report-hours-hint = 委託先が事故に気づいてから、委託元へ最初に報告するまでの時間。
rules-hours-unit = 時間以内
rules-hours = { $count }時間以内

mark-none = 該当なし
mark-sensitive = 要配慮個人情報
mark-ordinance_sensitive = 条例要配慮個人情報
mark-my_number = 特定個人情報（マイナンバー）

place-office = 委託先の事業所
place-principal = 委託元の施設
place-home = 自宅（在宅勤務）
place-data_centre = データセンター
place-cloud = クラウドサービス

medium-paper = 紙
medium-terminal = 委託先の端末（パソコンなど）
medium-server = 委託先のサーバー
medium-cloud = クラウドサービス
medium-removable = 持ち運べる媒体（USBメモリー、DVDなど）

way-hand_over = 「預かり」の受渡し
way-limited_link = 相手と期限を限ったリンク
way-encrypted_mail = 暗号化したメール（鍵は別の方法で伝える）
way-plain_mail = 暗号化しないメール
way-fax = ファクス
way-post = 普通郵便
way-registered_post = 書留郵便
way-hand = 手渡し
way-api = システム連携・VPN
way-removable = 持ち運べる媒体（USBメモリー、DVDなど）

recipients-principal_only = 委託元だけ
recipients-registered = 委託元が登録し、承認した相手

encryption-always = すべて暗号化する
encryption-always-hint = 保管するときも、送受するときも暗号化します。
encryption-outside = 作業場所の外に出すときに暗号化する
encryption-sensitive = 要配慮個人情報・特定個人情報だけ暗号化する

second-checker-always = いつも必要
second-checker-outside = 委託元以外に送るときに必要
second-checker-never = 求めない

sub-entrustment-forbidden = 認めない
sub-entrustment-with_approval = 委託元が事前に承認すれば認める

entrustment-closed = この委託案件は完了しているため、変更できません。

entrustment-item-under-n = 情報項目{ $n }の上位の項目
entrustment-item-between = ＞
error-item-twice = 同じ名前の情報項目があります。名前を変えるか、片方を消してください
error-item-under-unknown = その名前の情報項目がありません。この画面に入力した情報項目の名前を、そのまま入力してください
error-item-under-itself = 上位の項目をたどると、この項目に戻ってしまいます。上位の項目を選び直してください

# 点検票の回答、証拠資料、確認・差戻し

response-tasks-title = 点検票
response-question-title = 質問
response-question-n = 質問{ $number }
response-question-of = 表示中の{ $asked }問のうち{ $position }問目
response-to-tasks = 点検票へ戻る

response-status = 状況
response-status-answering = 回答中
response-status-submitted = 提出済み（確認待ち）
response-status-returned = 差戻し
response-status-approved = 確認済み
response-status-withdrawn = 取下げ
response-round = 第{ $round }回
response-principal = 委託元
response-contractor = 委託先
response-submitted-at = 提出日時
response-approved-at = 確認を終えた日時

response-about = この点検票について
response-minutes = 回答にかかる時間の目安：約{ $minutes }分
response-papers = 手元に用意するもの
response-message = { $principal }からの連絡
response-contact = 問合せ先
response-last-year-there = { $date }に提出した昨年の回答があります。質問ごとに内容を確かめて、引き継ぐことができます。
response-sections = 回答の区分
response-section-hint = { $asked }問中 { $answered }問に回答
response-progress = 回答
response-next-start = 回答を始める
response-next-again = 差し戻された質問に答える
response-next-continue = 回答を続ける
response-next-check = 回答を確かめて誓約する
response-next-attest-again = もう一度誓約する

response-returned-heading = 差し戻された質問
response-returned-text = { $principal }から、次の質問について回答の見直しを求められています。コメントを読んで回答し直し、もう一度誓約して提出してください。ほかの回答は、確認が終わっています。
response-withdrawn-title = この点検票は取り下げられました
response-withdrawn-text = 回答する必要はありません。これまでの回答は記録に残ります。
response-submitted-title = 提出済みです
response-submitted-text = { $principal }が回答を確認しています。結果はメールでお知らせします。
response-approved-title = すべての回答の確認が終わりました
response-approved-text = { $principal }の確認が終わりました。この点検票で行うことはありません。

response-answer = 回答
response-remark = 補足
response-remark-hint = 回答の背景や、これから行うことなどを入力できます。個人データの本人の氏名などは書かないでください。2,000文字以内
response-not-applicable = 該当なし
response-by-file = ファイルを提出
response-file-below = 下の「証拠資料」でファイルを添付してから、「保存して続ける」を押してください。
response-later = 回答せずに次の質問へ
response-previous = 前の質問へ
response-guidance = この質問について
response-read-only = この質問には、いま回答できません。回答の内容は見ることができます。
response-answered-by = 回答：{ $name }
response-before = 前の回の回答
response-comment = 委託元のコメント
response-comment-returned = 差戻しの理由

response-last-year = 昨年の回答
response-take-over = 昨年の回答を引き継ぐ
response-from-last-year = 昨年の回答を引き継ぎ
response-change-same = 昨年と同じ
response-change-changed = 昨年から変更
response-change-new = 昨年は回答なし

response-conflict-title = ほかの人が先に保存しました
response-conflict-text = この画面を開いたあとに、{ $name }さんがこの質問の回答を保存しました。どちらの内容も残っています。見比べて、どちらを保存するか選んでください。
response-conflict-next = 自分の内容を保存するときは、下の「保存して続ける」を押してください。先に保存された内容と置き換わります。
response-conflict-take-theirs = 先に保存された内容を使う

response-evidence = 証拠資料
response-evidence-requested = この質問では、回答を示す資料の添付をお願いしています。
response-evidence-example = 資料の例：{ $example }
response-evidence-file = 添付するファイル
response-evidence-limit = 1ファイル25 MBまで、20件まで。PDF、画像（PNG、JPEG、WebP）、テキスト、CSV、Word、Excel、PowerPoint。個人の氏名などが写っていないことを確かめてください。
response-evidence-save-first = 入力した回答は、ファイルを添付する前に保存してください。
response-evidence-add = ファイルを添付する
response-evidence-remove = 取り消す

response-severity-high = 重大
response-severity-medium = 中
response-severity-low = 軽微

response-error-file-first = 先にファイルを添付してください
response-closed = この質問は、いま回答を受け付けていません。提出済みか、確認済み、または取り下げられています。
response-no-last-year = 引き継ぐことのできる昨年の回答がありません。

answer-fault-option = 表示されている選択肢から選んでください
answer-fault-not-applicable = この質問では「該当なし」を選べません
answer-fault-several = 回答は1つだけ選んでください
answer-fault-number = 整数を入力してください
answer-fault-number-range = { $min }から{ $max }までの整数を入力してください
answer-fault-date = 日付として読み取れません。令和8年4月1日、R8.4.1、2026-04-01 のように入力してください
answer-fault-text-length = { $max }文字以内で入力してください（現在{ $length }文字）
answer-fault-text-characters = 使えない文字（制御文字）が含まれています

evidence-error-missing = ファイルを選んでください
evidence-error-empty = ファイルの中身が空です。別のファイルを選んでください
evidence-error-type = この種類のファイルは添付できません。PDF、画像（PNG、JPEG、WebP）、テキスト、CSV、Word、Excel、PowerPoint のファイルを選んでください
evidence-error-content = ファイルの中身が、名前の示す種類と違います。正しい形式で保存し直したファイルを選んでください
evidence-error-many = 1つの質問に添付できるのは{ $max }件までです。不要なファイルを取り消してから添付してください
evidence-error-size = ファイルが25 MBを超えています。分けるか小さくしてください

done-taken-over = 昨年の回答を引き継ぎました。内容を確かめてください。
done-evidence-added = ファイルを添付しました。
done-evidence-removed = ファイルを取り消しました。
done-approved = 確認を終え、委託先にお知らせしました。
done-returned = 差し戻し、委託先にお知らせしました。

review-title = { $title }の確認
review-score = 評点
review-score-percent = { $percent }点
review-score-points = （100点満点。重み{ $of }のうち{ $points }）
review-findings = { $count }件
review-progress = 確認
review-last-year = 昨年の回答（{ $date }提出）と比べています。
review-lead = 回答ごとに確認または差戻しを選んでください。差戻しには、委託先に伝えるコメントが必要です。途中で保存できます。
review-decision-n = 質問{ $number }の判定
review-decision-accepted = 確認
review-decision-returned = 差戻し
review-comment = コメント
review-comment-n = 質問{ $number }のコメント
review-comment-hint = 差し戻すときは、何を直してほしいかを書いてください。確認を終えると、委託先に表示されます。
review-evidence-missing = 証拠資料なし
review-save = 途中で保存する
review-accept-rest = 残りをすべて「確認」にする
review-finish = 確認を終える
review-finish-hint = 差戻しが1件でもあると、差し戻した質問だけが委託先に開かれます。すべて「確認」なら、この点検票は完了します。
review-error-comment = 質問{ $number }を差し戻す理由を入力してください
review-error-undecided = 質問{ $number }の判定を選んでください
review-error-stale = この画面を開いたあとに、ほかの人が確認の内容を保存しました。入力した内容はこの画面に残っています。見直して、もう一度保存してください。
review-extend = 期限を延ばす
review-withdraw = 取り下げる
review-closed = この点検票は、いま確認の段階ではありません。
review-seal-broken = 誓約のあとに内容が変わったため、確認を終えられません。委託先にもう一度誓約を求めるか、該当する質問を差し戻してください。

rounds-title = 回ごとの回答の比較
rounds-open = 回ごとの回答を比べる
rounds-changed = 変わった回答
rounds-unchanged = 変わらなかった回答
rounds-none = 変わった回答はありません。
rounds-question = 質問
rounds-tag-changed = 変更
rounds-not-given = 前の回のまま

response-mail-handed-in-subject = 点検票が提出されました（{ $entrustment }）
response-mail-handed-in-text = { $contractor }が、委託案件「{ $entrustment }」（{ $number }）の「{ $title }」に回答し、誓約して提出しました。
response-mail-handed-in-next = 回答を確認し、必要なものは差し戻してください。
response-mail-handed-in-link = 回答を確認する
response-mail-returned-subject = 点検票の回答の見直しをお願いします（{ $entrustment }）
response-mail-returned-text = { $principal }が、委託案件「{ $entrustment }」（{ $number }）の「{ $title }」を確認し、次の質問を差し戻しました。質問番号：{ $questions }
response-mail-returned-next = 差戻しの理由を読んで回答し直し、もう一度誓約して提出してください。回答期限は{ $deadline }です。
response-mail-returned-link = 差し戻された質問を見る
response-mail-approved-subject = 点検票の確認が終わりました（{ $entrustment }）
response-mail-approved-text = { $principal }が、委託案件「{ $entrustment }」（{ $number }）の「{ $title }」のすべての回答を確認しました。
response-mail-approved-next = この点検票で行うことはありません。誓約の控えは、いつでもダウンロードできます。
response-mail-approved-link = 点検票を見る

act-response-drafted = 点検票の回答の下書きを開始
act-response-saved = 点検票の回答を保存
act-evidence-added = 証拠資料を添付
act-evidence-removed = 証拠資料を取消し
act-review-decided = 点検票の回答を判定
act-questionnaire-returned = 点検票を差戻し
act-questionnaire-approved = 点検票の確認を完了

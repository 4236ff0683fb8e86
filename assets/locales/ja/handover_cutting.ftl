# 一覧を相手ごとに切り分ける

handover-cut-choose-title = 一覧を相手ごとに切り分ける
handover-cut-lead = 受け取る相手の名前がある列を選ぶと、その相手の行と、渡してよい列だけの新しいファイルを、相手ごとに作ります。ほかの人の行、隠れた行や列、シート、コメント、数式は入りません。
handover-cut-table = 切り分けるシート
handover-cut-table-hint = 表示されていて、見出しの行があるシートだけを切り分けられます。
handover-cut-table-chosen = シート「{ $name }」
handover-cut-table-other = シートを選び直す
handover-cut-column = 相手の名前がある列
handover-cut-column-hint = 事業所名、施設名、提出先など。一つの行に入れる相手は一つです。
handover-cut-column-other = 列を選び直す
handover-cut-whole = 行は分けず、列と見えない内容だけを取り除く
handover-cut-whole-hint = 受け取る相手が一人のときに選べます。表示されている行をすべて入れ、必要な列だけの新しいファイルを作ります。
handover-cut-next = 次へ
handover-cut-rows = { $count }行

handover-cut-preview-title = 相手ごとの一覧の確認
handover-cut-preview-lead = 「{ $column }」の列で、{ $rows }行を{ $lists }件の一覧に切り分けます。まだ何も作っていません。
handover-cut-preview-lead-whole = { $rows }行を、必要な列だけの新しいファイルにします。まだ何も作っていません。
handover-cut-nobody-title = この列には、受け取る相手の名前がありません
handover-cut-nobody-text = 「{ $column }」の列に、この受渡しの相手の名前が見つかりません。別の列を選ぶか、一覧の書き方と送付先の名称をそろえてください。
handover-cut-left-out = だれにも渡らないもの
handover-cut-of-nobody = 相手が分からない行 { $count }行（相手の名前がない、または二つ以上あります）
handover-cut-row-numbers = 元のファイルの行番号：{ $rows }
handover-cut-of-another = この受渡しの相手ではない送付先の行 { $count }行
handover-cut-of-hidden = 元のファイルで表示されていない行 { $count }行
handover-cut-without = 行がない相手：{ $names }。一覧は作りません。受渡しの相手から外すか、一覧の書き方を確かめてください。
handover-cut-lists = 相手ごとの一覧
handover-cut-lists-text = それぞれの初めの5行です。値は伏せて示しています。
handover-cut-list-of = { $name }（{ $rows }行）
handover-cut-called = 次の書き方も、この相手の行とみなします：{ $names }
handover-cut-decide = この内容で切り分ける
handover-cut-recipients = 一覧を作る相手
handover-cut-columns = 渡す列
handover-cut-columns-hint = 初めは、相手の目的に必要な列を選んであります。要らない列を外せます。相手によって必要な列が違うときは、それぞれに必要な列だけが入ります。
handover-cut-column-unknown = 何の列か分かりません。中身を確かめて、必要なときだけ選んでください。
handover-cut-refused = 次の列は、どの相手の目的にも要らないか、元のファイルで表示されていないため渡せません：{ $names }
handover-cut-titles = 見出しより上の行も入れる
handover-cut-titles-hint = 元のファイルには、見出しの上に{ $count }行あります。ほかの相手のことが書かれていないか確かめてください。
handover-cut-source-goes = 切り分けると、元のファイルはこの受渡しから外れ、鍵を廃棄するので、だれも読めなくなります。お手元のファイルはそのままです。
handover-cut-really = 一覧を相手ごとに切り分けますか。元のファイルは、この受渡しから外れます。
handover-cut-now = 相手ごとに切り分ける

handover-cut-error-not-permitted = 相手の目的に要らない列が選ばれています。送付先に登録した情報項目の列だけを選んでください
handover-cut-error-nothing-left = 相手の名前の列のほかに、渡す列がない相手がいます。列を選ぶか、その相手を外してください
handover-cut-error-no-recipient = 一覧を作る相手を選んでください
handover-cut-not-checked = このファイルは、まだ中身の点検が終わっていません。少し待ってから、もう一度お試しください。
handover-cut-no-list = このファイルには、切り分けられる一覧がありません。見出しの行がある、Excel、CSVなどの表だけを切り分けられます。
handover-cut-too-long = 一度に切り分けられるのは10万行までです。ファイルを分けてから、もう一度お試しください。
handover-cut-unreadable = ファイルを最後まで読めませんでした。元のファイルを開いて保存し直してから、もう一度お試しください。
handover-cut-nothing = 選んだ相手の行がありません。列と相手を確かめてください。
done-handover-cut = 一覧を相手ごとに切り分けました。中身の点検が終わるまで、少しお待ちください。

act-handover-cut = 一覧を相手ごとに切分け

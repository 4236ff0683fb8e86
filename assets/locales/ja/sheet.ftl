# 表のファイル（.xlsxとCSV）

sheet-download = この一覧をダウンロード：
sheet-download-xlsx = Excel（.xlsx）
sheet-download-csv = CSV（UTF-8）
sheet-download-cp932 = CSV（シフトJIS）

sheet-unwritable-cp932 = シフトJIS（CP932）で書けない文字が入っています。元のファイルをExcel形式かUTF-8のCSVで保存し直してから、もう一度お試しください。
sheet-unwritable-title = シフトJISで書けない文字があります
sheet-unwritable-lead = この一覧には、シフトJIS（CP932）で書けない文字が{ $count }種類あります。文字を置き換えたり落としたりしないよう、ファイルは作りませんでした。UTF-8のCSVかExcelのファイルをお使いください。
sheet-unwritable-character = 文字
sheet-unwritable-code = 符号
sheet-unwritable-count = 個数
sheet-unwritable-where = 最初の場所
sheet-unwritable-at = { $row }行目「{ $heading }」
sheet-unwritable-text = その内容
sheet-unwritable-unicode = UTF-8のCSVをダウンロードする

sheet-separator = 、

sheet-at = 「{ $sheet }」
sheet-at-row = 「{ $sheet }」{ $row }行目
sheet-at-cell = 「{ $sheet }」{ $row }行目 { $column }列

sheet-fault-empty = ファイルが空です。
sheet-fault-size = ファイルが25 MBを超えています。行を分けて、2つ以上のファイルにしてください。
sheet-fault-type = 読み込めるのは .xlsx と .csv のファイルです。
sheet-fault-content = ファイルの中身が、名前の末尾（.xlsx、.csv）と合っていません。表計算ソフトで開き、.xlsx か .csv で保存し直してください。
sheet-fault-protected = 古い形式（.xls）か、パスワード付きのファイルです。パスワードを外し、.xlsx で保存し直してください。
sheet-fault-macro = マクロを含むファイルは受け付けません。「Excelブック（.xlsx）」として保存し直してください。
sheet-fault-bomb = 展開すると大きすぎるファイルです。安全のため、開きませんでした。
sheet-fault-broken = ファイルが壊れているため、読み込めません。表計算ソフトで開き、.xlsx で保存し直してください。
sheet-fault-columns = 列が多すぎます。読み込めるのは左から{ $max }列までです。離れた場所のセルに値が残っていないか確かめてください。
sheet-fault-rows = 行が多すぎます。読み込めるのは{ $max }行までです。離れた場所のセルに値が残っていないか確かめてください。
sheet-fault-cells = セルが多すぎます。読み込めるのは{ $max }個までです。
sheet-fault-merged = セルの結合（{ $range }）があります。結合を解除して、すべてのセルに値を入れてください。
sheet-fault-formula = 数式の結果がエラーになっています。値を入れ直してください。
sheet-fault-replaced = 読めなくなった文字（�）が含まれています。元のデータから入れ直してください。
sheet-fault-encoding = 文字コードがUTF-8でもシフトJISでもない文字があります。表計算ソフトで「CSV UTF-8」として保存し直してください。
sheet-fault-utf16 = 文字コードがUTF-16です。表計算ソフトで「CSV UTF-8」として保存し直してください。
sheet-fault-euc = 文字コードがEUC-JPのようです。「CSV UTF-8」かシフトJISで保存し直してください。
sheet-fault-quotes = 引用符（"）が閉じていません。

# 添付ファイル

act-attachment-added = 資料を添付
act-attachment-removed = 資料を取消し

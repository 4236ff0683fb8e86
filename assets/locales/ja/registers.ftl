# 台帳のまとめ

registers-title = 台帳

registers-findings = 指摘
registers-findings-count = 指摘{ $count }件
registers-findings-none = 指摘なし
registers-finding-closed = 完了
registers-finding-mended = 解消済み（確認待ち）
registers-finding-due = 是正期限
registers-finding-reason = 例外の理由：

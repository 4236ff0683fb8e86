# 台帳のまとめ

registers-title = 台帳

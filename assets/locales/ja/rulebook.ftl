# 取扱ルールとの照合

rule-warnings-title = 取扱ルールに合わないところがあります
rule-warnings-text = 保存する前に、次の点を確かめてください。間違いなら入力を直してください。そのまま保存すると、指摘として委託元に伝わります。
rule-clause = 特記事項 第{ $clause }条
rule-between = 、
rule-reason = 例外とする理由
rule-reason-hint = 委託元の担当者が読んで判断します。
rule-fact = 事実のとおりに記録します
rule-fact-hint = このルールに例外はありません。すでに起きたことを、起きたとおりに記録するときだけ選んでください。
rule-error-reason = 例外とする理由を入力するか、入力を直してください
rule-error-confirm = 事実のとおりであることを確かめるか、入力を直してください

severity-low = 軽微
severity-medium = 中
severity-high = 重大

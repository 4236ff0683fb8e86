# アクセスの決まり

nav-access-rules = アクセスの決まり
access-rules-title = アクセスの決まり
access-rules-lead = この組織の利用者に求めることを決めます。変更は証跡に残ります。
access-rules-four-eyes = 二人での承認
access-rules-four-eyes-label = 申請した本人が承認できないもの
access-rules-four-eyes-hint = 選んだものは、申請した人とは別の人が承認するまで有効になりません。役割や所属を変えても、本人は承認できません。
four-eyes-recipients = 送付先
four-eyes-recipients-hint = 担当者が登録した送付先も、別の人の承認を待ちます。
four-eyes-sub_entrustments = 再委託
four-eyes-sub_entrustments-hint = 申請と期間の延長
four-eyes-exceptions = 取扱ルールの例外
four-eyes-exceptions-hint = 記録した人とは別の管理者か承認者が、例外を認めるまで、指摘は終わりません。
four-eyes-closing = 委託案件の終了
four-eyes-closing-hint = 担当者が申し出て、別の管理者か承認者が終了します。
four-eyes-auditor_access = 監査人の閲覧
four-eyes-auditor_access-hint = 担当者が監査人を指定し、別の管理者か承認者が認めます。
access-rules-handlers = 従事者
access-rules-handler-second-factor = 従事者にも二つ目の認証を求める
access-rules-handler-second-factor-hint = 責任者には、いつも求めます。
access-rules-sessions = サインインの長さ
access-rules-idle-minutes = 操作がないときに終わるまで
access-rules-idle-minutes-hint = 5分から480分まで
access-rules-minutes = 分
access-rules-session-hours = 操作していても終わるまで
access-rules-session-hours-hint = 1時間から24時間まで。次のサインインから変わります。
access-rules-hours = 時間
access-rules-invitations = 招待
access-rules-invitation-days = 招待の有効な日数
access-rules-invitation-days-hint = 1日から60日まで。次の招待から変わります。
access-rules-days = 日
done-access-rules = アクセスの決まりを変更しました。

act-access-rules-changed = アクセスの決まりを変更

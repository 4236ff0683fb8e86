# メール。委託に係る個人データは書かない

mail-greeting = { $name } 様

mail-invitation-subject = 「預かり」へのご招待（{ $organisation }）
mail-invitation-text = { $organisation }から、個人データの委託を記録するポータル「預かり」へのご招待です。リンクを開き、内容を確かめて利用を始めてください。
mail-invitation-validity = リンクの有効期間は{ $days }日で、使えるのは1回です。使えなくなったときは、{ $organisation }に招待の送り直しをご依頼ください。
mail-invitation-link = 招待を確かめる

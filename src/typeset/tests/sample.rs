//! A rich document for the tests, in the manner of the records this is made for.

use chrono::NaiveDate;

use crate::typeset::{
    Align, Band, Block, Cell, Column, Document, Drawing, Frame, Ink, Meta, Pen, Shape, Spot, Table,
    TextStyle, Tone,
};

pub const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

pub fn document(blocks: Vec<Block>) -> Document {
    Document {
        meta: Meta {
            title: "監査記録　児童台帳の点検業務".into(),
            author: "○○県".into(),
            subject: "委託案件の監査記録".into(),
            id: "0198c0de-7a5b-7c3d-9e2f-1a2b3c4d5e6f".into(),
            created: NaiveDate::from_ymd_opt(2026, 4, 1)
                .and_then(|day| day.and_hms_opt(1, 23, 45))
                .unwrap(),
            language: "ja".into(),
        },
        frame: Frame {
            header_left: "監査記録　委託案件 R8-0123".into(),
            header_right: "記録番号 0198c0de-7a5b-7c3d-9e2f-1a2b3c4d5e6f".into(),
            footer_left: "○○県 総務部 デジタル推進課　令和8年4月1日 10時23分 作成".into(),
            page_of: "{page} / {pages} ページ".into(),
            bands: vec![],
        },
        blocks,
        missing_heading: "表示できない文字".into(),
        missing_note: "次の文字は字形がないため「〓」で示した。符号位置は次のとおり。".into(),
    }
}

pub fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.into() }
}

pub fn body(text: &str) -> Block {
    Block::Paragraph { text: text.into(), style: TextStyle::Body }
}

pub fn styled(text: &str, style: TextStyle) -> Block {
    Block::Paragraph { text: text.into(), style }
}

pub const PROSE: &str = "受託者は、この契約による業務を処理するため個人情報を取り扱うに当たっては、個人の権利利益を侵害することのないよう、個人情報の保護に関する法律（平成15年法律第57号）その他の法令を遵守しなければならない。また、業務に関して知り得た個人情報をみだりに他人に知らせ、又は不当な目的に使用してはならず、この契約が終了し、又は解除された後においても、同様とする。";

pub fn rich() -> Document {
    let mut document = document(vec![]);
    document
        .frame
        .bands
        .push(Band {
            text: "取扱注意　関係者以外への提供を禁ずる".into(), tone: Tone::Caution
        });
    let blocks = &mut document.blocks;
    cover(blocks);
    rules(blocks);
    long_table(blocks, 60);
    flow(blocks);
    closing(blocks);
    document
}

fn cover(blocks: &mut Vec<Block>) {
    blocks.extend([
        Block::Cover {
            overline: "個人情報の取扱いの委託に関する".into(),
            title: "監査記録　保育所監査資料の点検業務".into(),
            subtitle: "令和8年度　○○県福祉保健部 子ども家庭課".into(),
        },
        Block::Facts(vec![
            (
                "委託元".into(),
                "○○県　福祉保健部 子ども家庭課（担当：髙橋 﨑子）".into(),
            ),
            (
                "委託先".into(),
                "𠮷田社会保険労務士事務所　代表 𠮷田 葛\u{e0100}彦（〒100-0001 東京都千代田区千代田1番1号）".into(),
            ),
            (
                "目的".into(),
                "保育所の給与台帳・履歴書の写しに基づく処遇改善加算の点検".into(),
            ),
            ("期間".into(), "令和8年4月1日から令和9年3月31日まで".into()),
            ("対象者数".into(), "1,249人".into()),
            ("記録のハッシュ".into(), format!("sha256:{HASH}")),
        ]),
        Block::Callout {
            tone: Tone::Bad,
            title: "未了の事項が2件あります".into(),
            text: "送受の記録のうち1件が取扱ルールに反しています（添付ファイルの暗号化）。是正措置の期限は令和8年5月15日です。".into(),
        },
        Block::PageBreak,
        Block::Paragraph {
            text: "目次".into(),
            style: TextStyle::Lead,
        },
        Block::Contents { depth: 2 },
        Block::PageBreak,
    ]);
}

fn rules(blocks: &mut Vec<Block>) {
    blocks.extend([
        heading(1, "取扱ルール"),
        styled(
            "この章は、委託案件に適用される取扱ルールと、受託者の誓約を示す。",
            TextStyle::Lead,
        ),
        body(PROSE),
        heading(2, "保管及び送受の条件"),
        Block::List {
            numbered: false,
            items: vec![
                "保管の場所は、日本国内の施錠された執務室又は県が認めたクラウドサービスに限る。".into(),
                "電子メールによる送付は禁止する。やむを得ない場合は、県の受渡し機能を用い、宛先の確認を2名で行う。".into(),
                "媒体：暗号化されたUSBメモリ（AES-256）、紙は持ち出さない。".into(),
            ],
        },
        heading(2, "誓約"),
        Block::List {
            numbered: true,
            items: vec![PROSE.into(), "再委託をしない。".into(), PROSE.into()],
        },
        styled(
            "注　この誓約は、回答の内容とともにハッシュ値により結び付けられている。",
            TextStyle::Note,
        ),
        styled(HASH, TextStyle::Mono),
        Block::Callout {
            tone: Tone::Good,
            title: "適合".into(),
            text: PROSE.into(),
        },
        Block::Rule,
        heading(3, "用語"),
        body("「個人データ」とは、第16条第3項に規定するものをいう。カ\u{3099}ス、は\u{309a}ーティー、ﾊﾝｶｸ、①㈱、髙﨑𠮷、文字のない例：\u{1f9ff}\u{10fffd}。"),
    ]);
}

pub fn long_table(blocks: &mut Vec<Block>, rows: usize) {
    let column = |head: &str, width, align| Column { head: head.into(), width, align };
    let row = |n: usize| {
        let (words, tone) = match n % 7 {
            3 => ("要確認", Tone::Caution),
            5 => ("不適合", Tone::Bad),
            _ => ("適合", Tone::Good),
        };
        let long = if n % 11 == 4 { PROSE } else { "" };
        vec![
            Cell::new(format!("{}", n + 1)).muted(),
            Cell::new(format!("2026-{:02}-{:02}", n % 12 + 1, n % 28 + 1)),
            Cell::new("受渡し機能").bold(),
            Cell::new(format!(
                "給与台帳（{}月分）を「保育所A」から受領した。宛先は2名で確認。{long}",
                n % 12 + 1
            )),
            Cell::new(HASH),
            Cell::new(format!("{}", n * 137 % 1300)),
            Cell::new(words).tone(tone),
        ]
    };
    blocks.extend([
        heading(1, "送受の記録"),
        heading(2, "一覧"),
        Block::Table(Table {
            columns: vec![
                column("番号", 0.6, Align::Right),
                column("日付", 1.7, Align::Left),
                column("方法", 1.3, Align::Left),
                column("内容", 3.0, Align::Left),
                column("ハッシュ値（SHA-256）", 2.2, Align::Left),
                column("人数", 0.7, Align::Right),
                column("判定", 0.9, Align::Center),
            ],
            rows: (0..rows).map(row).collect(),
        }),
    ]);
}

fn flow(blocks: &mut Vec<Block>) {
    let place = |x: f32, text: &str, ink| {
        [
            Shape::Rect {
                at: Spot::new(x, 10.0),
                width: 40.0,
                height: 18.0,
                fill: Some(ink),
                pen: Some(Pen { ink: Ink::Primary, ..Pen::default() }),
            },
            Shape::Text {
                at: Spot::new(x + 1.0, 10.0),
                width: 38.0,
                height: 18.0,
                text: text.into(),
                size: 9.0,
                bold: true,
                align: Align::Center,
                ink: Ink::Text,
            },
        ]
    };
    let mut shapes = Vec::new();
    shapes.extend(place(0.0, "○○県\n子ども家庭課", Ink::Tint(Tone::Info)));
    shapes.extend(place(63.0, "𠮷田社会保険労務士事務所（執務室）", Ink::Tint(Tone::Neutral)));
    shapes.extend(place(126.0, "クラウド保管庫\n（国内）", Ink::Tint(Tone::Caution)));
    shapes.push(Shape::Polyline {
        points: vec![Spot::new(40.0, 19.0), Spot::new(63.0, 19.0)],
        arrow: true,
        pen: Pen { ink: Ink::Primary, width: 1.0, dashed: false },
    });
    shapes.push(Shape::Polyline {
        points: vec![
            Spot::new(146.0, 28.0),
            Spot::new(146.0, 36.0),
            Spot::new(83.0, 36.0),
            Spot::new(83.0, 28.0),
        ],
        arrow: true,
        pen: Pen { ink: Ink::Tone(Tone::Bad), width: 0.8, dashed: true },
    });
    blocks.extend([
        heading(1, "保管"),
        Block::KeepTogether(vec![
            heading(2, "流れ図"),
            Block::Drawing(Drawing { width: 166.0, height: 40.0, shapes }),
            styled("図1　データの流れ。破線は未確認の送受。", TextStyle::Note),
        ]),
    ]);
}

fn closing(blocks: &mut Vec<Block>) {
    blocks.push(heading(1, "検証の方法"));
    for _ in 0..6 {
        blocks.push(body(PROSE));
    }
    blocks.push(Block::Space(4.0));
    blocks.push(body("以上"));
}

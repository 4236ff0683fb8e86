//! What was stopped and why: counted over what the reader sees, each figure the length of its list.

use azukari::clock::Timestamp;
use azukari::database::schema::{handover as h, handover_stop as s};
use azukari::handover::{HandoverStatus, Stop, StopId};
use azukari::rulebook::Party;
use chrono::Duration;
use diesel::prelude::*;

use super::{Draft, Two, draft, two};
use crate::app::{App, Person, both};

/// How a stop ended.
#[derive(Clone, Copy)]
enum End {
    Mended,
    Explained,
    Standing,
}

fn stopped(app: &App, two: &Two, of: &Draft, stop: Stop, at: Timestamp, end: End) {
    diesel::insert_into(s::table)
        .values((
            s::tenant_id.eq(two.mie.id),
            s::id.eq(StopId::new(at)),
            s::handover_id.eq(of.id),
            s::entrustment_id.eq(two.entrustment),
            s::stop.eq(stop),
            s::what.eq(""),
            s::found_at.eq(at),
            s::mended_at.eq(matches!(end, End::Mended).then_some(at)),
            s::reason.eq(if matches!(end, End::Explained) { "相手が使う列" } else { "" }),
            s::reason_by_name.eq(""),
        ))
        .execute(&mut app.connection())
        .unwrap();
}

fn becomes(app: &App, of: &Draft, status: HandoverStatus, sent: bool) {
    let sent_at = sent.then(|| app.clock.now());
    diesel::update(h::table.filter(h::id.eq(of.id)))
        .set((h::status.eq(status), h::sent_at.eq(sent_at)))
        .execute(&mut app.connection())
        .unwrap();
}

/// The total of a list, by its rows.
async fn rows(person: &Person, href: &str) -> usize {
    let page = person.get(href).await;
    assert_eq!(page.status, 200, "{href}");
    page.texts("tbody tr").len()
}

/// Every figure and every bar of the page leads to a list of as many rows.
async fn every_figure_is_its_list(person: &Person) -> Vec<(String, usize)> {
    let page = person.get("/hand-over-stops").await;
    assert_eq!(page.status, 200, "{}", page.body);
    let values = page.texts(".figure-value");
    let hrefs = page.attributes(".figure-link", "href");
    let labels = page.texts(".figure-label");
    let mut figures = Vec::new();
    for ((value, href), label) in values.iter().zip(&hrefs).zip(labels) {
        let count: usize = value.parse().unwrap();
        assert_eq!(rows(person, href).await, count, "{href}");
        figures.push((label, count));
    }
    let bars = page.attributes("table a", "href");
    let counts = page.texts("tbody td.number");
    assert_eq!(bars.len(), counts.len());
    for (href, count) in bars.iter().zip(counts) {
        let count: usize = count.parse().unwrap();
        assert_eq!(rows(person, href).await, count, "{href}");
    }
    figures
}

fn numbers(figures: &[(String, usize)]) -> Vec<usize> {
    figures.iter().map(|(_, count)| *count).collect()
}

both! {
    async fn each_side_reads_what_was_stopped_and_how_it_ended(app: App) {
        let two = two(&app);
        let now = app.clock.now();
        let last_month = now - Duration::days(20);
        let own = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let given_up = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let theirs = draft(&app, two.mie.id, two.entrustment, Party::Contractor);
        stopped(&app, &two, &own, Stop::OthersRows, last_month, End::Mended);
        stopped(&app, &two, &own, Stop::Hidden, now, End::Explained);
        stopped(&app, &two, &own, Stop::NotChecked, now, End::Mended);
        stopped(&app, &two, &own, Stop::MyNumber, now - Duration::days(400), End::Mended);
        stopped(&app, &two, &given_up, Stop::OthersRows, now, End::Standing);
        becomes(&app, &given_up, HandoverStatus::Discarded, false);
        stopped(&app, &two, &theirs, Stop::OwnAddress, now, End::Standing);

        let officer = &two.mie.officer;
        let figures = every_figure_is_its_list(officer).await;
        assert_eq!(figures[0].0, "直した");
        assert_eq!(numbers(&figures), [1, 1, 1, 0], "neither the unfinished, the old, nor what isn't sent");
        let overview = officer.get("/overview").await;
        assert!(overview.attributes("a.button", "href").contains(&"/hand-over-stops".to_owned()));
        let list = officer.get("/hand-over-stops/list?stop=others_rows").await;
        assert_eq!(list.texts("tbody tr").len(), 2);
        assert!(list.attributes("tbody a", "href").contains(&given_up.path));
        assert!(officer.get("/hand-over-stops/list?end=explained").await.body.contains("相手が使う列"));
        for nothing in ["stop=x", "end=x", "month=x", "entrustment=x", "page=x"] {
            assert_eq!(rows(officer, &format!("/hand-over-stops/list?{nothing}")).await, 3, "{nothing}");
        }

        let person = &two.office.representative;
        assert_eq!(numbers(&every_figure_is_its_list(person).await), [0, 0, 0, 1], "the own side alone");
        becomes(&app, &theirs, HandoverStatus::Sent, true);
        assert_eq!(numbers(&every_figure_is_its_list(officer).await), [1, 1, 1, 1]);

        let town = app.principal("津島町");
        let page = town.officer.get("/hand-over-stops").await;
        assert!(!page.has(".figure") && page.body.contains("止まったものはありません"));
        let foreign = format!("/hand-over-stops/list?entrustment={}", two.entrustment);
        assert_eq!(rows(&town.officer, &foreign).await, 0);
        assert_eq!(rows(&two.mie.auditor, "/hand-over-stops/list").await, 4, "what is named to the auditor");
    }

    async fn a_long_list_comes_in_pages(app: App) {
        let two = two(&app);
        let own = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        for _ in 0..51 {
            stopped(&app, &two, &own, Stop::Hidden, app.clock.now(), End::Standing);
        }
        assert_eq!(rows(&two.mie.officer, "/hand-over-stops/list").await, 50);
        assert_eq!(rows(&two.mie.officer, "/hand-over-stops/list?page=2").await, 1);
    }
}

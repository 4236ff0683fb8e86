//! What both sides do with an inspection, through its pages.

use crate::app::{FilledForm, Page};
use crate::finding::steps::World;

/// An officer plans one; gives its path.
pub async fn plan(world: &World, day: &str, method: &str, reason: &str) -> String {
    let page = world.mie.officer.get(&world.path("/inspections/new")).await;
    let form = page.main_form().set_all(&[
        ("planned_on", day),
        ("method", method),
        ("method_reason", reason),
        ("inspector", "子ども課 﨑山"),
        ("attendant", "髙橋 𠮷之助"),
    ]);
    let shown = form.submit().await;
    assert_eq!(shown.status, 303, "{:?}", shown.wrong_fields());
    shown.path
}

/// The form of an inspection that was held, all items kept but those named.
pub async fn holding(world: &World, path: &str, not_kept: &[&str]) -> FilledForm {
    let page = world.mie.officer.get(&format!("{path}/hold")).await;
    let mut form = page.main_form().set_all(&[
        ("held_on", "令和8年4月1日"),
        ("held_time", "０８：３０"),
        ("seen", "従事者名簿、保管庫、端末"),
        ("overall", if not_kept.is_empty() { "good" } else { "mend" }),
    ]);
    let mut fields = page.attributes("input[type=radio][value=kept]", "name");
    fields.dedup();
    for field in fields {
        let item = field.trim_start_matches("result_");
        if not_kept.contains(&item) {
            form = form.set(&field, "not_kept").set(&format!("note_{item}"), "鍵の管理簿がない");
        } else {
            form = form.set(&field, "kept");
        }
    }
    if not_kept.is_empty() { form } else { form.set("mend_by", "令和8年4月20日") }
}

/// The officer enters that it was held.
pub async fn hold(world: &World, path: &str, not_kept: &[&str]) -> Page {
    let form = holding(world, path, not_kept).await;
    let shown = form.check("act", "finish").submit().await;
    assert_eq!(shown.status, 303, "{:?}", shown.wrong_fields());
    shown
}

/// The contractor answers.
pub async fn answer(world: &World, path: &str) -> Page {
    let page = world.representative().get(path).await;
    let form = page.form("form[action$='/answer']").set("answer", "管理簿を作ります。");
    form.submit().await
}

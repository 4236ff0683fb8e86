//! An organisation's people: invited one by one and many at once, changed, let go, let in again.

mod bulk;
mod contractor;
mod invitations;
mod leaving;
mod mails;
mod reset;
mod roles;

use crate::app::{Page, Person};

/// The path of a member's page, found in the list by the mail address.
pub async fn member_of(manager: &Person, email: &str) -> String {
    let list = manager.get(&format!("/members?status=all&q={}", email.replace('@', "%40"))).await;
    list.attributes("tbody th a", "href").remove(0)
}

/// Invites somebody by the form.
pub async fn invite(manager: &Person, name: &str, email: &str, role: &str) -> Page {
    let form = manager.get("/members/new").await.main_form();
    form.set_all(&[("name", name), ("email", email), ("role", role)]).submit().await
}

//! What the database keeps under the secret is renewed after a rotation, all of it.

use diesel::prelude::*;

use super::{BATCH, Renewed, Secret, sealed};
use crate::account::{self, NewPerson};
use crate::actor::{OrganisationId, Role};
use crate::database::schema::{identity_provider as p, organisation as o, totp};
use crate::server;
use crate::testing::{on_both, operator, organisation, portal};
use crate::web::{Ctx, Portal};

on_both!(
    a_rotation_renews_everything_and_the_old_key_may_go,
    keys_from_before_keys_had_names_get_a_name,
    a_batch_renews_so_many_and_says_where_it_stopped,
    what_no_key_opens_is_counted_and_hinders_nothing,
);

/// Renews everything; how much of each kind.
fn rewrap(ctx: &Ctx) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for kind in server::sealed_secrets() {
        let (mut done, mut unreadable, mut after) = (0, 0, Some(String::new()));
        while let Some(at) = after {
            let batch = ctx.write_now(|tx, ctx| (kind.renew)(tx, &ctx.portal.secret, &at)).unwrap();
            done += batch.done;
            unreadable += batch.unreadable;
            after = batch.last;
        }
        all.push((done, unreadable));
    }
    all
}

/// How many things of each kind are kept under a key.
fn under(ctx: &Ctx, key: &str) -> Vec<i64> {
    let count = |kind: &super::Sealed| ctx.read_now(|c, _| (kind.count_under)(c, key)).unwrap();
    server::sealed_secrets().iter().map(count).collect()
}

/// A person with a seed and an organisation with a provider, sealed as their slices do.
fn sealed_rows(ctx: &Ctx, of: OrganisationId) {
    let secret = &ctx.portal.secret;
    let new = NewPerson {
        email: "a@pref.example".to_owned(),
        name: "髙橋".to_owned(),
        language: "ja",
        password_hash: "-".to_owned(),
    };
    ctx.write_now(|tx, _| {
        let person = account::create_member(tx, of, &new, Role::Administrator, None)?;
        let seed = sealed::seal(secret, "totp seed", "app", b"seed")?;
        let app = (totp::id.eq("app"), totp::person_id.eq(person), totp::name.eq(""));
        diesel::insert_into(totp::table)
            .values((
                app,
                totp::seed.eq(seed),
                totp::last_step.eq(0_i64),
                totp::created_at.eq(tx.now),
            ))
            .execute(tx.connection)?;
        let client = sealed::seal(secret, "identity provider", of.as_str(), b"client")?;
        diesel::insert_into(p::table)
            .values((
                (p::tenant_id.eq(of), p::issuer.eq("https://id.example"), p::client_id.eq("x")),
                (p::client_secret.eq(client), p::scopes.eq(""), p::email_claim.eq("email")),
                (p::strong.eq("[]"), p::password_off.eq(false), p::version.eq(1)),
            ))
            .execute(tx.connection)?;
        Ok(())
    })
    .unwrap();
}

/// Whether a secret reads everything: a file, the seed and the client's secret.
fn reads(portal: &Portal, secret: &Secret, of: OrganisationId) -> bool {
    let ctx = operator(portal);
    let rt = actix_web::rt::System::new();
    let key = ctx.read_now(|c, _| crate::organisation::wrapped_key(c, of)).unwrap();
    let file = rt.block_on(portal.storage.get(secret, &key, "x"));
    let (seed, client): (String, String) = ctx
        .read_now(|c, _| {
            let seed = totp::table.select(totp::seed).first(c)?;
            Ok((seed, p::table.select(p::client_secret).first(c)?))
        })
        .unwrap();
    let seed = sealed::open(secret, "totp seed", "app", &seed);
    let client = sealed::open(secret, "identity provider", of.as_str(), &client);
    file.is_ok_and(|bytes| bytes == b"file")
        && seed.is_ok_and(|bytes| bytes == b"seed")
        && client.is_ok_and(|bytes| bytes == b"client")
}

fn a_rotation_renews_everything_and_the_old_key_may_go(url: &str) {
    let (portal, _folder) = portal(url, "2026-04-01T09:00:00");
    let (ctx, of) = (operator(&portal), organisation(&portal));
    let rt = actix_web::rt::System::new();
    let key = ctx.read_now(|c, _| crate::organisation::wrapped_key(c, of)).unwrap();
    rt.block_on(portal.storage.put(&portal.secret, &key, "x", b"file")).unwrap();
    sealed_rows(&ctx, of);
    let old = portal.secret.newest_id();
    portal.secret.rotate(ctx.now.date()).unwrap();
    assert!(reads(&portal, &portal.secret, of), "the old key still reads");
    // Of the codes of hand-overs there is none here: `handover::delivery` has its own test.
    assert_eq!(under(&ctx, &old), [1, 1, 1, 0]);
    assert_eq!(rewrap(&ctx), [(1, 0), (1, 0), (1, 0), (0, 0)]);
    assert_eq!(rewrap(&ctx), [(0, 0); 4], "once is enough");
    assert_eq!(under(&ctx, &old), [0; 4]);
    assert_eq!(under(&ctx, &portal.secret.newest_id()), [1, 1, 1, 0]);
    assert!(reads(&portal, &portal.secret, of));
    portal.secret.remove(&old).unwrap();
    assert!(reads(&portal, &Secret::load(portal.secret.file().unwrap()).unwrap(), of));
}

fn keys_from_before_keys_had_names_get_a_name(url: &str) {
    let (portal, _folder) = portal(url, "2026-04-01T09:00:00");
    let (ctx, of) = (operator(&portal), organisation(&portal));
    let set = |key: &str| {
        ctx.write_now(|tx, _| {
            Ok(diesel::update(o::table.find(of)).set(o::file_key.eq(key)).execute(tx.connection)?)
        })
        .unwrap();
    };
    let named = ctx.read_now(|c, _| crate::organisation::wrapped_key(c, of)).unwrap().0;
    set(named.split_once(':').unwrap().1);
    let ids = portal.secret.ids();
    let elsewhere = || {
        let files = server::sealed_secrets()[0];
        ctx.read_now(|c, _| files.elsewhere(c, &ids)).unwrap()
    };
    assert_eq!(elsewhere(), 1);
    assert_eq!(rewrap(&ctx)[0], (1, 0));
    assert_eq!(elsewhere(), 0);
}

fn a_batch_renews_so_many_and_says_where_it_stopped(url: &str) {
    let (portal, _folder) = portal(url, "2026-04-01T09:00:00");
    let ctx = operator(&portal);
    let wrapped = crate::storage::new_key(&portal.secret).unwrap().0;
    let many = usize::try_from(BATCH).unwrap() + 1;
    let of = organisation(&portal);
    ctx.write_now(|tx, _| {
        for n in 1..many {
            let row = (o::id.eq(format!("{n:05}")), o::kind.eq("public_body"), o::name.eq(""));
            let names =
                (o::name_kana.eq(""), o::name_key.eq(""), o::address.eq(""), o::phone.eq(""));
            let kept = (o::file_key.eq(&wrapped), o::created_at.eq(tx.now), o::version.eq(1));
            diesel::insert_into(o::table).values((row, names, kept)).execute(tx.connection)?;
        }
        Ok(())
    })
    .unwrap();
    portal.secret.rotate(ctx.now.date()).unwrap();
    let files = server::sealed_secrets()[0];
    let next = |after: &str| {
        ctx.write_now(|tx, ctx| (files.renew)(tx, &ctx.portal.secret, after)).unwrap()
    };
    let first = next("");
    assert_eq!((first.done, first.unreadable), (many - 1, 0));
    let second = next(&first.last.unwrap());
    assert_eq!(second, Renewed { done: 1, unreadable: 0, last: Some(of.to_string()) });
    assert_eq!(next(&second.last.unwrap()), Renewed::default());
}

fn what_no_key_opens_is_counted_and_hinders_nothing(url: &str) {
    let (portal, _folder) = portal(url, "2026-04-01T09:00:00");
    let (ctx, of) = (operator(&portal), organisation(&portal));
    sealed_rows(&ctx, of);
    let lost = sealed::seal(&Secret::random(), "totp seed", "app", b"seed").unwrap();
    ctx.write_now(|tx, _| {
        Ok(diesel::update(totp::table).set(totp::seed.eq(&lost)).execute(tx.connection)?)
    })
    .unwrap();
    portal.secret.rotate(ctx.now.date()).unwrap();
    assert_eq!(rewrap(&ctx), [(1, 0), (0, 1), (1, 0), (0, 0)]);
    let kept: String = ctx.read_now(|c, _| Ok(totp::table.select(totp::seed).first(c)?)).unwrap();
    assert_eq!(kept, lost, "for when its key is found again");
}

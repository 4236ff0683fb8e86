//! What every part of the desk looks up.

use diesel::prelude::*;

use super::model::{Delivery, DeliveryId, File, FileId, Handover, HandoverId};
use crate::actor::OrganisationId;
use crate::database::Connection;
use crate::database::schema::{handover as t, handover_delivery as d, handover_file as f};
use crate::entrustment::Entrustment;
use crate::error::Result;

/// A hand-over of a visible entrustment. Whether the actor may see it before it was sent, the policy
/// says.
pub(super) fn find(
    connection: &mut Connection,
    entrustment: &Entrustment,
    id: HandoverId,
) -> Result<Handover> {
    Ok(t::table
        .find((entrustment.tenant_id, id))
        .filter(t::entrustment_id.eq(entrustment.id))
        .select(Handover::as_select())
        .first(connection)?)
}

/// A hand-over by its key: for jobs.
pub(super) fn by_id(
    connection: &mut Connection,
    tenant: OrganisationId,
    id: HandoverId,
) -> Result<Handover> {
    Ok(t::table.find((tenant, id)).select(Handover::as_select()).first(connection)?)
}

/// Its recipients, in their order.
pub(super) fn deliveries(connection: &mut Connection, of: &Handover) -> Result<Vec<Delivery>> {
    Ok(d::table
        .filter(d::tenant_id.eq(of.tenant_id))
        .filter(d::handover_id.eq(of.id))
        .order((d::position.asc(), d::id.asc()))
        .select(Delivery::as_select())
        .load(connection)?)
}

/// One of its recipients.
pub(super) fn delivery(
    connection: &mut Connection,
    of: &Handover,
    id: DeliveryId,
) -> Result<Delivery> {
    Ok(d::table
        .find((of.tenant_id, id))
        .filter(d::handover_id.eq(of.id))
        .select(Delivery::as_select())
        .first(connection)?)
}

/// Its files, in their order.
pub(super) fn files(connection: &mut Connection, of: &Handover) -> Result<Vec<File>> {
    Ok(f::table
        .filter(f::tenant_id.eq(of.tenant_id))
        .filter(f::handover_id.eq(of.id))
        .order((f::position.asc(), f::id.asc()))
        .select(File::as_select())
        .load(connection)?)
}

/// One of its files.
pub(super) fn file(connection: &mut Connection, of: &Handover, id: FileId) -> Result<File> {
    Ok(f::table
        .find((of.tenant_id, id))
        .filter(f::handover_id.eq(of.id))
        .select(File::as_select())
        .first(connection)?)
}

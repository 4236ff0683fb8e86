//! Hand-overs of the demonstration: one that was received, one that waits for a second person, one
//! that the desk stopped, and one that was taken back and deleted. They happen in the hour before the
//! demonstration begins; the files are invented.

use chrono::Duration;

use super::story::Stage;
use crate::actor::PersonId;
use crate::conformity;
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::{Error, Result};
use crate::handover::{self, HandoverId};
use crate::japanese::jst_date;
use crate::job::{self, Registry};
use crate::web::{Ctx, Form};

/// Who hands over for the prefecture, and who decides.
#[derive(Clone, Copy)]
pub(super) struct People {
    pub officer: PersonId,
    pub other: PersonId,
}

/// What happens in an entrustment.
struct Desk<'a> {
    stage: &'a Stage,
    entrustment: EntrustmentId,
}

/// The persons whose papers are audited.
const STAFF: &str = "氏名,職種,性別,年齢,資格,最終学歴,給与\r\n\
    架空 花子,保育士,女,34,保育士,短期大学,241000\r\n\
    見本 太郎,保育士,男,29,保育士,大学,228000\r\n\
    例示 さくら,栄養士,女,41,栄養士,専門学校,252000\r\n";

/// What the audit found.
const RESULTS: &str = "氏名,職種\r\n架空 花子,保育士\r\n例示 さくら,栄養士\r\n";

/// Applications; the centre needs the names of its own alone.
const APPLICATIONS: &str = "提出先,氏名,住所,障害の状況\r\n\
    あおなみ障害者支援センター,試験 一郎,青波県波音市港町1-1,身体障害者手帳3級\r\n\
    しおさい相談所,試験 二郎,青波県波音市浜町2-2,療育手帳B\r\n";

/// The applications of the month.
const MONTH: &str =
    "氏名,住所\r\n試験 三郎,青波県波音市港町3-3\r\n試験 四郎,青波県波音市港町4-4\r\n";

/// The consultant's audit: the staff list went to him and was received; what he found waits for the
/// prefecture, which had asked for it.
pub(super) fn nurseries(
    stage: &Stage,
    people: People,
    consultant: PersonId,
    entrustment: EntrustmentId,
) -> Result<()> {
    let desk = Desk { stage, entrustment };
    let all = ["氏名", "職種", "性別", "年齢", "資格", "最終学歴", "給与"];
    let staff = desk.form("to_contractor", "令和8年度の指導監査の準備", &all)?;
    let sent = desk.sent(people, &staff, ("職員名簿.csv", STAFF))?;
    handover::fetch(&desk.ctx(consultant, 0)?, sent)?;
    let few = ["氏名", "職種"];
    let mut form = desk.form("", "指導監査の結果の確認", &few)?;
    form.set("message", "確認が要る職員の一覧をお送りください。");
    let asked = handover::ask(&desk.ctx(people.officer, 45)?, entrustment, &form)?;
    let mut form = desk.form("to_principal", "指導監査の結果の確認", &few)?;
    form.set("request", asked.as_str());
    desk.proposed(consultant, &form, ("確認事項.csv", RESULTS))?;
    desk.work()
}

/// The typing of applications: a list for the centre was stopped; another went to the company by
/// mistake, was taken back and deleted.
pub(super) fn typing(
    stage: &Stage,
    people: People,
    clerk: PersonId,
    entrustment: EntrustmentId,
) -> Result<HandoverId> {
    let desk = Desk { stage, entrustment };
    let mut form = desk.form("to_recipients", "申請を受けたことの確認", &["氏名"])?;
    let centre = desk.read(people.officer, |c, ctx| {
        let found = entrustment::find(c, &ctx.actor, entrustment)?;
        let known = crate::recipient::of_entrustment(c, &found)?;
        known.into_iter().map(|one| one.id).next().ok_or(Error::NotFound)
    })?;
    form.add("recipients", centre.as_str());
    desk.begun(people.officer, &form, ("申請の一覧.csv", APPLICATIONS))?;
    let form = desk.form("to_contractor", "今月分の入力", &["氏名", "住所"])?;
    let sent = desk.sent(people, &form, ("今月分の申請.csv", MONTH))?;
    handover::fetch(&desk.ctx(clerk, 0)?, sent)?;
    desk.work()?;
    handover::recall(&desk.ctx(people.officer, 0)?, sent, "先月分の一覧を選んでいたため")?;
    handover::deleted(&desk.ctx(clerk, 0)?, sent, "開く前に消去しました。")?;
    desk.work()?;
    Ok(sent.1)
}

/// A hand-over's address.
type Ids = (EntrustmentId, HandoverId);

impl Desk<'_> {
    /// The context of somebody some minutes ago.
    fn ctx(&self, who: PersonId, minutes: i64) -> Result<Ctx> {
        let now = self.stage.ctx.portal.clock.now();
        self.stage.as_person(who, now - Duration::minutes(minutes))
    }

    fn read<T>(
        &self,
        who: PersonId,
        work: impl FnOnce(&mut Connection, &Ctx) -> Result<T>,
    ) -> Result<T> {
        self.ctx(who, 0)?.read_now(work)
    }

    /// What the desk does by itself, as far as it is due.
    fn work(&self) -> Result<()> {
        let registry = handover::jobs(Registry::default());
        job::run_due(&self.stage.ctx.portal, &registry).map(drop)
    }

    /// The form of a hand-over of some items.
    fn form(&self, direction: &str, purpose: &str, names: &[&str]) -> Result<Form> {
        let mut form = Form::from_pairs([
            ("direction", direction),
            ("purpose", purpose),
            ("valid_days", "7"),
            ("downloads", "3"),
        ]);
        let terms = self.read(self.stage.officer, |c, ctx| {
            let found = entrustment::find(c, &ctx.actor, self.entrustment)?;
            conformity::terms(c, &found, jst_date(ctx.now))
        })?;
        for item in terms.items.iter().filter(|item| names.contains(&item.name.as_str())) {
            form.add("items", item.id.as_str());
        }
        Ok(form)
    }

    /// Begins one, and has its file looked at.
    fn begun(&self, who: PersonId, form: &Form, file: (&str, &str)) -> Result<Ids> {
        let id = handover::begin(&self.ctx(who, 40)?, self.entrustment, form)?;
        let ids = (self.entrustment, id);
        handover::bring(&self.ctx(who, 39)?, ids, file.0, file.1.as_bytes())?;
        self.work()?;
        Ok(ids)
    }

    /// The same, waiting for a second person.
    fn proposed(&self, who: PersonId, form: &Form, file: (&str, &str)) -> Result<Ids> {
        let ids = self.begun(who, form, file)?;
        if handover::propose(&self.ctx(who, 30)?, ids)? {
            return Ok(ids);
        }
        Err(Error::internal("a hand-over of the story is stopped"))
    }

    /// The same, approved and sent.
    fn sent(&self, people: People, form: &Form, file: (&str, &str)) -> Result<Ids> {
        let ids = self.proposed(people.officer, form, file)?;
        handover::approve(&self.ctx(people.other, 15)?, ids)?;
        self.work()?;
        Ok(ids)
    }
}

//! Strips onto pages.

use super::page::{Keep, Mark, Page, Role, Strip};
use super::style::{HAIR, HAIRLINE};

/// Where the text area begins and ends on every page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    /// Its top.
    pub top: f32,
    /// Its bottom.
    pub bottom: f32,
}

/// Where a heading or an entry of the contents came to stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// The heading's number.
    pub heading: usize,
    /// Page index, from 0.
    pub page: usize,
    /// Top of its strip.
    pub y: f32,
}

/// What paginating gives.
#[derive(Debug, Default)]
pub(super) struct Filled {
    /// The pages in order; at least one.
    pub pages: Vec<Page>,
    /// The headings in order.
    pub headings: Vec<Place>,
    /// The entries of the contents.
    pub entries: Vec<Place>,
}

/// Puts strips on pages.
pub(super) fn paginate(strips: Vec<Strip>, area: Area) -> Filled {
    let chains = chains(&strips, area.bottom - area.top);
    let mut filler =
        Filler { out: Filled::default(), page: Page::default(), area, y: area.top, close: None };
    for (strip, chain) in strips.into_iter().zip(chains) {
        filler.place(strip, chain);
    }
    filler.out.pages.push(filler.page);
    filler.out
}

/// For every strip, the height that must be free below its gap for it to be placed here.
fn chains(strips: &[Strip], page: f32) -> Vec<f32> {
    let mut needs = Vec::with_capacity(strips.len());
    let (mut soft, mut hard) = (0.0_f32, 0.0_f32);
    let mut gap = 0.0_f32;
    for strip in strips.iter().rev() {
        let follow = |rest: f32, holds: bool| if holds { gap + rest } else { 0.0 };
        soft = strip.height + follow(soft, strip.keep >= Keep::Soft);
        hard = strip.height + follow(hard, strip.keep >= Keep::Hard);
        let head: f32 =
            strip.head.iter().flat_map(|head| head.iter()).map(|strip| strip.height).sum();
        needs.push(match (soft + head <= page, hard + head <= page) {
            (true, _) => soft,
            (false, true) => hard,
            (false, false) => strip.height,
        });
        gap = strip.gap;
    }
    needs.reverse();
    needs
}

struct Filler {
    out: Filled,
    page: Page,
    area: Area,
    y: f32,
    close: Option<(f32, f32)>,
}

impl Filler {
    fn place(&mut self, mut strip: Strip, need: f32) {
        let at_top = self.y <= self.area.top;
        let gap = if at_top { 0.0 } else { strip.gap };
        // A hundredth of a point is what sums of many heights may be off.
        let full = self.y + gap + need > self.area.bottom + 0.01;
        if !at_top && (full || strip.role == Role::Break) {
            self.turn();
            self.repeat_head(&mut strip);
        } else {
            self.y += gap;
        }
        self.note(strip.role);
        self.close = strip.close;
        let height = strip.height;
        self.page.put(strip, self.y);
        self.y += height;
    }

    fn turn(&mut self) {
        if let Some((x, width)) = self.close.take() {
            let rule = Mark::rule(x, self.y, width, HAIR, HAIRLINE);
            self.page.marks.push(rule);
        }
        let full = std::mem::take(&mut self.page);
        self.out.pages.push(full);
        self.y = self.area.top;
    }

    fn repeat_head(&mut self, strip: &mut Strip) {
        for part in strip.head.take().iter().flat_map(|head| head.iter()) {
            self.page.put(part.clone(), self.y);
            self.y += part.height;
        }
    }

    fn note(&mut self, role: Role) {
        let (list, heading) = match role {
            Role::Heading(heading) => (&mut self.out.headings, heading),
            Role::Entry(heading) => (&mut self.out.entries, heading),
            Role::Plain | Role::Break | Role::Contents(_) => return,
        };
        list.push(Place { heading, page: self.out.pages.len(), y: self.y });
    }
}

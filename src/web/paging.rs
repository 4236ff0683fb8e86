//! Lists: which page, sorted by what, and the links to the others.

use serde::{Deserialize, Serialize};

use super::{Form, FormView, Language};

/// Rows on a page.
pub const PAGE_SIZE: i64 = 50;

/// Rows that a large list counts at most: a page's time depends on the page, not on the table.
pub const MOST_COUNTED: i64 = 2_000;

/// The total of a list that has more than [`MOST_COUNTED`] rows, whose store stopped counting.
pub const UNCOUNTED: i64 = i64::MAX;

/// What the address of a list asks for. Anything unreadable falls back to the first page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// Words to look for.
    pub q: String,
    /// The column to sort by; with `-` in front, descending.
    pub sort: String,
    /// The page, from 1.
    pub page: String,
    /// A status to keep to.
    pub status: String,
    /// A fiscal year to keep to.
    pub year: String,
    /// A division to keep to.
    pub division: String,
    /// A contractor to keep to.
    pub contractor: String,
}

impl ListQuery {
    /// The page asked for, from 1 to 100,000.
    #[must_use]
    pub fn page_number(&self) -> i64 {
        self.page.parse().unwrap_or(1).clamp(1, 100_000)
    }

    /// Rows to skip.
    #[must_use]
    pub fn offset(&self) -> i64 {
        (self.page_number() - 1) * PAGE_SIZE
    }

    /// The column to sort by, and whether descending.
    #[must_use]
    pub fn sorting(&self) -> (&str, bool) {
        match self.sort.strip_prefix('-') {
            Some(key) => (key, true),
            None => (&self.sort, false),
        }
    }

    /// The filter's fields as the page shows them again.
    fn form(&self) -> FormView {
        Form::from_pairs([
            ("q", &self.q),
            ("status", &self.status),
            ("year", &self.year),
            ("division", &self.division),
            ("contractor", &self.contractor),
        ])
        .view(Language::Ja)
    }
}

/// Where a page stands among all rows.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Paging {
    /// This page, from 1.
    pub page: i64,
    /// The number of pages, at least 1.
    pub pages: i64,
    /// The rows that fit the filter, as far as they are counted.
    pub total: i64,
    /// Whether there are more than are counted ([`MOST_COUNTED`]).
    pub more: bool,
    /// The number of the first row shown, from 1; 0 when there is none.
    pub first: i64,
    /// The number of the last row shown.
    pub last: i64,
}

/// By which column a list is sorted.
#[derive(Clone, Debug, Serialize)]
pub struct Sorting {
    /// The column.
    pub key: String,
    /// Whether descending.
    pub descending: bool,
}

/// Rows of one page with what its template needs around them. Views flatten it.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the page stands.
    pub paging: Paging,
    /// How the list is sorted.
    pub sorting: Sorting,
    /// The filter's fields.
    pub form: FormView,
}

impl<T> Page<T> {
    /// The page that `query` asked for; `default_sort` is the column when it named none.
    #[must_use]
    pub fn new(rows: Vec<T>, total: i64, query: &ListQuery, default_sort: &str) -> Self {
        let shown = i64::try_from(rows.len()).unwrap_or(PAGE_SIZE);
        let more = total == UNCOUNTED;
        let total = if more { MOST_COUNTED } else { total };
        let (key, descending) = query.sorting();
        Self {
            rows,
            paging: Paging {
                page: query.page_number(),
                pages: ((total + PAGE_SIZE - 1) / PAGE_SIZE).max(1),
                total,
                more,
                first: if shown == 0 { 0 } else { query.offset() + 1 },
                last: if shown == 0 { 0 } else { query.offset() + shown },
            },
            sorting: Sorting {
                key: if key.is_empty() { default_sort.to_owned() } else { key.to_owned() },
                descending,
            },
            form: query.form(),
        }
    }

    /// The same page with each row changed by `f`.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(f).collect(),
            paging: self.paging,
            sorting: self.sorting,
            form: self.form,
        }
    }
}

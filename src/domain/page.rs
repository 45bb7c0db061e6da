//! Pages of lists.

/// Which page of a list, and how long a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    page: i64,
    limit: i64,
}

impl PageRequest {
    /// The page `page`, counted from one, of `limit` rows. Values under one count as one.
    #[must_use]
    pub fn new(page: i64, limit: i64) -> Self {
        Self {
            page: page.max(1),
            limit: limit.max(1),
        }
    }

    /// The page's number, counted from one.
    #[must_use]
    pub const fn page(self) -> i64 {
        self.page
    }

    /// How many rows a page has at most.
    #[must_use]
    pub const fn limit(self) -> i64 {
        self.limit
    }

    /// How many rows come before the page.
    #[must_use]
    pub const fn offset(self) -> i64 {
        (self.page - 1).saturating_mul(self.limit)
    }
}

/// Where a page stands in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageMeta {
    /// The page's number, counted from one.
    pub page: i64,
    /// How many rows a page has at most.
    pub per_page: i64,
    /// How many rows the list has.
    pub total: i64,
    /// How many pages the list has; zero when it is empty.
    pub total_pages: i64,
    /// Whether a page follows.
    pub has_next: bool,
    /// Whether a page comes before.
    pub has_prev: bool,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where they stand in the list.
    pub meta: PageMeta,
}

impl<T> Page<T> {
    /// The page that `request` asked for, out of a list of `total` rows.
    #[must_use]
    pub fn new(items: Vec<T>, request: PageRequest, total: i64) -> Self {
        let total_pages = total.div_euclid(request.limit) + i64::from(total % request.limit > 0);
        let meta = PageMeta {
            page: request.page,
            per_page: request.limit,
            total,
            total_pages,
            has_next: request.page < total_pages,
            has_prev: request.page > 1 && total_pages > 0,
        };
        Self { items, meta }
    }

    /// The same page with every row turned into something else.
    #[must_use]
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(convert).collect(),
            meta: self.meta,
        }
    }
}

/// A stretch of an append-only feed, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed<T> {
    /// The rows.
    pub items: Vec<T>,
    /// How many rows a stretch has at most.
    pub limit: i64,
    /// Where to go on; none at the end.
    pub next_cursor: Option<String>,
}

impl<T> Feed<T> {
    /// The stretch out of up to `limit + 1` rows that were read: the extra one tells that more follow.
    #[must_use]
    pub fn new(mut items: Vec<T>, limit: i64, cursor: impl FnOnce(&T) -> String) -> Self {
        let length = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_next = items.len() > length;
        items.truncate(length);
        let next_cursor = items.last().filter(|_| has_next).map(cursor);
        Self {
            items,
            limit,
            next_cursor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_its_neighbours() {
        let meta =
            |page, total| Page::<()>::new(Vec::new(), PageRequest::new(page, 20), total).meta;
        assert_eq!(
            (
                meta(1, 0).total_pages,
                meta(1, 0).has_next,
                meta(1, 0).has_prev
            ),
            (0, false, false)
        );
        assert_eq!((meta(1, 20).total_pages, meta(1, 20).has_next), (1, false));
        assert_eq!((meta(1, 21).total_pages, meta(1, 21).has_next), (2, true));
        assert_eq!((meta(2, 21).has_next, meta(2, 21).has_prev), (false, true));
        assert_eq!(PageRequest::new(3, 20).offset(), 40);
        assert_eq!(PageRequest::new(i64::MAX, 100).offset(), i64::MAX);
    }
}

//! Lists in pages.

use crate::error::{CliError, Result};

/// Lines on a page, where only the page is asked for.
const PER_PAGE: usize = 50;

/// Which page of a list.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Pages {
    /// Which page, from 1
    #[arg(long, value_name = "NUMBER")]
    page: Option<usize>,
    /// Lines on a page [default: all, or 50 with --page]
    #[arg(long, value_name = "COUNT")]
    per_page: Option<usize>,
}

/// Where a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub pages: usize,
    /// Lines on each.
    pub per_page: usize,
    /// Lines on all of them.
    pub all: usize,
}

impl Pages {
    /// Rejects what no list has. A wrong page is rejected before everything is read, as far
    /// as it can be. Errors: `Usage`.
    pub fn check(&self) -> Result<()> {
        self.of(usize::MAX).map(|_| ())
    }

    /// The lines of a list that are on the page. Errors: `Usage`.
    pub fn cut<T>(&self, list: Vec<T>) -> Result<(Vec<T>, Page)> {
        let page = self.of(list.len())?;
        let first = page.number.saturating_sub(1).saturating_mul(page.per_page);
        let lines = list.into_iter().skip(first).take(page.per_page);
        Ok((lines.collect(), page))
    }

    fn of(&self, all: usize) -> Result<Page> {
        let default = self.page.map(|_| PER_PAGE);
        let per_page = self.per_page.or(default).unwrap_or(usize::MAX);
        if per_page == 0 {
            return Err(CliError::usage(
                "a page of 0 lines shows none",
                "give --per-page 50",
            ));
        }
        let pages = all.div_ceil(per_page).max(1);
        let number = self.page.unwrap_or(1);
        if number == 0 || number > pages {
            return Err(CliError::usage(
                format!("there is no page {number}: pages are 1 to {pages}"),
                "leave --page out for the first",
            ));
        }
        Ok(Page {
            number,
            pages,
            per_page,
            all,
        })
    }
}

impl Page {
    /// Its place among several, of so many `things`.
    pub fn note(&self, things: &str) -> Option<String> {
        let Page {
            number, pages, all, ..
        } = self;
        (*pages > 1).then(|| format!("page {number} of {pages}, {all} {things}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_from_one_to_the_last() {
        let page = |page, per_page, all| Pages { page, per_page }.of(all);
        let all = page(None, None, 120).unwrap();
        assert_eq!((all.number, all.pages, all.per_page), (1, 1, usize::MAX));
        assert_eq!(page(Some(3), None, 120).unwrap().pages, 3);
        assert_eq!(page(Some(2), Some(60), 120).unwrap().pages, 2);
        assert_eq!(page(None, Some(7), 0).unwrap().pages, 1);
        assert!(page(Some(4), None, 120).is_err());
        assert!(page(Some(0), None, 120).is_err());
        assert!(page(None, Some(0), 120).is_err());
        let second = Pages {
            page: Some(2),
            per_page: Some(2),
        };
        assert_eq!(second.cut(vec![1, 2, 3]).unwrap().0, [3]);
    }
}

//! Elements that call themselves a part of the site: menus, paths, share bars.

use super::Parser;

/// Names that say an element belongs to the site and not to the article.
const CHROME: [&str; 26] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "position",
    "location",
    "header",
    "footer",
    "foot",
    "copyright",
    "sidebar",
    "share",
    "bdshare",
    "bdsharebuttonbox",
    "related",
    "pager",
    "prev",
    "friendlink",
    "links",
    "toolbar",
    "banner",
    "topbar",
];

impl Parser {
    /// Whether the element that is being opened calls itself a part of the site.
    pub(super) fn is_chrome(&self) -> bool {
        let role = self.attributes.get("role").unwrap_or_default();
        let by_name = match self.name.as_slice() {
            b"nav" | b"aside" => true,
            b"header" | b"footer" => self.innermost(|open| matches!(&*open.name, b"article" | b"main")).is_none(),
            b"article" | b"main" | b"form" => return false,
            _ => false,
        };
        by_name
            || matches!(role, "navigation" | "banner" | "contentinfo" | "search" | "complementary")
            || self.attributes.is_called(&CHROME)
    }

    /// What the head of the page says of it.
    pub(super) fn meta(&mut self) {
        let is_title = self.attributes.get("name").is_some_and(|name| name.eq_ignore_ascii_case("ArticleTitle"));
        if let (true, Some(content)) = (is_title, self.attributes.get("content")) {
            self.tree.headline = content.chars().take(500).collect();
        }
    }
}

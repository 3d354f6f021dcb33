//! Where the text of a group goes: into the file, aside, or nowhere.

use super::Reader;

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// The text of the file.
    Body,
    /// What is shown, but is not the text of the report.
    Aside,
    /// Nowhere.
    Nowhere,
    /// The table of fonts.
    Fonts,
    /// A picture.
    Picture,
}

impl Reader {
    /// From here to the end of the group, text goes to `destination`.
    pub(super) fn enter(&mut self, destination: Destination) {
        self.flush();
        if self.group.destination != Destination::Nowhere {
            self.group.outer = self.group.destination;
        }
        self.group.destination = destination;
    }

    /// What the control word `word` says about where text goes.
    pub(super) fn destination(&mut self, word: &[u8]) {
        match word {
            b"fonttbl" => self.enter(Destination::Fonts),
            b"pict" if self.group.is_double => self.enter(Destination::Nowhere),
            b"pict" => self.enter(Destination::Picture),
            b"nonshppict" | b"shprslt" => {
                self.enter(Destination::Nowhere);
                self.group.is_double = true;
            }
            b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl" | b"footerr" | b"footerf"
            | b"footnote"
                if self.group.destination == Destination::Body =>
            {
                self.enter(Destination::Aside);
                (self.group.in_table, self.group.level) = (false, None);
            }
            b"colortbl" | b"stylesheet" | b"info" | b"xe" | b"tc" | b"rxe" | b"txe" | b"atnid" | b"atnauthor"
            | b"comment" | b"nonesttables" | b"upr" | b"objdata" | b"fldinst" | b"bkmkstart" | b"bkmkend"
            | b"template" | b"pntxta" | b"pntxtb" | b"sn" | b"sv" | b"filetbl" | b"revtbl" | b"private" => {
                self.enter(Destination::Nowhere);
            }
            // Parts that are shown though the group around them is not.
            b"ud" | b"shptxt" | b"dptxbxtext" if self.group.destination == Destination::Nowhere => {
                self.flush();
                self.group.destination = self.group.outer;
            }
            // Optional destinations in which there is text of the file.
            b"nesttableprops" => {
                self.kept = (std::mem::take(&mut self.definitions), self.left);
                self.group.defines_nested = true;
            }
            b"shppict" | b"shpgrp" => {}
            _ if self.group.optional => self.enter(Destination::Nowhere),
            _ => {}
        }
    }
}

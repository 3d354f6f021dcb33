use nianshen::document::{self, Block};
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        println!("=== {path} {:?}", document::sniff::sniff(&bytes));
        match document::open(&bytes) {
            Err(e) => println!("REFUSED {:?} {} / {}", e.format, e.reason.zh, e.reason.en),
            Ok(d) => {
                for b in &d.blocks {
                    match b {
                        Block::Line(l) => println!("{:?} {:?} {:?}", l.role, l.anchor, l.text),
                        Block::Picture(p) => println!("PICTURE {p:?}"),
                        Block::Table(g) => {
                            println!("TABLE {}x{} {} cells", g.rows, g.columns, g.cells.len());
                            for c in &g.cells {
                                println!(
                                    "  {},{} +{}x{} {:?} {:?}",
                                    c.row, c.column, c.row_span, c.column_span, c.text, c.place
                                );
                            }
                        }
                    }
                }
            }
        }
    }
}

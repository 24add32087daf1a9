//! What operations cost as holders, claims, rounds, streams, assets and constituents grow:
//! `benches/growth.md` and its chart.

mod calls;
mod many_holders;
mod plot;
mod requests;
mod table;

pub use table::Table;

use {
    crate::{TOLERANCE, floor, sizes},
    calls::{CALLS, world},
    plot::Line,
    plotters::style::RGBColor,
    std::{error::Error, path::Path},
    upside_tests::{
        cases::{self, Case},
        people::person,
        world::World,
    },
};

const HOLDERS: [u64; 3] = [10, 1_000, 100_000];
const CLAIMS: [u64; 3] = [2, 100, 10_000];
const ROUNDS: [u64; 3] = [2, 100, 10_000];
const STREAMS: [u64; 4] = [1, 2, 3, 4];
const ASSETS: [u64; 4] = [1, 2, 4, 8];
/// Constituents of an index, the cash among them.
const CONSTITUENTS: [u64; 6] = [2, 4, 8, 16, 32, 64];
/// Part by which a call may cost more among many holders, in percent: numbers are larger,
/// and to divide them takes a little more.
const LARGER: u64 = 4;
/// Calls that others' holding shares refuses: they need a poll, or nobody's shares.
const REFUSED: &[&str] = &[
    "add_attesters",
    "add_attesters: another",
    "remove_attester",
    "put_poll: holder",
    "apply_poll",
    "apply_poll: revenue",
    "apply_poll: auction",
    "apply_poll: alone",
    "close_ended: names",
    "close_ended: attesters",
    "close_vault",
    "close_vault: shares",
    "close_claim: custody",
];

/// Makes it so many of something.
type Grow = fn(&mut World, u64);

/// Units of every call in worlds of every size.
fn units(heading: &'static str, what: &str, sizes: &[u64], make: impl Fn(u64) -> World) -> Table {
    let mut worlds: Vec<World> = sizes.iter().map(|size| make(*size)).collect();
    let rows = CALLS.iter().map(|call| {
        let figures = worlds.iter_mut().map(|world| {
            let (instruction, signers) = call.make(world);
            floor::units(world, &instruction, &signers)
        });
        (call.name.to_string(), figures.collect())
    });
    Table {
        heading,
        text: format!("Compute units by {what}."),
        first: "instruction",
        columns: sizes.to_vec(),
        rows: rows.collect(),
    }
}

/// Units that MUST not depend on how many there are.
fn flat(heading: &'static str, what: &str, sizes: &[u64], grow: Grow) -> Table {
    let mut table = units(heading, what, sizes, |count| {
        let mut world = world(1, 1);
        grow(&mut world, count);
        world
    });
    for (call, (name, figures)) in CALLS.iter().zip(&table.rows) {
        let (least, most) = (figures.iter().min(), figures.iter().max());
        let (least, most) = (least.unwrap_or(&0), most.unwrap_or(&0));
        let grows = most * 100 > least * (100 + TOLERANCE);
        assert!(call.finds || !grows, "{heading}: {name} grew: {figures:?}");
    }
    table
        .text
        .push_str("\nThe last three make an account: how many tries its address takes is chance.");
    table
}

/// Calls of all cases, once more with the counters of the most holders: what
/// was found, as sentences.
fn every() -> String {
    let holders = HOLDERS[HOLDERS.len() - 1];
    let (mut accepted, mut refused) = (0, Vec::new());
    for (name, make) in cases::CASES {
        let Case {
            mut world,
            instruction,
            signers,
        } = make();
        let signers: Vec<_> = signers.iter().map(|name| person(name)).collect();
        if world.engine.account(&world.token).is_none() {
            // The token's own creation.
            continue;
        }
        let alone = floor::units(&world, &instruction, &signers);
        many_holders::count_holders(&mut world, holders);
        match floor::accepted(&world, &instruction, &signers) {
            Some(among) => {
                let grew = among * 100 > alone * (100 + LARGER);
                assert!(!grew, "{name} grew: {alone} units, {among} among many");
                accepted += 1;
            }
            None => refused.push(*name),
        }
    }
    assert_eq!(refused, REFUSED, "refused among many holders");
    format!(
        "All {accepted} other calls of the catalogue with a token were repeated with the\n\
         counters of {} more holders, and cost no more than {LARGER} % more: to divide\n\
         larger numbers takes a little longer. (The {} others are refused, as the new\n\
         holders count in a poll and have not approved it, or as nobody may hold shares.)",
        crate::grouped(holders),
        refused.len(),
    )
}

/// What an index costs by how many it holds, through baskets where it takes several
/// transactions, and what a look at it asks for.
fn indexes() -> [Table; 2] {
    let calls = [
        "contribute",
        "contribute: transactions",
        "redeem",
        "redeem: transactions",
        "harvest",
    ];
    let (mut costs, mut asked) = (Vec::new(), Vec::new());
    for count in CONSTITUENTS {
        let mut pool = sizes::world(count as usize - 1, false);
        let harvest = pool.harvest_ixs(0).remove(0);
        let harvest = floor::units(&pool.world, &harvest, &[]);
        pool.harvest_all();
        asked.push(requests::of_index(&pool));
        let contribute = sizes::contribute(&mut pool.fork());
        let redeem = sizes::redeem(&mut pool);
        costs.push([
            contribute.units,
            contribute.transactions as u64,
            redeem.units,
            redeem.transactions as u64,
            harvest,
        ]);
    }
    let costs = Table {
        heading: "Constituents",
        text: "Compute units of an index by its constituents, the cash among them; of all\n\
               transactions together where it takes several (see\n\
               [compute units](compute_units.md)). `harvest` is one person's dividend."
            .into(),
        first: "what",
        columns: CONSTITUENTS.to_vec(),
        rows: transposed(&calls, &costs),
    };
    let asked = Table {
        heading: "Requests by constituents",
        text: "Requests of the SDK by an index's constituents.".into(),
        first: "read",
        columns: CONSTITUENTS.to_vec(),
        rows: transposed(&["`index::fetch::pool`", "`index::inspect::index`"], &asked),
    };
    [costs, asked]
}

/// Named rows of what is there by columns.
fn transposed<const ROWS: usize>(
    names: &[&str; ROWS],
    columns: &[[u64; ROWS]],
) -> Vec<(String, Vec<u64>)> {
    let row = |(place, name): (usize, &&str)| {
        let figures = columns.iter().map(|column| column[place]);
        ((*name).to_string(), figures.collect())
    };
    names.iter().enumerate().map(row).collect()
}

/// All tables, in their order.
pub fn tables() -> Vec<Table> {
    let mut by_holders = flat(
        "Holders",
        "how many hold the token",
        &HOLDERS,
        many_holders::holders,
    );
    by_holders.text = format!("{}\n\n{}", by_holders.text, every());
    let claims = "how many claims the token has";
    let rounds = "how many rounds the token had";
    let streams = "how many mints pay dividends, all of them streaming";
    let assets = "how many assets the reserve has";
    let mut tables = vec![
        by_holders,
        flat("Claims", claims, &CLAIMS, many_holders::claims),
        flat("Rounds", rounds, &ROUNDS, many_holders::rounds),
        units("Streams", streams, &STREAMS, |count| {
            world(count as usize, 4)
        }),
        units("Assets", assets, &ASSETS, |count| world(1, count as usize)),
    ];
    let [constituents, asked] = indexes();
    tables.push(constituents);
    tables.extend(requests::tables());
    tables.push(asked);
    tables
}

pub fn document(tables: &[Table]) -> String {
    let mut text = String::from(
        "# Growth\n\n\
         Generated by `cargo xtask bench` on the committed ELFs, as\n\
         [compute units](compute_units.md) are. Holders, claims and rounds are accounts that\n\
         really are there, with counters that add up; what an operation costs does not depend\n\
         on how many there are, and the benchmark refuses if it does. Streams, assets and\n\
         constituents are bounded, and cost about the same each.\n\n\
         ![Compute units by how many there are](growth.svg)\n\n",
    );
    for table in tables {
        text.push_str(&table.markdown());
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The lines of the chart: what is called, the table, its row, the color.
const LINES: [(&str, &str, &str, RGBColor); 8] = [
    (
        "redeem, by holders",
        "Holders",
        "redeem",
        RGBColor(10, 110, 100),
    ),
    (
        "contribute, by holders",
        "Holders",
        "contribute",
        RGBColor(90, 70, 180),
    ),
    (
        "transfer, by holders",
        "Holders",
        "transfer_shares",
        RGBColor(150, 90, 10),
    ),
    (
        "collect dividend, by claims",
        "Claims",
        "collect_dividend",
        RGBColor(60, 130, 200),
    ),
    (
        "transfer, by streams",
        "Streams",
        "transfer_shares",
        RGBColor(200, 140, 40),
    ),
    (
        "redeem, by assets",
        "Assets",
        "redeem",
        RGBColor(20, 160, 60),
    ),
    (
        "index: contribute, by constituents",
        "Constituents",
        "contribute",
        RGBColor(190, 40, 70),
    ),
    (
        "index: redeem, by constituents",
        "Constituents",
        "redeem",
        RGBColor(120, 30, 120),
    ),
];

pub fn draw(tables: &[Table], path: &Path) -> Result<(), Box<dyn Error>> {
    let line = |(name, heading, row, color)| -> Result<Line, String> {
        let table = tables.iter().find(|table| table.heading == heading);
        let table = table.ok_or_else(|| format!("there is no table {heading}"))?;
        let points = table.points(row);
        Ok(Line {
            name,
            points,
            color,
        })
    };
    let lines = LINES.into_iter().map(line).collect::<Result<Vec<_>, _>>()?;
    plot::draw(&lines, path)
}

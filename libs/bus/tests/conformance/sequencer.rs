//! Positions: without gaps, in order of revision, whoever gives them out.

use sanben_db::testing::on_both;
use sanben_db::{Db, Error, Tx};

use crate::{Dice, MIGRATIONS, SCHEMA, Sequencer, happened, id, sequenced, within, write};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_are_numbered_by_time() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        write(&db, async |tx: &mut Tx| {
            for (aggregate, time) in [(1, 30), (2, 10), (3, 20)] {
                happened(tx, id(aggregate), 1, time).await?;
            }
            Ok(())
        })
        .await;
        let sequencer = Sequencer::start(&db);
        sequencer.reach(3).await;
        write(&db, async |tx: &mut Tx| happened(tx, id(4), 1, 5).await).await;
        sequencer.reach(4).await;
        sequencer.end().await;
        assert_eq!(sequenced(&db).await, [(id(2), 1), (id(3), 1), (id(1), 1), (id(4), 1)], "what has a position keeps it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn revisions_keep_their_order_when_the_clock_runs_back() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let rows: [&[i64]; 5] = [&[5, 3, 6], &[5, 4, 3, 2, 1], &[1, 9, 2, 8, 3], &[7, 7, 7], &[2, 1, 1, 9, 0, 10]];
        write(&db, async |tx: &mut Tx| {
            for (aggregate, times) in (1..).zip(rows) {
                for (revision, time) in (1..).zip(times) {
                    happened(tx, id(aggregate), revision, *time).await?;
                }
            }
            Ok(())
        })
        .await;
        let total = rows.iter().map(|times| times.len()).sum::<usize>();
        let sequencer = Sequencer::start(&db);
        sequencer.reach(i64::try_from(total).expect("a few")).await;
        sequencer.end().await;
        assert_eq!(sequenced(&db).await.len(), total);
    })
    .await;
}

/// More than one round holds, of times that say nothing of the order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backlog_is_numbered_in_rounds() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let mut dice = Dice(7);
        write(&db, async |tx: &mut Tx| {
            for revision in 1..=60 {
                for aggregate in 1..=20 {
                    happened(tx, id(aggregate), revision, dice.below(1000).cast_signed()).await?;
                }
            }
            Ok(())
        })
        .await;
        let sequencer = Sequencer::start(&db);
        sequencer.reach(1200).await;
        sequencer.end().await;
        assert_eq!(sequenced(&db).await.len(), 1200);
    })
    .await;
}

/// Only a server has two writers at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_commits_late_is_not_skipped() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        if let Db::Sqlite { .. } = db {
            return;
        }
        let sequencer = Sequencer::start(&db);
        write(&db, async |tx: &mut Tx| {
            happened(tx, id(1), 1, 1).await?;
            write(&db, async |tx: &mut Tx| happened(tx, id(2), 1, 2).await).await;
            sequencer.reach(1).await;
            Ok(())
        })
        .await;
        sequencer.reach(2).await;
        sequencer.end().await;
        assert_eq!(sequenced(&db).await, [(id(2), 1), (id(1), 1)]);
    })
    .await;
}

/// Four writers and three sequencers at once, as three replicas have them.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_sequencers_are_as_one() {
    on_both(SCHEMA, &MIGRATIONS, async |db| {
        let rounds: i64 = if matches!(db, Db::Postgres(_)) { 100 } else { 10 };
        let sequencers = [(); 3].map(|()| Sequencer::start(&db));
        let writers: Vec<_> = (0..4_u8)
            .map(|writer| {
                let (db, log) = (db.clone(), sequencers[usize::from(writer % 3)].log.clone());
                tokio::spawn(async move {
                    let mut dice = Dice(writer.into());
                    for revision in 1..=rounds {
                        db.write(async |tx: &mut Tx| {
                            for aggregate in 0..8 {
                                let time = dice.below(1000).cast_signed();
                                happened(tx, id(u128::from(writer) * 8 + aggregate), revision, time).await?;
                            }
                            Ok::<_, Error>(())
                        })
                        .await
                        .expect("written");
                        log.wake();
                    }
                })
            })
            .collect();
        for writer in writers {
            within("a writer ends", writer).await.expect("no panic");
        }
        let total = rounds * 32;
        for sequencer in &sequencers {
            sequencer.reach(total).await;
        }
        for sequencer in sequencers {
            sequencer.end().await;
        }
        assert_eq!(i64::try_from(sequenced(&db).await.len()).expect("a few thousand"), total);
    })
    .await;
}

//! The rules, applied to the repository.

use std::fs;
use std::sync::LazyLock;

use sanben_tidy::contract::Contract;
use sanben_tidy::source::{Source, repo, root};
use sanben_tidy::{access, bans, contract, fleet, layers, methods, none, readmes, reasons, rooms, shape, texts};

static FILES: LazyLock<Vec<Source>> = LazyLock::new(repo);
static CONTRACT: LazyLock<Contract> = LazyLock::new(contract::shipped);

fn banned(ban: &bans::Ban) {
    none(bans::check(ban, &FILES));
}

#[test]
fn dependencies_point_one_way() {
    none(layers::check(&FILES));
}

#[test]
fn no_arrow_between_rooms_runs_up_or_in_a_circle() {
    none(rooms::check(&FILES));
}

#[test]
fn rules_are_pure() {
    banned(&bans::IMPURE);
    none(bans::without_rules(&FILES));
}

#[test]
fn sql_stands_in_the_store() {
    banned(&bans::SQL);
}

#[test]
fn time_and_randomness_come_from_the_clock() {
    banned(&bans::TIME);
}

#[test]
fn lints_are_expected_never_allowed() {
    banned(&bans::ALLOW);
}

#[test]
fn nothing_is_half_done() {
    banned(&bans::UNFINISHED);
}

#[test]
fn tests_do_not_sleep() {
    banned(&bans::SLEEP);
}

#[test]
fn codes_stand_where_errors_are_mapped() {
    banned(&bans::CODES);
}

#[test]
fn nothing_tells_of_a_machine() {
    banned(&bans::MACHINE);
}

#[test]
fn every_method_declares_a_permission_that_a_policy_grants() {
    none(access::check(&CONTRACT, &FILES));
}

#[test]
fn no_rust_repeats_a_permission() {
    none(access::check_repeats(&CONTRACT, &FILES));
}

#[test]
fn services_are_small_and_methods_name_a_verb_and_a_noun() {
    none(methods::check(&CONTRACT, &FILES));
}

#[test]
fn every_reason_is_raised_said_and_tested() {
    none(reasons::check(&CONTRACT, &FILES));
}

#[test]
fn every_text_is_there_in_both_languages() {
    none(texts::check(&CONTRACT, &FILES));
}

#[test]
fn documents_name_what_is_there() {
    none(readmes::check(&FILES));
}

#[test]
fn the_top_level_holds_few_names() {
    let entries = fs::read_dir(root()).expect("the repository is readable");
    let names: Vec<String> = entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
    none(shape::check_top(&names));
}

#[test]
fn files_are_short_enough_to_read() {
    none(shape::check_sizes(&FILES));
}

#[test]
fn a_crate_has_one_program_of_tests_and_all_of_them_run() {
    none(shape::check_tests(&FILES));
}

#[test]
fn every_service_is_in_the_cluster() {
    none(fleet::check(&CONTRACT, &FILES));
}
